package io.sabot.plan.catalog;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.Casts;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The text of row keys within IRIs: each value percent-encoded, several joined by `,`.
public final class RowKeys {
  private RowKeys() {}

  public static String encode(List<Value> key) {
    StringBuilder text = new StringBuilder();
    for (Value value : key) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(encode(Casts.text(value)));
    }
    return text.toString();
  }

  /// Percent-encodes everything but letters, digits and `-._~`.
  public static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return out.toString();
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The key that `text` spells, or nothing when no row of the table can have it. A key has one
  /// spelling: `007` is not the row 7.
  static Optional<List<Value>> parse(String text, TableDef table) {
    return parse(text, table.primaryKey().stream().map(c -> table.column(c).type()).toList());
  }

  /// As above, for key columns of these types.
  public static Optional<List<Value>> parse(String text, List<Type> types) {
    String[] parts = text.split(",", -1);
    if (parts.length != types.size()) {
      return Optional.empty();
    }
    List<Value> key = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      try {
        key.add(Casts.cast(Value.of(decode(parts[i])), types.get(i), CastMode.SQL));
      } catch (QueryException | IllegalArgumentException noKey) {
        return Optional.empty();
      }
    }
    return encode(key).equals(text) ? Optional.of(key) : Optional.empty();
  }
}
