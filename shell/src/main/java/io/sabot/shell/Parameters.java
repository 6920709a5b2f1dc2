package io.sabot.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Query parameters as the command line gives them: `name=value`, where a value is JSON, an IRI in
/// angle brackets, or else a text.
final class Parameters {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Parameters() {}

  static Map<String, @Nullable Object> of(Iterable<String> assignments) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw Errors.invalidArgument("found '" + assignment + "', expected name=value");
      }
      parameters.put(assignment.substring(0, equals), value(assignment.substring(equals + 1)));
    }
    return parameters;
  }

  static @Nullable Object value(String text) {
    if (text.startsWith("<") && text.endsWith(">")) {
      return new Value.Iri(text.substring(1, text.length() - 1));
    }
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException plainText) {
      return text;
    }
  }
}
