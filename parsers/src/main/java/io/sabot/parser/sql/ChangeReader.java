package io.sabot.parser.sql;

import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Reads changes of rows. Calcite's grammar lacks much of them (ON CONFLICT, RETURNING, FROM of an
/// UPDATE, USING of a DELETE, conditions of a MERGE), so their clauses are found here, and Calcite
/// parses and checks what stands in them.
final class ChangeReader {
  final SqlBinder binder;
  final TokenReader in;
  final Fragments fragments;
  private final String text;

  /// The queries of a WITH clause before the statement.
  @Nullable SqlNodeList with;

  ChangeReader(GraphTables lifted, SqlBinder binder) {
    this.text = lifted.text();
    this.binder = binder;
    List<Token> tokens = Scanner.scan(text);
    this.in = new TokenReader(text, tokens);
    this.fragments = new Fragments(lifted.parameters(), tokens);
  }

  /// Whether a statement that starts with WITH changes rows.
  static boolean changesAfterWith(List<Token> tokens) {
    int depth = 0;
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth == 0 && tokens.get(i - 1).is(")") && isVerb(token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVerb(Token token) {
    return token.is("INSERT") || token.is("UPDATE") || token.is("DELETE") || token.is("MERGE");
  }

  Statement.Query statement() {
    LogicalNode.Output plan;
    try {
      plan = plan();
    } catch (QueryException known) {
      throw known;
    } catch (Exception | AssertionError failed) {
      throw CalciteErrors.translate(failed, binder, text);
    }
    Statement.ResultForm form =
        plan.input() instanceof LogicalNode.TableModify
            ? Statement.ResultForm.NONE
            : Statement.ResultForm.ROWS;
    return new Statement.Query(plan, Statement.Mode.RUN, form);
  }

  private LogicalNode.Output plan() throws SqlParseException {
    if (in.peek().is("WITH")) {
      with = fragments.withList(in.skipTo("INSERT", "UPDATE", "DELETE", "MERGE"));
    }
    return switch (in.peek().text().toUpperCase(Locale.ROOT)) {
      case "INSERT" -> new InsertBinder(this).bind();
      case "UPDATE" -> new UpdateBinder(this).update();
      case "DELETE" -> new UpdateBinder(this).delete();
      default -> new MergeBinder(this).bind();
    };
  }

  // ---- clauses

  /// The table that changes, and by which name the statement knows it.
  record Target(TableDef table, String alias, SqlParserPos position) {}

  /// `[ONLY] [schema.]table [[AS] alias]`; a word of `ends` is no alias without AS.
  Target target(String... ends) {
    SourceSpan place = in.span();
    String first = in.name();
    boolean isQualified = in.take(".");
    String name = isQualified ? in.name() : first;
    TableDef table = table(isQualified ? first : CatalogReader.DEFAULT_SCHEMA, name, place);
    String alias = name;
    boolean isAlias = in.take("AS");
    if (!isAlias && ends.length > 0 && in.peek().isName()) {
      isAlias = List.of(ends).stream().noneMatch(in.peek()::is);
    }
    if (isAlias) {
      alias = in.name();
    }
    return new Target(table, alias, position(place));
  }

  private TableDef table(String schema, String name, SourceSpan place) {
    boolean isView =
        binder.catalog.views().stream()
            .anyMatch(v -> v.schema().equalsIgnoreCase(schema) && v.name().equalsIgnoreCase(name));
    if (isView) {
      throw Errors.unsupported(place, "a change of the rows of a view");
    }
    boolean isNative = NativeTables.of(schema, binder).containsKey(name);
    if (isNative && binder.catalog.table(schema, name).isEmpty()) {
      throw Errors.semantic(
          place,
          "NativeTable",
          "'" + schema + "." + name + "' shows the graph and is not changed by SQL",
          schema.equalsIgnoreCase(NativeTables.RDF)
              ? "change it by SPARQL, as INSERT DATA"
              : "change it by Cypher, as CREATE or SET");
    }
    TableDef table =
        binder
            .catalog
            .table(schema, name)
            .orElseThrow(() ->
                Errors.unknownTable(
                    place, name, binder.catalog.tables().stream().map(TableDef::name).toList()));
    MaterializedViewParser.checkNone(table, binder, place);
    return table;
  }

  static SqlParserPos position(SourceSpan place) {
    return new SqlParserPos(
        place.line(), place.column(), place.endLine(), Math.max(place.column(), place.endColumn()));
  }

  /// A column and its new value.
  ///
  /// @param value null for DEFAULT
  /// @param place of the column
  record NewValue(ColumnDef column, @Nullable SqlNode value, SourceSpan place) {}

  /// `column = value, (column, ...) = (value, ...), ...` up to a word of `ends`.
  List<NewValue> newValues(Target target, String... ends) throws SqlParseException {
    List<NewValue> values = new ArrayList<>();
    do {
      SourceSpan place = in.span();
      List<ColumnDef> columns = in.take("(") ? columns(target.table()) : List.of(single(target));
      for (ColumnDef column : columns) {
        if (values.stream().anyMatch(v -> v.column().id() == column.id())) {
          throw new QueryException(
              ErrorCode.DUPLICATE_NAME, place, "column '" + column.name() + "' is set twice", "");
        }
      }
      in.expect("=");
      if (columns.size() > 1) {
        values.addAll(row(columns, place));
      } else {
        values.add(new NewValue(columns.getFirst(), value(ends), place));
      }
    } while (in.take(","));
    return values;
  }

  private ColumnDef single(Target target) {
    if (in.peekSecond().is(".") && in.peek().text().equalsIgnoreCase(target.alias())) {
      in.next();
      in.next();
    }
    return in.column(target.table());
  }

  private List<ColumnDef> columns(TableDef table) {
    List<ColumnDef> columns = new ArrayList<>();
    do {
      columns.add(in.column(table));
    } while (in.take(","));
    in.expect(")");
    return columns;
  }

  /// `[ROW] (value, ...)`, one for each column.
  private List<NewValue> row(List<ColumnDef> columns, SourceSpan place) throws SqlParseException {
    in.take("ROW");
    if (in.peek().is("(") && in.peekSecond().is("SELECT")) {
      throw Errors.unsupported(place, "a query as the value of several columns");
    }
    List<@Nullable SqlNode> nodes = values();
    if (nodes.size() != columns.size()) {
      throw Errors.semantic(
          place,
          "ValueCount",
          "found " + nodes.size() + " values for " + columns.size() + " columns",
          "");
    }
    List<NewValue> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(new NewValue(columns.get(i), nodes.get(i), place));
    }
    return values;
  }

  /// `(value, ...)`, null for DEFAULT.
  List<@Nullable SqlNode> values() throws SqlParseException {
    in.expect("(");
    List<@Nullable SqlNode> values = new ArrayList<>();
    do {
      values.add(value(")"));
    } while (in.take(","));
    in.expect(")");
    return values;
  }

  /// An expression up to a comma or a word of `ends`; null for DEFAULT.
  private @Nullable SqlNode value(String... ends) throws SqlParseException {
    String[] all = java.util.Arrays.copyOf(ends, ends.length + 1);
    all[ends.length] = ",";
    boolean isDefault = in.peek().is("DEFAULT");
    Range range = in.skipTo(all);
    return isDefault ? null : fragments.expression(range);
  }

  /// The results of a RETURNING clause; null when there is none.
  @Nullable SqlNodeList returning() throws SqlParseException {
    Token word = in.peek();
    if (!in.take("RETURNING")) {
      in.end();
      return null;
    }
    SqlNodeList results = fragments.results(word, in.skipTo());
    in.end();
    return results;
  }

  // ---- rows

  /// Checks `SELECT items FROM from WHERE where`.
  RelRoot convert(
      List<SqlNode> items, SqlNode from, @Nullable SqlNode where, Map<String, Table> given) {
    SqlParserPos position = from.getParserPosition();
    SqlSelect select =
        new SqlSelect(
            position,
            null,
            new SqlNodeList(items, position),
            from,
            where,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    SqlNodeList queries = with;
    SqlNode query = queries == null ? select : new SqlWith(position, queries, select);
    return new CalcitePlanner(binder, fragments.parameters()).convert(query, given);
  }

  /// Names for results, of those that have none of their own.
  ResultNames names(SqlNodeList results) {
    return ResultNames.of(results, text);
  }
}
