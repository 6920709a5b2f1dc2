package io.sabot.parser.sql;

import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ChangedCatalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Binds the body of a SQL function: an expression over a table that has the parameters as columns.
final class FunctionBody {
  private static final String SCHEMA = "$function";
  private static final List<String> CLAUSES =
      List.of("FROM", "WHERE", "GROUP", "HAVING", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT");

  private FunctionBody() {}

  static UserFunction.Body bind(
      FunctionDef function, Catalog catalog, ColumnAllocator columns, EmbeddedLanguages languages) {
    TableDef arguments = arguments(function);
    SqlBinder binder =
        new SqlBinder(
            ChangedCatalog.with(arguments, catalog, List.of()), columns, Map.of(), languages);
    LogicalNode.Output plan =
        bound(
            function,
            binder,
            "SELECT ("
                + expression(function)
                + "\n) AS result FROM \""
                + SCHEMA
                + "\".\""
                + arguments.name()
                + '"');
    Column out = plan.columns().getFirst().column();
    return switch (plan.input()) {
      case LogicalNode.TableScan scan -> body(function, scan, out.ref(), columns);
      case LogicalNode.Project(LogicalNode.TableScan scan, var assignments) ->
          body(function, scan, expr(assignments, out), columns);
      default ->
          throw Errors.unsupported(
              null, "a query in the function '" + function.name() + "', which may only compute");
    };
  }

  /// Places in a body are not places in the statement that calls it.
  private static LogicalNode.Output bound(FunctionDef function, SqlBinder binder, String text) {
    try {
      return binder.plan(text);
    } catch (QueryException wrong) {
      throw new QueryException(
          wrong.code(),
          null,
          "in function '" + function.name() + "': " + wrong.message(),
          wrong.hint(),
          wrong.detail(),
          wrong);
    }
  }

  private static TableDef arguments(FunctionDef function) {
    List<ColumnDef> columns = new ArrayList<>();
    for (Field parameter : function.parameters()) {
      columns.add(new ColumnDef(columns.size() + 1, parameter.name(), parameter.type(), true));
    }
    if (columns.isEmpty()) {
      columns.add(new ColumnDef(1, "$none", io.sabot.plan.type.Type.BOOL, true));
    }
    return new TableDef(0, SCHEMA, "arguments", columns, List.of(), List.of(), List.of());
  }

  /// The body without the SELECT that it may begin with, `$1` being the first parameter.
  private static String expression(FunctionDef function) {
    StringBuilder text = new StringBuilder(function.text());
    List<Token> tokens = Scanner.scan(function.text());
    for (Token token : tokens.reversed()) {
      if (token.kind() == Token.Kind.PARAMETER) {
        text.replace(token.start(), token.end(), parameter(function, token.text()));
      }
    }
    int depth = 0;
    for (Token token : tokens) {
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth == 0 && token.kind() == Token.Kind.WORD && CLAUSES.stream().anyMatch(token::is)) {
        throw Errors.unsupported(
            null, "a query in the function '" + function.name() + "', which may only compute");
      }
    }
    Token first = tokens.getFirst();
    String whole = SqlFrontEnd.withoutLastSemicolon(text.toString());
    return first.is("SELECT") || first.is("RETURN") ? whole.substring(first.end()) : whole;
  }

  private static String parameter(FunctionDef function, String number) {
    int at = number.chars().allMatch(Character::isDigit) ? Integer.parseInt("0" + number) : 0;
    if (at < 1 || at > function.parameters().size()) {
      throw Errors.semantic(
          null,
          "UnknownParameter",
          "function '" + function.name() + "' has no parameter '$" + number + "'",
          "use the names of the parameters, or their numbers from $1 on");
    }
    return '"' + function.parameters().get(at - 1).name().replace("\"", "\"\"") + '"';
  }

  private static Expr expr(List<Assignment> assignments, Column out) {
    return assignments.stream()
        .filter(assignment -> assignment.column().equals(out))
        .map(Assignment::expr)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no result of a function"));
  }

  private static UserFunction.Body body(
      FunctionDef function, LogicalNode.TableScan scan, Expr result, ColumnAllocator columns) {
    List<Column> parameters = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      int id = i + 1;
      Field parameter = function.parameters().get(i);
      parameters.add(
          scan.reads().stream()
              .filter(read -> read.columnId() == id)
              .map(LogicalNode.ColumnRead::column)
              .findFirst()
              .orElseGet(() -> columns.column(parameter.name(), parameter.type(), true)));
    }
    return new UserFunction.Body(parameters, result);
  }
}
