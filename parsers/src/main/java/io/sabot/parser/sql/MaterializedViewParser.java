package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.MaterializedViewDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// CREATE, REFRESH and DROP of materialized views.
final class MaterializedViewParser {
  private final TokenReader in;
  private final DdlParser names;
  private final SqlBinder binder;

  MaterializedViewParser(TokenReader in, DdlParser names, SqlBinder binder) {
    this.in = in;
    this.names = names;
    this.binder = binder;
  }

  /// `[IF NOT EXISTS] name [(columns)] [LANGUAGE l] AS query [WITH [NO] DATA]`.
  Statement create(boolean orReplace) {
    boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
    SourceSpan place = in.span();
    DdlParser.Name name = names.qualified();
    boolean exists = binder.catalog.table(name.schema(), name.name()).isPresent();
    if (ifNotExists && exists) {
      in.rest();
      return new Statement.Script(List.of());
    }
    List<String> columns = in.peek().is("(") ? in.names() : List.of();
    String language = in.take("LANGUAGE") ? in.name().toLowerCase(Locale.ROOT) : "sql";
    in.expect("AS");
    String text = in.rest();
    List<Token> tokens = Scanner.scan(text);
    Token data = withData(tokens);
    boolean isPopulated = data == null || !tokens.get(tokens.size() - 3).is("NO");
    String query = data == null ? text : text.substring(0, data.start());
    LogicalNode.Output plan = binder.plan(language, query, Map.of());
    if (!columns.isEmpty()) {
      query = renamed(query, language, columns, plan, place);
      plan = binder.plan(query);
    }
    return new Statement.CreateMaterializedView(
        table(name, plan, place), language, query.strip(), plan, isPopulated, orReplace);
  }

  /// The query with other names for its first columns.
  private static String renamed(
      String query,
      String language,
      List<String> columns,
      LogicalNode.Output plan,
      SourceSpan place) {
    if (!language.equals("sql")) {
      throw Errors.unsupported(place, "a column list for a view in " + language);
    }
    if (columns.size() > plan.columns().size()) {
      throw Errors.semantic(
          place,
          "ColumnCount",
          "the query gives "
              + plan.columns().size()
              + " columns and "
              + columns.size()
              + " are"
              + " named",
          "");
    }
    List<String> all = new ArrayList<>(columns);
    plan.columns().stream().skip(columns.size()).forEach(column -> all.add(column.name()));
    return "SELECT * FROM ("
        + query
        + "\n) AS v("
        + all.stream()
            .map(column -> '"' + column.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(", "))
        + ")";
  }

  /// The WITH of `WITH DATA` or `WITH NO DATA` at the end; null where there is none.
  private static @Nullable Token withData(List<Token> tokens) {
    int end = tokens.size() - 1;
    while (end > 0 && tokens.get(end - 1).is(";")) {
      end--;
    }
    if (end < 2 || !tokens.get(end - 1).is("DATA")) {
      return null;
    }
    int with = tokens.get(end - 2).is("NO") ? end - 3 : end - 2;
    return with >= 0 && tokens.get(with).is("WITH") ? tokens.get(with) : null;
  }

