package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.logical.LogicalNode.SetOp;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes above a union what both sides compute alike, such as the entity of a row key, so that
/// joins above see the keys.
///
/// ```
/// union all [n] [n1] [n2]               project [n = entity(k)]
///   project [n1 = entity(a)]              union all [k] [a] [b]
///     $left                        =>       project [a]
///   project [n2 = entity(b)]                  $left
///     $right                                project [b]
///                                             $right
/// ```
final class PullComputedThroughUnion implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof SetOp set) || set.kind() != SetKind.UNION || !set.all()) {
      return Optional.empty();
    }
    Computed left = Computed.of(set.left());
    Computed right = Computed.of(set.right());
    return left == null || right == null
        ? Optional.empty()
        : new Pull(set, left, right, context.columns()).run();
  }

  /// A column of the left side and the one of the right that stands at the same place.
  private record Pair(Column left, Column right) {}

  private static final class Pull {
    private final SetOp set;
    private final Computed left;
    private final Computed right;
    private final ColumnAllocator allocator;
    private final Map<Column, Expr> leftDefinitions;
    private final Map<Column, Expr> rightDefinitions;
    private final Map<Pair, Column> merged = new LinkedHashMap<>();

    Pull(SetOp set, Computed left, Computed right, ColumnAllocator allocator) {
      this.set = set;
      this.left = left;
      this.right = right;
      this.allocator = allocator;
      this.leftDefinitions = left.definitions();
      this.rightDefinitions = right.definitions();
    }

    Optional<LogicalNode> run() {
      List<Assignment> above = new ArrayList<>();
      List<Column> columns = new ArrayList<>();
      List<@Nullable Column> ofLeft = new ArrayList<>();
      List<@Nullable Column> ofRight = new ArrayList<>();
      for (int i = 0; i < set.columns().size(); i++) {
        Column column = set.columns().get(i);
        Column l = set.leftColumns().get(i);
        Column r = set.rightColumns().get(i);
        Map<Pair, Column> before = new LinkedHashMap<>(merged);
        Expr common = l == null || r == null ? null : common(leftOf(l), rightOf(r));
        if (common == null || common instanceof Expr.Col) {
          // What was merged on the way to finding that the two are not alike is not wanted.
          merged.clear();
          merged.putAll(before);
        }
        if (common == null || common instanceof Expr.Col) {
          columns.add(column);
          ofLeft.add(l);
          ofRight.add(r);
          above.add(Assignment.same(column));
        } else {
          above.add(new Assignment(column, Forms.as(common, column.type())));
        }
      }
      if (merged.isEmpty() || columns.size() == set.columns().size()) {
        return Optional.empty();
      }
      Set<Column> leftStays = stays(ofLeft);
      Set<Column> rightStays = stays(ofRight);
      merged.forEach((pair, column) -> {
        columns.add(column);
        ofLeft.add(pair.left());
        ofRight.add(pair.right());
        leftStays.add(pair.left());
        rightStays.add(pair.right());
      });
      LogicalNode below =
          new SetOp(
              set.kind(),
              set.all(),
              set.mode(),
              side(left, leftDefinitions, leftStays),
              side(right, rightDefinitions, rightStays),
              columns,
              ofLeft,
              ofRight);
      return Optional.of(new Project(below, above));
    }

    private static Set<Column> stays(List<@Nullable Column> columns) {
      Set<Column> stays = new LinkedHashSet<>();
      for (Column column : columns) {
        if (column != null) {
          stays.add(column);
        }
      }
      return stays;
    }

    private static LogicalNode side(
        Computed computed, Map<Column, Expr> definitions, Set<Column> columns) {
      List<Assignment> assignments = new ArrayList<>();
      for (Column column : columns) {
        assignments.add(new Assignment(column, definitions.getOrDefault(column, column.ref())));
      }
      return new Project(computed.input(), assignments);
    }

    private Expr leftOf(Column column) {
      return leftDefinitions.getOrDefault(column, column.ref());
    }

    private Expr rightOf(Column column) {
      return rightDefinitions.getOrDefault(column, column.ref());
    }

    /// One expression over merged columns that is `l` on the rows of the left side and `r` on those
    /// of the right; null when they are not made alike.
    private @Nullable Expr common(Expr l, Expr r) {
      if (l instanceof Expr.Lit && l.equals(r)) {
        return l;
      }
      if (l instanceof Expr.Col(var a) && r instanceof Expr.Col(var b)) {
        return merge(a, b);
      }
      if (l instanceof Expr.Cast(var a, var type, var mode, var span)
          && r instanceof Expr.Cast(var b, var other, var otherMode, _)
          && type.equals(other)
          && mode == otherMode) {
        Expr below = common(a, b);
        return below == null ? null : new Expr.Cast(below, type, mode, span);
      }
      if (l instanceof Expr.Call(var function, var args, var type)
          && r instanceof Expr.Call(var otherFunction, var otherArgs, var otherType)
          && function.equals(otherFunction)
          && type.equals(otherType)
          && args.size() == otherArgs.size()) {
        return call(l, args, otherArgs);
      }
      return null;
    }

    private @Nullable Expr call(Expr call, List<Expr> args, List<Expr> others) {
      List<Expr> common = new ArrayList<>();
      for (int i = 0; i < args.size(); i++) {
        Expr arg = common(args.get(i), others.get(i));
        if (arg == null) {
          return null;
        }
        common.add(arg);
      }
      Expr.Call of = (Expr.Call) call;
      return new Expr.Call(of.function(), common, of.type());
    }

    /// The sides' own columns under one name; null for columns that are computed below, or that are
    /// of two types.
    private @Nullable Expr merge(Column a, Column b) {
      Set<Column> ofLeft = PlanColumns.asDelivered(left.input(), Set.of(a));
      Set<Column> ofRight = PlanColumns.asDelivered(right.input(), Set.of(b));
      if (ofLeft.isEmpty() || ofRight.isEmpty() || !a.type().equals(b.type())) {
        return null;
      }
      boolean nullable =
          ofLeft.iterator().next().nullable() || ofRight.iterator().next().nullable();
      return merged
          .computeIfAbsent(new Pair(a, b), _ -> allocator.column(a.name(), a.type(), nullable))
          .ref();
    }
  }
}
