package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.lower.PatternLowering.Atom;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lowers MATCH, and patterns wherever they stand.
final class MatchLowering {
  private final Lowering lowering;

  MatchLowering(Lowering lowering) {
    this.lowering = lowering;
  }

  /// Joins the matches of a pattern to `rows` and binds its variables in `scope`.
  void match(List<PatternPart> parts, @Nullable Expression where, Bindings scope, Rows rows) {
    PatternLowering pattern = new PatternLowering(lowering, scope, rows);
    pattern.lower(parts);
    new Assembly(pattern, scope, rows).run();
    for (Supplier<Expr> condition : pattern.lateConditions()) {
      rows.filter(condition.get());
    }
    for (PatternPart part : parts) {
      if (!part.search().isWhole()) {
        part.conditions().forEach(c -> SubqueryLowering.filter(lowering, scope, rows, c));
      }
      if (part.filter() != null) {
        SubqueryLowering.filter(lowering, scope, rows, part.filter());
      }
    }
    if (where != null) {
      SubqueryLowering.filter(lowering, scope, rows, where);
    }
  }

  /// Keeps rows without a match, with nulls for what the pattern would have bound. The WHERE is
  /// part of the pattern: it decides what is a match, not which rows stay.
  void optional(List<PatternPart> parts, @Nullable Expression where, Bindings scope, Rows rows) {
    Bindings inner = scope.asOuter();
    Rows matches = new Rows(LogicalNode.Values.UNIT);
    match(parts, where, inner, matches);
    rows.apply(JoinKind.LEFT, matches.plan(), null);
    for (Map.Entry<String, Column> entry : inner.all().entrySet()) {
      if (!scope.contains(entry.getKey())) {
        scope.bind(entry.getKey(), entry.getValue().asNullable());
      }
    }
  }

  /// Joins the atoms of a pattern, each as soon as a condition ties it to what is there already,
  /// and puts every condition where its columns first meet.
  private static final class Assembly {
    private final PatternLowering pattern;
    private final Bindings scope;
    private final Rows rows;
    private final boolean perRow;
    private final List<Atom> atoms;
    private final List<Expr> conditions;
    private final Set<Column> missing = new HashSet<>();

    Assembly(PatternLowering pattern, Bindings scope, Rows rows) {
      this.pattern = pattern;
      this.scope = scope;
      this.rows = rows;
      // What is matched after an update must see it, so the update goes first, row by row.
      this.perRow = rows.updates();
      this.atoms = new ArrayList<>(pattern.atoms());
      this.conditions = new ArrayList<>(pattern.conditions());
      atoms.forEach(atom -> missing.addAll(PlanColumns.of(atom.node())));
      pattern.turned().forEach(assignment -> missing.add(assignment.column()));
      pattern.paths().forEach(assignment -> missing.add(assignment.column()));
    }

    void run() {
      rows.filter(LogicFunctions.and(ready(false)));
      while (!atoms.isEmpty()) {
        add(next());
      }
      rows.extend(pattern.turned());
      rows.extend(pattern.paths());
      missing.clear();
      rows.filter(LogicFunctions.and(ready(true)));
    }

    private void add(Atom atom) {
      atoms.remove(atom);
      Set<Column> own = new LinkedHashSet<>(PlanColumns.of(atom.node()));
      missing.removeAll(own);
      List<Expr> inside = new ArrayList<>();
      List<Expr> between = new ArrayList<>();
      for (Expr condition : ready(false)) {
        (own.containsAll(condition.columns()) ? inside : between).add(condition);
      }
      LogicalNode node = atom.node();
      if (!inside.isEmpty()) {
        node = new Filter(node, LogicFunctions.and(inside));
      }
      Expr on = LogicFunctions.and(between);
      if (rows.isUnit() && !atom.correlated()) {
        rows.set(node);
        rows.filter(on);
      } else if (perRow || atom.correlated()) {
        rows.set(new Apply(JoinKind.INNER, rows.plan(), node, on, null));
      } else {
        rows.set(new Join(JoinKind.INNER, rows.plan(), node, on, null));
      }
    }

    /// The first atom that a condition ties to what is there, otherwise the first that can run.
    private Atom next() {
      if (!rows.isUnit()) {
        for (Atom atom : atoms) {
          if (canRun(atom) && isTied(atom)) {
            return atom;
          }
        }
      }
      return atoms.stream().filter(this::canRun).findFirst().orElse(atoms.getFirst());
    }

    private boolean canRun(Atom atom) {
      return !atom.correlated()
          || PlanExprs.free(atom.node()).stream().noneMatch(missing::contains);
    }

    private boolean isTied(Atom atom) {
      Set<Column> own = new HashSet<>(PlanColumns.of(atom.node()));
      return conditions.stream()
          .map(Expr::columns)
          .anyMatch(columns ->
              columns.stream().anyMatch(own::contains)
                  && columns.stream().anyMatch(c -> !own.contains(c))
                  && columns.stream().allMatch(c -> own.contains(c) || !missing.contains(c)));
    }

    /// Takes out the conditions whose columns are all there. Those on columns of an outer query
    /// wait for the end, where they are easily turned into a join condition.
    private List<Expr> ready(boolean atEnd) {
      List<Expr> ready = new ArrayList<>();
      for (Expr condition : List.copyOf(conditions)) {
        Set<Column> columns = condition.columns();
        boolean waits =
            columns.stream().anyMatch(missing::contains)
                || (!atEnd && columns.stream().anyMatch(scope::isOuter));
        if (!waits) {
          ready.add(condition);
          conditions.remove(condition);
        }
      }
      return ready;
    }
  }
}
