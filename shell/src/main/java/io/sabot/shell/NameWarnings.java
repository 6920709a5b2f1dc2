package io.sabot.shell;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Warns about names that a Cypher query asks for and that nothing has. They are no errors in
/// Cypher: the query finds nothing.
final class NameWarnings {
  private static final Pattern CLAUSE =
      Pattern.compile("(?i)\\b(match|create|merge|set|remove|with|return|unwind|where|call)\\b");
  private static final Pattern NODE = Pattern.compile("\\(\\s*\\w*\\s*:\\s*([\\w:|&\\s]+)");
  private static final Pattern EDGE = Pattern.compile("\\[\\s*\\w*\\s*:\\s*([\\w:|\\s]+)");
  private static final Pattern PROPERTY =
      Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*\\.([A-Za-z_]\\w*)(?![\\w.]*\\s*\\()");

  private final Catalog catalog;
  private final Set<String> warnings = new TreeSet<>();

  private NameWarnings(Catalog catalog) {
    this.catalog = catalog;
  }

  static Set<String> of(String query, Catalog catalog) {
    NameWarnings names = new NameWarnings(catalog);
    names.look(QueryText.of(query).code());
    return names.warnings;
  }

  private void look(String code) {
    Matcher clause = CLAUSE.matcher(code);
    List<int[]> matches = new ArrayList<>();
    boolean writes = false;
    int start = -1;
    while (clause.find()) {
      String word = clause.group(1).toLowerCase(java.util.Locale.ROOT);
      writes |= List.of("create", "merge", "set").contains(word);
      if (start >= 0) {
        matches.add(new int[] {start, clause.start()});
      }
      start = word.equals("match") ? clause.start() : -1;
    }
    if (start >= 0) {
      matches.add(new int[] {start, code.length()});
    }
    if (writes) {
      return;
    }
    for (int[] span : matches) {
      String part = code.substring(span[0], span[1]);
      lookAtNames(part, NODE, labels(), "label");
      lookAtNames(part, EDGE, types(), "relationship type");
    }
    Matcher property = PROPERTY.matcher(code);
    Set<String> keys = keys();
    while (property.find()) {
      check(property.group(1), keys, "property");
    }
  }

  private void lookAtNames(String part, Pattern pattern, Set<String> known, String what) {
    Matcher matcher = pattern.matcher(part);
    while (matcher.find()) {
      for (String name : matcher.group(1).split("[:|&\\s]+")) {
        check(name, known, what);
      }
    }
  }

  private void check(String name, Set<String> known, String what) {
    if (name.isEmpty() || known.contains(name)) {
      return;
    }
    String near = Errors.didYouMean(name, known);
    warnings.add(
        "nothing has the " + what + " '" + name + "'" + (near.isEmpty() ? "" : "; " + near));
  }

  private Set<String> labels() {
    Set<String> labels = new TreeSet<>(catalog.nodeLabels());
    catalog.tables().forEach(table -> labels.add(table.name()));
    return labels;
  }

  private Set<String> types() {
    Set<String> types = new TreeSet<>(catalog.edgeTypes());
    for (TableDef table : catalog.tables()) {
      types.add(table.name());
      table.foreignKeys().stream().map(ForeignKeyDef::name).forEach(types::add);
    }
    return types;
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
