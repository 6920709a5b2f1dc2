package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// Rows as values (PostgreSQL manual, 9.25.5 and 9.2): compared field by field, null where all
/// fields are, and otherwise the text that PostgreSQL prints.
final class RowLowering {
  private final RexLowering rex;

  RowLowering(RexLowering rex) {
    this.rex = rex;
  }

  static boolean isRow(RexNode node) {
    return node instanceof RexCall call
        && (call.getKind() == SqlKind.ROW
            || (call.getKind() == SqlKind.CAST && isRow(call.getOperands().getFirst())));
  }

  private static List<RexNode> fields(RexNode row) {
    List<RexNode> operands = ((RexCall) row).getOperands();
    return row.getKind() == SqlKind.CAST ? fields(operands.getFirst()) : operands;
  }

  /// `(1,a,)`.
  Expr text(RexCall row) {
    return Functions.named("sql.row_text").call(rex.all(row.getOperands()));
  }

  /// `{"f1":1,"f2":"a"}`; null for what is no row.
  @Nullable Expr json(RexNode node) {
    if (!isRow(node)) {
      return null;
    }
    JsonLowering json = new JsonLowering(rex);
    List<Expr> parts = fields(node).stream().map(json::part).toList();
    return new Expr.Call(Functions.named("sql.row_to_json"), parts, Type.JSON);
  }

  /// A test of rows as one of their fields; null where no row is tested.
  @Nullable Expr test(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (operands.isEmpty() || !isRow(operands.getFirst())) {
      return null;
    }
    return switch (call.getKind()) {
      case IS_NULL -> LogicFunctions.and(each(operands.getFirst(), LogicFunctions.IS_NULL::call));
      case IS_NOT_NULL ->
          LogicFunctions.and(each(operands.getFirst(), LogicFunctions.IS_NOT_NULL::call));
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          compared(call);
      default -> null;
    };
  }

  @FunctionalInterface
  private interface Test {
    Expr of(Expr field);
  }

  private List<Expr> each(RexNode row, Test test) {
    return rex.all(fields(row)).stream().map(test::of).toList();
  }

  private Expr compared(RexCall call) {
    RexNode other = call.getOperands().get(1);
    if (!isRow(other) || fields(other).size() != fields(call.getOperands().getFirst()).size()) {
      throw Errors.semantic(
          null,
          "RowWidth",
          "a row is compared with what is no row of as many fields",
          "write both sides as (a, b, ...)");
    }
    List<Expr> left = rex.all(fields(call.getOperands().getFirst()));
    List<Expr> right = rex.all(fields(other));
    return switch (call.getKind()) {
      case EQUALS -> LogicFunctions.and(pairs(Op.EQ, left, right));
      case NOT_EQUALS -> LogicFunctions.or(pairs(Op.NE, left, right));
      case LESS_THAN -> ordered(Op.LT, Op.LT, left, right);
      case LESS_THAN_OR_EQUAL -> ordered(Op.LT, Op.LE, left, right);
      case GREATER_THAN -> ordered(Op.GT, Op.GT, left, right);
      default -> ordered(Op.GT, Op.GE, left, right);
    };
  }

  private static List<Expr> pairs(Op op, List<Expr> left, List<Expr> right) {
    List<Expr> pairs = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      pairs.add(Coercion.compare(op, left.get(i), right.get(i)));
    }
    return pairs;
  }

  /// The first fields that differ say it; the last ones may be alike if `last` allows it.
  private static Expr ordered(Op op, Op last, List<Expr> left, List<Expr> right) {
    Expr first = Coercion.compare(op, left.getFirst(), right.getFirst());
    if (left.size() == 1) {
      return Coercion.compare(last, left.getFirst(), right.getFirst());
    }
    Expr same = Coercion.compare(Op.EQ, left.getFirst(), right.getFirst());
    Expr rest = ordered(op, last, left.subList(1, left.size()), right.subList(1, right.size()));
    return LogicFunctions.or(List.of(first, LogicFunctions.and(List.of(same, rest))));
  }
}
