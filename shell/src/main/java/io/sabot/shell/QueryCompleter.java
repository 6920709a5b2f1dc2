package io.sabot.shell;

import io.sabot.engine.Session;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.TableDef;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes keywords, and names out of the catalog.
final class QueryCompleter implements Completer {
  private final Session session;
  private final Supplier<Collection<String>> keywords;

  QueryCompleter(Session session, Supplier<Collection<String>> keywords) {
    this.session = session;
    this.keywords = keywords;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor() - line.word().length());
    if (before.strip().equals(":")) {
      add(candidates, ReplCommand.COMMANDS, "command", "");
      return;
    }
    Catalog catalog = session.catalog();
    for (TableDef table : catalog.tables()) {
      add(candidates, List.of(table.name()), "table", "");
      add(candidates, table.columns().stream().map(ColumnDef::name).toList(), "column", "");
      add(candidates, table.foreignKeys().stream().map(ForeignKeyDef::name).toList(), "key", "");
    }
    add(candidates, catalog.nodeLabels(), "label", "");
    add(candidates, catalog.edgeTypes(), "relationship", "");
    add(candidates, catalog.propertyKeys(), "property", "");
    add(candidates, catalog.prefixes().keySet(), "prefix", ":");
    boolean isLower = !line.word().isEmpty() && Character.isLowerCase(line.word().charAt(0));
    for (String keyword : keywords.get()) {
      String word = isLower ? keyword.toLowerCase(Locale.ROOT) : keyword;
      candidates.add(new Candidate(word, word, "keyword", null, null, null, true));
    }
  }

  private static void add(
      List<Candidate> candidates, Collection<String> names, String group, String suffix) {
    for (String name : names) {
      String value = name + suffix;
      candidates.add(new Candidate(value, value, group, null, null, null, suffix.isEmpty()));
    }
  }
}
