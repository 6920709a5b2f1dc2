package io.sabot.jdbc;

import io.sabot.engine.SqlText;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.TableDef;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which values of the rows that a statement changes its caller wants to see afterwards.
///
/// @param columns by name; empty for those that the table makes itself
record KeyRequest(boolean isWanted, List<String> columns) {
  static final KeyRequest NONE = new KeyRequest(false, List.of());

  private static final List<String> CHANGES = List.of("INSERT", "UPDATE", "DELETE", "MERGE");

  static KeyRequest of(int keys) throws SQLException {
    return switch (keys) {
      case Statement.NO_GENERATED_KEYS -> NONE;
      case Statement.RETURN_GENERATED_KEYS -> new KeyRequest(true, List.of());
      default -> throw SqlErrors.argument("found " + keys + ", expected RETURN_GENERATED_KEYS");
    };
  }

  static KeyRequest of(String[] columns) {
    return new KeyRequest(columns.length > 0, List.copyOf(Arrays.asList(columns)));
  }

  /// The statement with a RETURNING clause that gives the keys; null when it has none to give, or
  /// says itself what it returns.
  @Nullable String withReturning(String text, Catalog catalog) {
    if (!isWanted) {
      return null;
    }
    String verb = SqlText.firstWord(text);
    boolean isChange = CHANGES.contains(verb) || verb.equals("WITH");
    if (!isChange || SqlText.mentions(text, "RETURNING")) {
      return null;
    }
    String list;
    if (columns.isEmpty()) {
      Optional<TableDef> table = SqlText.insertTarget(text, catalog);
      if (table.isEmpty()) {
        return null;
      }
      list = keys(table.get());
    } else {
      list = columns.stream().map(KeyRequest::quoted).collect(Collectors.joining(", "));
    }
    // On a line of its own, because the text may end in a comment.
    return SqlText.withoutLastSemicolon(text) + "\nRETURNING " + list;
  }

  /// The key and what is generated, in the order of the table; everything where there is neither.
  private static String keys(TableDef table) {
    String list =
        table.columns().stream()
            .filter(column -> isKey(table, column))
            .map(column -> quoted(column.name()))
            .collect(Collectors.joining(", "));
    return list.isEmpty() ? "*" : list;
  }

  private static boolean isKey(TableDef table, ColumnDef column) {
    return table.primaryKey().contains(column.id())
        || column.value() instanceof ColumnValue.Identity
        || column.value() instanceof ColumnValue.Generated;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
