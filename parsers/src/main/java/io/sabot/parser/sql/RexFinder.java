package io.sabot.parser.sql;

import java.util.function.Predicate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/// Looks for a node inside an expression.
final class RexFinder {
  private RexFinder() {}

  static boolean find(RexNode node, Predicate<RexNode> wanted) {
    if (wanted.test(node)) {
      return true;
    }
    return switch (node) {
      case RexSubQuery query -> query.getOperands().stream().anyMatch(o -> find(o, wanted));
      case RexCall call -> call.getOperands().stream().anyMatch(o -> find(o, wanted));
      default -> false;
    };
  }
}
