package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.value.Ordering;
import org.jspecify.annotations.Nullable;

/// Truth in paths of SQL/JSON; null when it is not known.
final class SqlJsonPathTruth {
  private SqlJsonPathTruth() {}

  static @Nullable Boolean compare(String operator, JsonNode a, JsonNode b) {
    if (a.isContainerNode() || b.isContainerNode()) {
      return null;
    }
    if (a.getNodeType() != b.getNodeType()) {
      boolean isOfNull = a.isNull() || b.isNull();
      return isOfNull ? operator.equals("!=") || operator.equals("<>") : null;
    }
    int order =
        switch (a.getNodeType()) {
          case NUMBER -> a.decimalValue().compareTo(b.decimalValue());
          case STRING -> Ordering.codePoints(a.textValue(), b.textValue());
          case BOOLEAN -> Boolean.compare(a.booleanValue(), b.booleanValue());
          default -> 0;
        };
    return switch (operator) {
      case "=", "==" -> order == 0;
      case "!=", "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  static @Nullable Boolean not(@Nullable Boolean holds) {
    return holds == null ? null : !holds;
  }

  static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
    if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
      return false;
    }
    return left == null || right == null ? null : Boolean.TRUE;
  }
}
