package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Limit;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.LogicalNode.Sort;
import io.sabot.plan.logical.LogicalNode.Unnest;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Moves cheap computed columns above joins, sorts and limits, so that what is below works on the
/// columns of the data itself.
///
/// ```
/// join inner n == m                              project [n = entity(a), m = entity(b), ...]
///   extend [n = entity(a)]                         join inner entity(a) == entity(b)
///     $left                                  =>      $left
///   extend [m = entity(b)]                           $right
///     $right
/// ```
///
/// From the null-filled side of an outer join only what is null for a row of nulls: a literal would
/// show up in the rows without partner.
final class PullUpComputed implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Join join -> join(join);
      case Apply apply -> apply(apply);
      case Sort sort -> through(sort, sort.input());
      case Limit limit -> through(limit, limit.input());
      case Unnest unnest -> through(unnest, unnest.input());
      case Output output -> output(output);
      default -> Optional.empty();
    };
  }

  /// A node that passes its input's columns on and reads them in expressions only.
  private static Optional<LogicalNode> through(LogicalNode node, LogicalNode input) {
    Computed computed = Computed.of(input);
    if (computed == null) {
      return Optional.empty();
    }
    LogicalNode below = replaceInput(substitute(node, computed.definitions()), computed.input());
    return Optional.of(above(node, below));
  }

  private static LogicalNode replaceInput(LogicalNode node, LogicalNode input) {
    return node.mapInputs(_ -> input);
  }

  private static LogicalNode substitute(LogicalNode node, Map<Column, Expr> definitions) {
    return PlanExprs.map(node, e -> ExprFacts.substitute(e, definitions));
  }

  /// A projection to the columns of `node` over `below`, which computes those that came from the
  /// pulled computations.
  private static LogicalNode above(LogicalNode node, LogicalNode below, Computed... pulled) {
    Map<Column, Expr> definitions = new java.util.HashMap<>();
    for (Computed computed : pulled) {
      definitions.putAll(computed.definitions());
    }
    if (pulled.length == 0) {
      for (LogicalNode input : node.inputs()) {
        Computed computed = Computed.of(input);
        if (computed != null) {
          definitions.putAll(computed.definitions());
        }
      }
    }
    List<Assignment> assignments = new ArrayList<>();
    for (Column column : PlanColumns.of(node)) {
      Expr definition = definitions.get(column);
      assignments.add(
          definition == null ? Assignment.same(column) : new Assignment(column, definition));
    }
    return new LogicalNode.Project(below, assignments);
  }

  private static Optional<LogicalNode> join(Join join) {
    Computed left = Computed.of(join.left());
    Computed right = Computed.of(join.right());
    left = left != null && mayLeave(left, keepsLeft(join.kind())) ? left : null;
    right = right != null && mayLeave(right, keepsRight(join.kind())) ? right : null;
    if (left == null && right == null) {
      return Optional.empty();
    }
    Map<Column, Expr> definitions = new java.util.HashMap<>();
    List<Computed> pulled = new ArrayList<>();
    LogicalNode l = join.left();
    LogicalNode r = join.right();
    if (left != null) {
      definitions.putAll(left.definitions());
      pulled.add(left);
      l = left.input();
    }
    if (right != null) {
      definitions.putAll(right.definitions());
      pulled.add(right);
      r = right.input();
    }
    Expr condition = ExprFacts.substitute(join.condition(), definitions);
    LogicalNode below = new Join(join.kind(), l, r, condition, join.mark());
    return Optional.of(above(join, below, pulled.toArray(Computed[]::new)));
  }

  private static boolean mayLeave(Computed computed, boolean rowsAreKept) {
    return rowsAreKept || computed.isNullOnNulls();
  }

  /// Whether no row of the left side is made up of nulls.
  private static boolean keepsLeft(JoinKind kind) {
    return kind != JoinKind.RIGHT && kind != JoinKind.FULL;
  }

  private static boolean keepsRight(JoinKind kind) {
    return switch (kind) {
      case INNER, RIGHT, SEMI, ANTI, MARK -> true;
      case LEFT, FULL, SINGLE -> false;
    };
  }

  /// From the left side of a correlated join; its right side follows suit.
  private static Optional<LogicalNode> apply(Apply apply) {
    Computed left = Computed.of(apply.left());
    if (left == null) {
      return Optional.empty();
    }
    Map<Column, Expr> definitions = left.definitions();
    Set<Column> hidden = new LinkedHashSet<>(definitions.keySet());
    left.all().stream().filter(Assignment::isPassThrough).forEach(a -> hidden.remove(a.column()));
    LogicalNode right = OuterColumns.substitute(apply.right(), definitions, hidden);
    if (right == null) {
      return Optional.empty();
    }
    Expr condition = ExprFacts.substitute(apply.condition(), definitions);
    LogicalNode below = new Apply(apply.kind(), left.input(), right, condition, apply.mark());
    return Optional.of(above(apply, below, left));
  }

  /// What the user sees is the same under either form, and names are the output's own.
  private static Optional<LogicalNode> output(Output output) {
    Computed computed = Computed.of(output.input());
    if (computed == null) {
      return Optional.empty();
    }
    Map<Column, Expr> definitions = computed.definitions();
    List<LogicalNode.OutputColumn> columns = new ArrayList<>();
    for (LogicalNode.OutputColumn column : output.columns()) {
      Expr definition = definitions.get(column.column());
      if (definition == null) {
        columns.add(column);
      } else if (Forms.strip(definition) instanceof Expr.Col(var source)) {
        columns.add(new LogicalNode.OutputColumn(source, column.name()));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Output(computed.input(), columns));
  }
}
