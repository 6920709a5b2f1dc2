package io.sabot.graph;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.GraphWrite;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// In which order the writes of a SET may be evaluated and done without a row noticing that it was
/// not done after the rows before it.
enum WriteOrder {
  /// Nothing written is read: all is evaluated first, for all rows.
  EVALUATE_FIRST,

  /// What is written is read, but only through the one element that a row changes. If the elements
  /// of the rows differ, each write can be evaluated and done for all rows before the next.
  WRITE_BY_WRITE,

  /// A row may read what an earlier row wrote.
  ROW_BY_ROW;

  /// Functions that read any label or property.
  private static final Set<String> READERS =
      Set.of("cy.properties", "cy.keys", "cy.labels", "cy.index", "cy.property");

  static WriteOrder of(List<GraphWrite> writes) {
    Written written = Written.of(writes);
    if (writes.stream().noneMatch(w -> written.isReadBy(ElementWriter.value(w), null))) {
      return EVALUATE_FIRST;
    }
    Expr target = ElementWriter.target(writes.getFirst());
    boolean own =
        target instanceof Expr.Col
            && writes.stream()
                .allMatch(w ->
                    ElementWriter.target(w).equals(target)
                        && !written.isReadBy(ElementWriter.value(w), target));
    return own ? WRITE_BY_WRITE : ROW_BY_ROW;
  }

  /// @param all whether a map of properties is written, so that any key may be
  private record Written(Set<String> keys, boolean all, boolean labels) {
    static Written of(List<GraphWrite> writes) {
      Set<String> keys = new HashSet<>();
      boolean all = false;
      boolean labels = false;
      for (GraphWrite write : writes) {
        switch (write) {
          case GraphWrite.SetProperty set -> keys.add(set.key());
          case GraphWrite.SetProperties _ -> all = true;
          case GraphWrite.SetLabels _ -> labels = true;
        }
      }
      return new Written(keys, all, labels);
    }

    /// @param except an element whose properties may be read all the same
    boolean isReadBy(@Nullable Expr expr, @Nullable Expr except) {
      if (expr == null) {
        return false;
      }
      if (expr instanceof Expr.Property(var owner, var key, _)
          && (all || keys.contains(key))
          && !owner.equals(except)) {
        return true;
      }
      if (expr instanceof Expr.LabelTest && labels) {
        return true;
      }
      if (expr instanceof Expr.Call(var function, _, _) && READERS.contains(function.name())) {
        return true;
      }
      // A node or relationship as the value of `SET n = m` is read as a whole.
      if (all && expr instanceof Expr.Col && !expr.type().equals(io.sabot.plan.type.Type.MAP)) {
        return true;
      }
      boolean[] read = {false};
      expr.forEachChild(child -> read[0] |= isReadBy(child, except));
      return read[0];
    }
  }
}