  private static TableDef table(DdlParser.Name name, LogicalNode.Output plan, SourceSpan place) {
    List<OutputColumn> outputs = plan.columns();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<ColumnDef> columns = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Type type = outputs.get(i).column().type();
      String column = outputs.get(i).name();
      if (!seen.add(column)) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME,
            place,
            "the query gives two columns '" + column + "'",
            "name them with AS, or after the name of the view");
      }
      columns.add(new ColumnDef(i + 1, column, type, true));
    }
    return new TableDef(0, name.schema(), name.name(), columns, List.of(), List.of(), List.of());
  }

  /// `REFRESH MATERIALIZED VIEW [CONCURRENTLY] name [WITH [NO] DATA]`: readers never wait.
  Statement refresh() {
    in.expect("REFRESH", "MATERIALIZED", "VIEW");
    in.take("CONCURRENTLY");
    SourceSpan place = in.span();
    TableDef table = view(names.qualified(), place);
    MaterializedViewDef view = binder.catalog.materializedView(table.id()).orElseThrow();
    boolean isPopulated = true;
    if (in.take("WITH")) {
      isPopulated = !in.take("NO");
      in.expect("DATA");
    }
    in.end();
    List<LogicalNode> parts = new ArrayList<>();
    Column count = binder.columns.column("count", Type.INT64, false);
    parts.add(names.truncated(table, count));
    if (isPopulated) {
      count = binder.columns.column("count", Type.INT64, false);
      parts.add(filled(view, table, count, place));
    }
    return new Statement.RefreshMaterializedView(
        view,
        new LogicalNode.Output(
            new LogicalNode.Sequence(parts), List.of(new OutputColumn(count, "count"))),
        isPopulated);
  }

  /// The insert of the rows that the query has now.
  private LogicalNode filled(
      MaterializedViewDef view, TableDef table, Column count, SourceSpan place) {
    LogicalNode.Output plan = binder.plan(view.language(), view.query(), Map.of());
    Map<Integer, Column> values = new TreeMap<>();
    for (int c = 0; c < table.columns().size(); c++) {
      ColumnDef kept = table.columns().get(c);
      boolean isThere =
          c < plan.columns().size() && plan.columns().get(c).name().equals(kept.name());
      Type now = isThere ? plan.columns().get(c).column().type() : null;
      if (!kept.type().equals(now)) {
        throw Errors.semantic(
            place,
            "ChangedView",
            now == null
                ? "the query gives no column '" + kept.name() + "' any more"
                : "column '"
                    + kept.name()
                    + "' was "
                    + kept.type()
                    + " and is now "
                    + now
                    + " in the query",
            "what it reads has changed: CREATE OR REPLACE MATERIALIZED VIEW " + table.name());
      }
      values.put(kept.id(), plan.columns().get(c).column());
    }
    return new LogicalNode.TableModify(
        TableVerb.INSERT, table.id(), table.name(), plan.input(), null, values, count);
  }

  /// `[IF EXISTS] name`.
  Statement drop() {
    boolean ifExists = in.take("IF", "EXISTS");
    SourceSpan place = in.span();
    DdlParser.Name name = names.qualified();
    if (!ifExists || binder.catalog.table(name.schema(), name.name()).isPresent()) {
      view(name, place);
    }
    in.take("RESTRICT");
    return new Statement.DropMaterializedView(name.schema(), name.name(), ifExists);
  }

  private TableDef view(DdlParser.Name name, SourceSpan place) {
    TableDef table = binder.catalog.table(name.schema(), name.name()).orElse(null);
    if (table != null && binder.catalog.materializedView(table.id()).isPresent()) {
      return table;
    }
    if (table != null || binder.catalog.view(name.schema() + "." + name.name()).isPresent()) {
      throw Errors.semantic(
          place,
          "NotMaterialized",
          "'" + name.name() + "' is a " + (table != null ? "table" : "view without rows"),
          "");
    }
    throw new QueryException(
        ErrorCode.UNKNOWN_TABLE,
        place,
        "materialized view '" + name.name() + "' does not exist",
        Errors.didYouMean(
            name.name(),
            binder.catalog.materializedViews().stream()
                .flatMap(v -> binder.catalog.table(v.tableId()).stream())
                .map(TableDef::name)
                .toList()));
  }

  /// Refuses to change a table that keeps the rows of a view.
  static void checkNone(TableDef table, SqlBinder binder, SourceSpan place) {
    if (binder.catalog.materializedView(table.id()).isPresent()) {
      throw Errors.semantic(
          place,
          "MaterializedView",
          "'" + table.name() + "' is a materialized view and is not changed itself",
          "change what it reads, then REFRESH MATERIALIZED VIEW " + table.name());
    }
  }
}
