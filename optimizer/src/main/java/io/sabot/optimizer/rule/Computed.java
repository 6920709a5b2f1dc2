package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.MappingFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computed columns that cost next to nothing: renamed columns, literals, changes of form, and
/// terms of row keys: entities, and what RDF templates give. They float up through a plan, so that
/// joins and filters below see the columns of the data itself.
///
/// @param input what they are computed over
/// @param all also those that only pass a column on
/// @param keepsRest whether the other columns of the input are delivered too
record Computed(LogicalNode input, List<Assignment> all, boolean keepsRest) {
  /// The computation at the top of `node`, if all of it is cheap and it computes anything.
  static @Nullable Computed of(LogicalNode node) {
    Computed computed =
        switch (node) {
          case LogicalNode.Project(var input, var all) -> new Computed(input, all, false);
          case LogicalNode.Extend(var input, var all) -> new Computed(input, all, true);
          default -> null;
        };
    boolean cheap = computed != null && computed.all().stream().allMatch(a -> isCheap(a.expr()));
    return cheap ? computed : null;
  }

  static boolean isCheap(Expr expr) {
    return switch (expr) {
      case Expr.Col _, Expr.Lit _, Expr.Param _ -> true;
      case Expr.Cast(var input, _, var mode, _) -> mode == Expr.CastMode.FORM && isCheap(input);
      case Expr.Call(var function, var args, _) ->
          (isEntity(function) || StripTerms.isTerm(function))
              && args.stream().allMatch(Computed::isCheap);
      default -> false;
    };
  }

  private static boolean isEntity(io.sabot.plan.function.Function function) {
    return function.equals(MappingFunctions.ENTITY_NODE)
        || function.equals(MappingFunctions.ENTITY_EDGE);
  }

  /// Whether each of them is null on a row of nulls, as on the unmatched rows of an outer join. A
  /// literal is not, nor is a column of an enclosing left side.
  boolean isNullOnNulls() {
    Set<Column> own = new HashSet<>(PlanColumns.of(input));
    return all.stream().allMatch(a -> NullRejection.isNullFor(a.expr(), own));
  }

  Map<Column, Expr> definitions() {
    Map<Column, Expr> definitions = new HashMap<>();
    all.forEach(a -> definitions.put(a.column(), a.expr()));
    return definitions;
  }
}
