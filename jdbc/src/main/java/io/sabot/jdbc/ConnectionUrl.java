package io.sabot.jdbc;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Settings;
import io.sabot.plan.error.QueryException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `jdbc:sabot:PATH?name=value&...` says.
///
/// @param place a directory; null for a temporary database
/// @param name of a temporary database that connections of this process share; null when the
///   connection has it for itself
/// @param options what the URL and the properties set, by name in lower case
record ConnectionUrl(@Nullable String place, @Nullable String name, Map<String, String> options) {
  static final String PREFIX = "jdbc:sabot:";
  static final String LANGUAGE = "language";
  static final String READ_ONLY = "readonly";
  static final String DURABLE = "durable";

  /// Options that are not settings of the engine, with what they mean.
  static final Map<String, String> OWN =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of(
                  LANGUAGE, "language of statements without a marker: sql, cypher or sparql",
                  READ_ONLY, "whether statements that change anything are refused: on or off",
                  DURABLE, "whether a commit waits until it is on disk: on or off")));

  private static final String PRIVATE = ":memory:";
  private static final String SHARED = "memory:";

  static boolean accepts(@Nullable String url) {
    return url != null && url.startsWith(PREFIX);
  }

  static ConnectionUrl parse(String url, Properties properties) throws SQLException {
    Map<String, String> options = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      String known = key.toLowerCase(Locale.ROOT);
      if (isKnown(known)) {
        options.put(known, properties.getProperty(key));
      }
    }
    String rest = url.substring(PREFIX.length());
    int mark = rest.indexOf('?');
    if (mark >= 0) {
      for (String option : rest.substring(mark + 1).split("&")) {
        put(option, options);
      }
      rest = rest.substring(0, mark);
    }
    Map<String, String> all = Collections.unmodifiableMap(options);
    if (rest.isEmpty() || rest.equals(PRIVATE)) {
      return new ConnectionUrl(null, null, all);
    }
    return rest.startsWith(SHARED)
        ? new ConnectionUrl(null, rest.substring(SHARED.length()), all)
        : new ConnectionUrl(rest, null, all);
  }

  private static void put(String option, Map<String, String> options) throws SQLException {
    if (option.isEmpty()) {
      return;
    }
    int equal = option.indexOf('=');
    String key = (equal < 0 ? option : option.substring(0, equal)).toLowerCase(Locale.ROOT);
    if (equal < 0 || !isKnown(key)) {
      throw SqlErrors.url(option, "name=value with one of " + String.join(", ", names()));
    }
    options.put(key, URLDecoder.decode(option.substring(equal + 1), StandardCharsets.UTF_8));
  }

  static List<String> names() {
    List<String> names = new ArrayList<>(OWN.keySet());
    names.addAll(Settings.names());
    return names;
  }

  private static boolean isKnown(String name) {
    return OWN.containsKey(name) || Settings.names().contains(name);
  }

  Language language() throws SQLException {
    String name = options.getOrDefault(LANGUAGE, "sql");
    return Language.of(name).orElseThrow(() -> SqlErrors.url(name, "sql, cypher or sparql"));
  }

  boolean isReadOnly() throws SQLException {
    return isOn(READ_ONLY, false);
  }

  private boolean isOn(String option, boolean otherwise) throws SQLException {
    String text = options.get(option);
    return text == null
        ? otherwise
        : switch (text.strip().toLowerCase(Locale.ROOT)) {
          case "on", "true", "1" -> true;
          case "off", "false", "0" -> false;
          default -> throw SqlErrors.url(option + "=" + text, "on or off");
        };
  }

  /// With what the options say of settings of the engine.
  Options applyTo(Options defaults) throws SQLException {
    Options all = defaults.withDurable(isOn(DURABLE, defaults.durable()));
    try {
      for (Map.Entry<String, String> option : options.entrySet()) {
        if (!OWN.containsKey(option.getKey())) {
          all = Settings.apply(all, option.getKey(), option.getValue());
        }
      }
      return all;
    } catch (QueryException wrong) {
      throw SqlErrors.of(wrong);
    }
  }
}
