package io.sabot.exec.operator;

import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.FreeColumns;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The right side of an `Apply`, changed so that it runs for many outer rows at once: `Argument`
/// delivers all of them, with a number each, and every operator passes on the number and the outer
/// columns, which are constants no more.
///
/// That works where each row depends on one row of the input only: lookups, filters, unions, joins
/// with what does not depend on the outer row. Not for what looks at several rows, as an aggregate
/// or a limit does.
final class RowWisePlan {
  /// The number of the outer row. No plan has a column of this id.
  static final Column NUMBER = new Column(Integer.MIN_VALUE, "outer row", Type.INT64, false);

  private final List<Column> carried;
  private final @Nullable Profile profile;

  private RowWisePlan(List<Column> carried, @Nullable Profile profile) {
    this.carried = carried;
    this.profile = profile;
  }

  /// The changed plan; null where that does not work.
  ///
  /// @param outer the columns of the left side that the right side uses
  static @Nullable PhysicalNode of(
      PhysicalNode right, List<Column> outer, @Nullable Profile profile) {
    if (outer.isEmpty()) {
      return null;
    }
    List<Column> carried = new ArrayList<>(outer);
    carried.add(NUMBER);
    return new RowWisePlan(carried, profile).rewrite(right);
  }

  private List<Column> plus(List<Column> columns) {
    Set<Column> all = new LinkedHashSet<>(columns);
    all.addAll(carried);
    return List.copyOf(all);
  }

  private @Nullable PhysicalNode rewrite(PhysicalNode node) {
    PhysicalNode changed =
        switch (node) {
          case PhysicalNode.Argument n -> new PhysicalNode.Argument(plus(n.columns()));
          case PhysicalNode.Values n when isUnit(n) -> new PhysicalNode.Argument(carried);
          case PhysicalNode.HashJoin n -> join(n);
          case PhysicalNode.Apply n -> apply(n);
          case PhysicalNode.SetOp n -> union(n);
          default -> {
            PhysicalNode input = input(node);
            PhysicalNode below = input == null ? null : rewrite(input);
            yield below == null ? null : over(node, below);
          }
        };
    if (changed != null && profile != null) {
      profile.countAs(changed, node);
    }
    return changed;
  }

  /// The one row without columns that a side begins with when it only uses outer columns.
  private static boolean isUnit(PhysicalNode.Values node) {
    return node.columns().isEmpty() && node.rows().size() == 1;
  }

