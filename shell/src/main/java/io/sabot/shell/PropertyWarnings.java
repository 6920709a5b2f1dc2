package io.sabot.shell;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Warns about properties that a Cypher query asks for and that nothing has. They are no errors in
/// Cypher: their value is null.
final class PropertyWarnings {
  private static final Pattern WRITES = Pattern.compile("(?i)\\b(create|merge|set)\\b");
  private static final Pattern PROPERTY =
      Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*\\.([A-Za-z_]\\w*)(?![\\w.]*\\s*\\()");

  private final Catalog catalog;
  private final Set<String> warnings = new TreeSet<>();

  private PropertyWarnings(Catalog catalog) {
    this.catalog = catalog;
  }

  static Set<String> of(String query, Catalog catalog) {
    PropertyWarnings names = new PropertyWarnings(catalog);
    names.look(QueryText.of(query).code());
    return names.warnings;
  }

  private void look(String code) {
    if (WRITES.matcher(code).find()) {
      return;
    }
    Matcher property = PROPERTY.matcher(code);
    Set<String> keys = keys();
    while (property.find()) {
      check(property.group(1), keys);
    }
  }

  private void check(String name, Set<String> known) {
    if (name.isEmpty() || known.contains(name)) {
      return;
    }
    String near = Errors.didYouMean(name, known);
    warnings.add("nothing has the property '" + name + "'" + (near.isEmpty() ? "" : "; " + near));
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>(catalog.propertyKeys());
    keys.addAll(
        Set.of(
            "year",
            "quarter",
            "month",
            "week",
            "weekYear",
            "day",
            "ordinalDay",
            "dayOfWeek",
            "weekDay",
            "dayOfQuarter",
            "hour",
            "minute",
            "second",
            "millisecond",
            "microsecond",
            "nanosecond",
            "timezone",
            "offset",
            "epochSeconds",
            "epochMillis",
            "years",
            "quarters",
            "months",
            "weeks",
            "days",
            "hours",
            "minutes",
            "seconds",
            "milliseconds",
            "microseconds",
            "nanoseconds"));
    for (TableDef table : catalog.tables()) {
      table.columns().stream().map(ColumnDef::name).forEach(keys::add);
    }
    return keys;
  }
}
