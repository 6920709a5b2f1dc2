package io.sabot.optimizer.physical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operators for set operations and recursion, whose inputs line up column by column.
final class SetPlanner {
  private final PhysicalPlanner planner;

  SetPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  /// One side after its columns have the form of the result.
  private record Side(PhysicalNode plan, List<@Nullable Column> columns) {}

  PhysicalNode setOp(LogicalNode.SetOp n, Set<Column> needed, Set<Column> outer) {
    boolean bag = n.kind() == SetKind.UNION && n.all();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < n.columns().size(); i++) {
      if (!bag || needed.contains(n.columns().get(i))) {
        places.add(i);
      }
    }
    List<Column> columns = places.stream().map(n.columns()::get).toList();
    Side left = side(n.left(), pick(n.leftColumns(), places), columns, outer);
    Side right = side(n.right(), pick(n.rightColumns(), places), columns, outer);
    boolean all = n.kind() == SetKind.UNION || n.all();
    PhysicalNode set =
        new PhysicalNode.SetOp(
            n.kind(),
            all,
            n.mode(),
            left.plan(),
            right.plan(),
            left.columns(),
            right.columns(),
            columns);
    return all == n.all() ? set : new PhysicalNode.Distinct(set, n.mode(), columns);
  }

  private static List<@Nullable Column> pick(List<@Nullable Column> columns, List<Integer> places) {
    List<@Nullable Column> picked = new ArrayList<>();
    places.forEach(i -> picked.add(columns.get(i)));
    return picked;
  }

  private Side side(
      LogicalNode input, List<@Nullable Column> columns, List<Column> result, Set<Column> outer) {
    Set<Column> needed = new LinkedHashSet<>();
    for (Column column : columns) {
      if (column != null) {
        needed.add(column);
      }
    }
    PhysicalNode plan = planner.plan(input, needed, outer);
    List<Assignment> casts = new ArrayList<>();
    List<@Nullable Column> lined = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      Column from = columns.get(i);
      Type type = result.get(i).type();
      if (from == null || !plan.columns().contains(from)) {
        lined.add(constant(from, type, casts));
      } else if (isForm(from.type(), type)) {
        lined.add(from);
      } else {
        Column cast = planner.allocator.column(from.name(), type, from.nullable());
        casts.add(new Assignment(cast, converted(from.ref(), type)));
        lined.add(cast);
      }
    }
    if (casts.isEmpty()) {
      return new Side(plan, lined);
    }
    List<Column> delivered = new ArrayList<>(plan.columns());
    casts.forEach(c -> delivered.add(c.column()));
    return new Side(new PhysicalNode.Project(plan, casts, delivered), lined);
  }

  /// A column of an enclosing left side has to be made a column of this side.
  private @Nullable Column constant(@Nullable Column outer, Type type, List<Assignment> casts) {
    if (outer == null) {
      return null;
    }
    Column copy = planner.allocator.column(outer.name(), type, outer.nullable());
    casts.add(new Assignment(copy, converted(outer.ref(), type)));
    return copy;
  }

  private static boolean isForm(Type from, Type to) {
    if (from instanceof Type.Decimal a && to instanceof Type.Decimal b) {
      return a.scale() == b.scale();
    }
    return from.physical() == to.physical();
  }

  private static Expr converted(Expr expr, Type type) {
    if (isForm(expr.type(), type)) {
      return expr;
    }
    boolean form = expr.type().physical() == Physical.TERM || type.physical() == Physical.TERM;
    return new Expr.Cast(expr, type, form ? Expr.CastMode.FORM : Expr.CastMode.SQL);
  }

  PhysicalNode recursive(LogicalNode.Recursive n, Set<Column> outer) {
    return new PhysicalNode.Recursive(
        aligned(n.init(), n.columns(), outer),
        aligned(n.step(), n.columns(), outer),
        n.workId(),
        n.distinct(),
        n.columns());
  }

  /// The side with its columns in the order, and the form, of the result.
  private PhysicalNode aligned(LogicalNode input, List<Column> result, Set<Column> outer) {
    List<Column> order = PlanColumns.of(input);
    Side side = side(input, new ArrayList<>(order), result, outer);
    List<Column> columns = new ArrayList<>();
    for (Column column : side.columns()) {
      if (column != null) {
        columns.add(column);
      }
    }
    return columns.equals(side.plan().columns())
        ? side.plan()
        : new PhysicalNode.Project(side.plan(), List.of(), columns);
  }
}