  /// The input of a node that works row by row; null for any other node.
  private static @Nullable PhysicalNode input(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.Filter n -> n.input();
      case PhysicalNode.Project n -> n.input();
      case PhysicalNode.Unnest n -> n.input();
      case PhysicalNode.ProcedureCall n -> n.input();
      case PhysicalNode.QuadLookup n -> n.input();
      case PhysicalNode.NodeLookup n -> n.input();
      case PhysicalNode.EdgeLookup n -> n.input();
      case PhysicalNode.RowLookup n -> n.input();
      case PhysicalNode.IndexSeek n -> n.input();
      case PhysicalNode.Expand n -> n.input();
      case PhysicalNode.PathSearch n -> n.input();
      default -> null;
    };
  }

  private @Nullable PhysicalNode over(PhysicalNode node, PhysicalNode input) {
    List<Column> columns = plus(node.columns());
    return switch (node) {
      case PhysicalNode.Filter n -> new PhysicalNode.Filter(input, n.predicate(), columns);
      case PhysicalNode.Project n -> new PhysicalNode.Project(input, n.assignments(), columns);
      case PhysicalNode.Unnest n ->
          new PhysicalNode.Unnest(input, n.list(), n.element(), n.ordinal(), n.outer(), columns);
      case PhysicalNode.ProcedureCall n ->
          new PhysicalNode.ProcedureCall(
              input, n.procedure(), n.args(), n.yields(), n.isVoid(), columns);
      case PhysicalNode.QuadLookup n ->
          new PhysicalNode.QuadLookup(
              input,
              n.scope(),
              n.graph(),
              n.subject(),
              n.predicate(),
              n.object(),
              n.bound(),
              columns);
      case PhysicalNode.NodeLookup n ->
          new PhysicalNode.NodeLookup(input, n.node(), n.labels(), n.properties(), columns);
      case PhysicalNode.EdgeLookup n ->
          new PhysicalNode.EdgeLookup(
              input, n.edge(), n.source(), n.target(), n.direction(), n.properties(), columns);
      case PhysicalNode.RowLookup n ->
          new PhysicalNode.RowLookup(
              input, n.tableId(), n.tableName(), n.address(), n.reads(), columns);
      case PhysicalNode.IndexSeek n ->
          new PhysicalNode.IndexSeek(input, n.index(), n.seeks(), n.found(), columns);
      case PhysicalNode.Expand n ->
          new PhysicalNode.Expand(
              input,
              n.from(),
              n.edge(),
              n.to(),
              n.into(),
              n.types(),
              n.along(),
              n.properties(),
              columns);
      case PhysicalNode.PathSearch n ->
          new PhysicalNode.PathSearch(
              input,
              n.source(),
              n.target(),
              n.edges(),
              n.spec(),
              n.edgeProperties(),
              n.boundSource(),
              n.boundTarget(),
              columns);
      default -> null;
    };
  }

  /// A join with a side that is the same for all outer rows.
  private @Nullable PhysicalNode join(PhysicalNode.HashJoin n) {
    boolean keepsLeft =
        switch (n.kind()) {
          case INNER, LEFT, SEMI, ANTI -> true;
          case RIGHT, FULL, MARK, SINGLE -> false;
        };
    boolean isRightFree =
        FreeColumns.isClosed(n.right())
            && n.keys().stream().noneMatch(key -> isCarried(key.right().columns()));
    boolean isLeftFree =
        n.kind() == JoinKind.INNER
            && FreeColumns.isClosed(n.left())
            && n.keys().stream().noneMatch(key -> isCarried(key.left().columns()));
    PhysicalNode left = keepsLeft && isRightFree ? rewrite(n.left()) : null;
    PhysicalNode right = left == null && isLeftFree ? rewrite(n.right()) : null;
    return left == null && right == null
        ? null
        : new PhysicalNode.HashJoin(
            n.kind(),
            left == null ? n.left() : left,
            right == null ? n.right() : right,
            n.keys(),
            n.residual(),
            n.buildLeft(),
            n.mark(),
            plus(n.columns()));
  }

  private boolean isCarried(Set<Column> columns) {
    return columns.stream().anyMatch(carried::contains);
  }

  /// The outer columns that its right side uses are columns of its left side now.
  private @Nullable PhysicalNode apply(PhysicalNode.Apply n) {
    PhysicalNode left = rewrite(n.left());
    if (left == null) {
      return null;
    }
    Set<Column> outer = new LinkedHashSet<>(n.outer());
    Set<Column> free = FreeColumns.of(n.right());
    carried.stream().filter(free::contains).forEach(outer::add);
    return new PhysicalNode.Apply(
        n.kind(), left, n.right(), List.copyOf(outer), n.condition(), n.mark(), plus(n.columns()));
  }

  private @Nullable PhysicalNode union(PhysicalNode.SetOp n) {
    if (n.kind() != LogicalNode.SetKind.UNION || !n.all()) {
      return null;
    }
    PhysicalNode left = rewrite(n.left());
    PhysicalNode right = left == null ? null : rewrite(n.right());
    if (left == null || right == null || n.columns().stream().anyMatch(carried::contains)) {
      return null;
    }
    List<@Nullable Column> leftColumns = new ArrayList<>(n.leftColumns());
    List<@Nullable Column> rightColumns = new ArrayList<>(n.rightColumns());
    leftColumns.addAll(carried);
    rightColumns.addAll(carried);
    return new PhysicalNode.SetOp(
        n.kind(), true, n.mode(), left, right, leftColumns, rightColumns, plus(n.columns()));
  }
}
