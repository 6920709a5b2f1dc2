package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes two computations of columns one, and drops one that computes and drops nothing.
///
/// ```
/// project [y = x + 1]                project [y = a * 2 + 1]
///   extend [x = a * 2]         =>      $input
///     $input
/// ```
///
/// Not if that would compute a costly expression twice, or a volatile one: `project [y = x, z = x]`
/// over `x = rand()` has equal columns.
final class MergeProjects implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Extend(var input, var assignments) when assignments.isEmpty() -> Optional.of(input);
      case Project(var input, var assignments) when isIdentity(input, assignments) ->
          Optional.of(input);
      case Project(Project(var input, var inner), var outer) when canInline(inner, outer) ->
          Optional.of(new Project(input, inline(inner, outer)));
      case Project(Extend(var input, var inner), var outer) when canInline(inner, outer) ->
          Optional.of(new Project(input, inline(inner, outer)));
      case Extend(Project(var input, var inner), var outer) when readsCheapOnly(inner, outer) -> {
        List<Assignment> all = new ArrayList<>(inner);
        all.addAll(inline(inner, outer));
        yield Optional.of(new Project(input, all));
      }
      case Extend(Extend(var input, var inner), var outer) when readsCheapOnly(inner, outer) -> {
        List<Assignment> all = new ArrayList<>(inner);
        all.addAll(inline(inner, outer));
        yield Optional.of(new Extend(input, all));
      }
      default -> Optional.empty();
    };
  }

  private static boolean isIdentity(LogicalNode input, List<Assignment> assignments) {
    return assignments.stream().allMatch(Assignment::isPassThrough)
        && assignments.size() == PlanColumns.of(input).size();
  }

  /// Where the inner columns are delivered as well, only cheap ones may be computed again.
  private static boolean readsCheapOnly(List<Assignment> inner, List<Assignment> outer) {
    Map<Column, Integer> uses = new HashMap<>();
    outer.forEach(a -> count(a.expr(), uses));
    return inner.stream()
        .allMatch(a -> !uses.containsKey(a.column()) || Computed.isCheap(a.expr()));
  }

  static List<Assignment> inline(List<Assignment> inner, List<Assignment> outer) {
    Map<Column, Expr> definitions = new HashMap<>();
    inner.forEach(a -> definitions.put(a.column(), a.expr()));
    return outer.stream()
        .map(a -> new Assignment(a.column(), ExprFacts.substitute(a.expr(), definitions)))
        .toList();
  }

  static boolean canInline(List<Assignment> inner, List<Assignment> outer) {
    return canInlineInto(inner, outer.stream().map(Assignment::expr).toList());
  }

  /// Whether each computed column is cheap or read at most once by `readers`.
  static boolean canInlineInto(List<Assignment> inner, List<Expr> readers) {
    Map<Column, Integer> uses = new HashMap<>();
    readers.forEach(r -> count(r, uses));
    for (Assignment assignment : inner) {
      int used = uses.getOrDefault(assignment.column(), 0);
      boolean once = used <= 1 && !ExprFacts.isVolatile(assignment.expr());
      if (!once && !Computed.isCheap(assignment.expr())) {
        return false;
      }
    }
    return true;
  }

  private static void count(Expr expr, Map<Column, Integer> uses) {
    if (expr instanceof Expr.Col(var column)) {
      uses.merge(column, 1, Integer::sum);
    }
    // What a comprehension evaluates once for each element counts as many.
    int weight =
        expr instanceof Expr.ListComprehension
                || expr instanceof Expr.Quantified
                || expr instanceof Expr.Reduce
            ? 2
            : 1;
    for (int i = 0; i < weight; i++) {
      expr.forEachChild(child -> count(child, uses));
    }
  }
}
