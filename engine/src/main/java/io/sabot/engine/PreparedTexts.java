package io.sabot.engine;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.util.Map;
import java.util.TreeMap;

/// The statements that a session has given names, which compare without case.
final class PreparedTexts {
  private final Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  void put(String name, String text) {
    if (texts.putIfAbsent(name, text) != null) {
      throw new QueryException(
          ErrorCode.DUPLICATE_NAME,
          null,
          "prepared statement '" + name + "' exists already",
          "DEALLOCATE it first");
    }
  }

  String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          null,
          "there is no prepared statement '" + name + "'",
          Errors.didYouMean(name, texts.keySet()));
    }
    return text;
  }

  /// Removes a statement and returns it.
  String take(String name) {
    String text = text(name);
    texts.remove(name);
    return text;
  }

  void clear() {
    texts.clear();
  }

  /// Makes the values of a row the parameters 1, 2, ...
  static void bind(Row row, Map<String, Value> parameters) {
    for (int i = 0; i < row.size(); i++) {
      parameters.put(Integer.toString(i + 1), row.value(i));
    }
  }
}
