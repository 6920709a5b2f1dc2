package io.sabot.plan.text;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalNode;

/// Plans as text: a tree with one node a line, each input two spaces further in.
public final class PlanText {
  private PlanText() {}

  /// For people: `name#id`, operators between their operands, no types.
  public static String of(LogicalNode plan) {
    return new LogicalText(ColumnStyle.IDS, false).write(plan);
  }

  public static String of(PhysicalNode plan) {
    return new PhysicalText(ColumnStyle.IDS, false).write(plan);
  }

  /// As {@link #of(PhysicalNode)}, with the columns that each operator delivers.
  public static String withColumns(PhysicalNode plan) {
    return new PhysicalText(ColumnStyle.IDS, true).write(plan);
  }

  /// One operator without its inputs.
  public static String line(PhysicalNode node) {
    return new PhysicalText(ColumnStyle.NAMES, false).line(node);
  }

  /// With all that {@link PlanReader} needs to read the same plan back.
  public static String exact(LogicalNode plan) {
    return new LogicalText(ColumnStyle.IDS, true).write(plan);
  }

  /// For golden files: names without ids, as long as they are unique.
  public static String named(LogicalNode plan) {
    return new LogicalText(ColumnStyle.NAMES, false).write(plan);
  }

  public static String named(PhysicalNode plan) {
    return new PhysicalText(ColumnStyle.NAMES, false).write(plan);
  }

  /// With columns numbered as they appear: equal for plans that differ in names and ids only.
  public static String numbered(LogicalNode plan) {
    return new LogicalText(ColumnStyle.NUMBERED, false).write(plan);
  }

  public static String numbered(PhysicalNode plan) {
    return new PhysicalText(ColumnStyle.NUMBERED, false).write(plan);
  }

  public static String of(Expr expr) {
    return new ExprText(ColumnStyle.IDS, false).of(expr);
  }
}
