package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Clause.InTransactions;
import io.sabot.parser.cypher.ast.Clause.OnError;
import io.sabot.parser.cypher.ast.Clause.Yield;
import io.sabot.parser.cypher.ast.Clause.YieldItem;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.ast.Projection;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.parser.cypher.ast.Query.UnionPart;
import io.sabot.parser.cypher.ast.ShowCommand;
import io.sabot.parser.cypher.grammar.CypherParser.CallClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.CallScopeContext;
import io.sabot.parser.cypher.grammar.CypherParser.InTransactionsContext;
import io.sabot.parser.cypher.grammar.CypherParser.LoadCsvClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.ShowClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.SubqueryClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.TransactionErrorContext;
import io.sabot.parser.cypher.grammar.CypherParser.TransactionOptionContext;
import io.sabot.parser.cypher.grammar.CypherParser.TransactionRowsContext;
import io.sabot.parser.cypher.grammar.CypherParser.TransactionStatusContext;
import io.sabot.parser.cypher.grammar.CypherParser.YieldClauseContext;
import io.sabot.parser.cypher.grammar.CypherParser.YieldItemContext;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads clauses that call something: procedures, subqueries, files, and SHOW.
final class CallReader {
  private CallReader() {}

  /// `CALL (a, b) { ... }` is short for a subquery whose parts start with `WITH a, b`.
  static Clause subquery(SubqueryClauseContext context) {
    var place = Places.of(context);
    Query query = ClauseReader.query(context.query());
    CallScopeContext scope = context.callScope();
    boolean optional = context.OPTIONAL() != null;
    if (scope == null || (scope.star == null && scope.variable().isEmpty())) {
      return new Clause.SubqueryCall(query, optional, transactions(context), place);
    }
    Clause imports = imports(scope);
    List<UnionPart> unions =
        query.unions().stream()
            .map(u -> new UnionPart(u.all(), after(imports, u.query()), u.place()))
            .toList();
    Query importing = new Query(after(imports, query.first()), unions, query.place());
    return new Clause.SubqueryCall(importing, optional, transactions(context), place);
  }

  /// A call of the procedure that reads such files, which yields their rows.
  static Clause loadCsv(LoadCsvClauseContext context) {
    var place = Places.of(context);
    Expression separator =
        context.separator == null
            ? new Expression.Literal(Value.of(","), place)
            : ExpressionReader.expression(context.separator);
    List<Expression> arguments =
        List.of(
            ExpressionReader.expression(context.source),
            new Expression.Literal(Value.of(context.HEADERS() != null), place),
            separator);
    Name row = PatternReader.boundVariable(context.variable());
    Yield rows = new Yield(false, List.of(new YieldItem("row", row)), null, place);
    return new Clause.Call(Clause.LOAD_CSV, arguments, rows, false, place);
  }

  private static SingleQuery after(Clause first, SingleQuery rest) {
    List<Clause> clauses = new ArrayList<>(List.of(first));
    clauses.addAll(rest.clauses());
    return new SingleQuery(clauses, rest.place());
  }

  private static Clause imports(CallScopeContext context) {
    var place = Places.of(context);
    List<Projection.Item> items = new ArrayList<>();
    for (var variable : context.variable()) {
      Name name = PatternReader.boundVariable(variable);
      Expression value = new Expression.Variable(name.text(), name.place());
      items.add(new Projection.Item(value, null, name.text(), name.place()));
    }
    Projection projection =
        new Projection(false, context.star != null, items, List.of(), null, null, place);
    return new Clause.With(projection, null, place);
  }

  static Clause call(CallClauseContext context) {
    List<Expression> arguments =
        context.arguments() == null
            ? null
            : ExpressionReader.expressions(context.arguments().expression());
    return new Clause.Call(
        ExpressionReader.qualifiedName(context.qualifiedName()),
        arguments,
        context.yieldClause() == null ? null : yielded(context.yieldClause()),
        context.OPTIONAL() != null,
        Places.of(context));
  }

  private static Yield yielded(YieldClauseContext context) {
    return new Yield(
        context.star != null,
        context.yieldItem().stream().map(CallReader::yieldItem).toList(),
        ClauseReader.where(context.where()),
        Places.of(context));
  }

  private static YieldItem yieldItem(YieldItemContext context) {
    Name variable = PatternReader.boundVariable(context.variable());
    String field = context.field == null ? variable.text() : Literals.name(context.field.getText());
    return new YieldItem(field, variable);
  }

  private static @Nullable InTransactions transactions(SubqueryClauseContext context) {
    InTransactionsContext written = context.inTransactions();
    if (written == null) {
      return null;
    }
    if (written.CONCURRENT() != null) {
      throw Errors.unsupported(Places.of(written).span(), "CONCURRENT TRANSACTIONS");
    }
    Expression rows = null;
    OnError onError = OnError.FAIL;
    Name status = null;
    for (TransactionOptionContext option : written.transactionOption()) {
      switch (option) {
        case TransactionRowsContext c -> rows = ExpressionReader.expression(c.rows);
        case TransactionErrorContext c -> onError = onError(c);
        case TransactionStatusContext c -> status = PatternReader.boundVariable(c.variable());
        default -> throw new IllegalStateException("unknown option " + option.getText());
      }
    }
    if (status != null && onError == OnError.FAIL) {
      throw CypherErrors.unexpectedSyntax(
          status.place(),
          "REPORT STATUS needs ON ERROR CONTINUE or ON ERROR BREAK",
          "a failing transaction ends the query otherwise");
    }
    return new InTransactions(rows, onError, status, Places.of(written));
  }

  private static OnError onError(TransactionErrorContext context) {
    String word = context.symbolicName().getText().toUpperCase(Locale.ROOT);
    return switch (word) {
      case "FAIL" -> OnError.FAIL;
      case "CONTINUE" -> OnError.CONTINUE;
      case "BREAK" -> OnError.BREAK;
      default ->
          throw CypherErrors.unexpectedSyntax(
              Places.of(context), "unknown action '" + word + "'", "use CONTINUE, BREAK or FAIL");
    };
  }

  /// `SHOW FUNCTIONS` and its like: a call of the procedure that knows.
  static Clause show(ShowClauseContext context) {
    Place place = Places.of(context);
    List<String> words =
        context.showItem().stream().map(w -> w.getText().toUpperCase(Locale.ROOT)).toList();
    ShowCommand command = ShowCommand.of(words);
    if (command == null) {
      throw CypherErrors.unexpectedSyntax(
          place,
          "cannot show '" + String.join(" ", words) + "'",
          "use SHOW INDEXES, CONSTRAINTS, FUNCTIONS, PROCEDURES or DATABASES");
    }
    Expression where = ClauseReader.where(context.where());
    Yield yield = context.yieldClause() == null ? null : yielded(context.yieldClause());
    if (yield == null && where != null || yield != null && yield.star()) {
      List<YieldItem> all =
          command.fields().stream().map(f -> new YieldItem(f, new Name(f, place))).toList();
      yield = new Yield(false, all, where, place);
    }
    return new Clause.Call(command.procedure(), List.of(), yield, false, place);
  }
}
