package io.sabot.parser.sparql;

import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.update.UpdateFactory;
import org.apache.jena.update.UpdateRequest;

/// The SPARQL 1.1 and 1.2 front-end: queries and updates.
public final class SparqlFrontEnd {
  private static final Pattern PREFIXED =
      Pattern.compile("(?is)\\A\\s*(EXPLAIN|PROFILE)\\s+(.*)\\z");

  private SparqlFrontEnd() {}

  public static Statement bind(
      String text, Catalog catalog, ColumnAllocator columns, Map<String, Value> parameters) {
    return bind(text, catalog, columns, parameters, EmbeddedLanguages.NONE);
  }

  /// @param parameters variables with a fixed value; null for one known only at run time
  /// @param languages binds `SERVICE sabot:sql` and its like
  public static Statement bind(
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      EmbeddedLanguages languages) {
    Matcher prefixed = PREFIXED.matcher(text);
    if (prefixed.matches()) {
      Mode mode = Mode.valueOf(prefixed.group(1).toUpperCase(Locale.ROOT));
      String query = " ".repeat(prefixed.start(2)) + prefixed.group(2);
      Statement inner = bind(query, catalog, columns, parameters, languages);
      return inner instanceof Statement.Query(var plan, _, var form, var iris, _)
          ? new Statement.Query(plan, mode, form, iris)
          : inner;
    }
    LongLiterals.check(text);
    Context context =
        new Context(
            new Context.Binding(columns, catalog, languages),
            parameters,
            Map.of(),
            defaultScope(catalog),
            new GraphScope.Named(),
            new ActiveGraph.Default(),
            new EmptyPaths(EmptyPaths.Mode.ALL));
    try {
      return RequestKind.isUpdate(text)
          ? update(text, catalog, context)
          : query(text, catalog, context);
    } catch (QueryParseException malformed) {
      if (malformed.getCause() instanceof StackOverflowError tooDeep) {
        throw tooDeep;
      }
      throw SparqlErrors.syntax(malformed, text);
    } catch (org.apache.jena.shared.JenaException other) {
      throw Errors.syntax(null, firstLine(String.valueOf(other.getMessage())));
    }
  }

  private static GraphScope defaultScope(Catalog catalog) {
    return catalog
        .inferredGraph()
        .<GraphScope>map(iri -> new GraphScope.Merge(List.of(Value.NULL, new Value.Iri(iri))))
        .orElse(new GraphScope.Default());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private static Statement query(String text, Catalog catalog, Context context) {
    Query query = new Query();
    query.setPrefix("sabot", LocalService.NAMESPACE);
    catalog.prefixes().forEach(query::setPrefix);
    UserFunctions.announce(catalog);
    DeepStack.run(
        text, () -> QueryFactory.parse(query, text, catalog.baseIri(), Syntax.syntaxSPARQL_12));
    Context scoped = scopes(query, context);
    Solutions solutions = new OpLowering(scoped).lower(Algebra.compile(query));
    if (query.isSelectType()) {
      return select(query, solutions);
    }
    if (query.isAskType()) {
      return ask(solutions, scoped);
    }
    if (query.isConstructType()) {
      return new ConstructLowering(scoped).construct(query, solutions);
    }
    if (query.isDescribeType()) {
      return new ConstructLowering(scoped).describe(query, solutions);
    }
    throw Errors.unsupported(null, "this form of SPARQL query");
  }

  private static Context scopes(Query query, Context context) {
    if (!query.hasDatasetDescription()) {
      return context;
    }
    List<Value> merged = new ArrayList<>();
    query.getGraphURIs().forEach(iri -> merged.add(new Value.Iri(iri)));
    List<Value> named = new ArrayList<>();
    query.getNamedGraphURIs().forEach(iri -> named.add(new Value.Iri(iri)));
    return context.withScopes(new GraphScope.Merge(merged), new GraphScope.NamedOnly(named));
  }

  private static Statement select(Query query, Solutions solutions) {
    List<LogicalNode.OutputColumn> outputs = new ArrayList<>();
    for (Var variable : query.getProjectVars()) {
      Column column = solutions.variables().get(variable.getName());
      if (column == null) {
        throw new IllegalStateException("no column for " + variable);
      }
      outputs.add(new LogicalNode.OutputColumn(column, variable.getName()));
    }
    return new Statement.Query(
        new LogicalNode.Output(solutions.plan(), outputs), Mode.RUN, ResultForm.ROWS, true);
  }

  private static Statement ask(Solutions solutions, Context context) {
    Column count = context.columns().column("count", Type.INT64, false);
    Column answer = context.columns().column("ask", Type.BOOL, false);
    LogicalNode one = new LogicalNode.Limit(solutions.plan(), null, Expr.lit(Value.of(1L)), false);
    LogicalNode counted =
        new LogicalNode.Aggregate(
            one,
            List.of(),
            List.of(),
            List.of(
                new AggregateCall(
                    count, Aggregates.COUNT_ROWS, List.of(), false, EqMode.TERM, null, List.of())),
            EqMode.TERM);
    Expr any =
        ComparisonFunctions.compare(
            ComparisonFunctions.Op.GT,
            ComparisonFunctions.Rules.SPARQL,
            count.ref(),
            Expr.lit(Value.of(0L)));
    LogicalNode plan = new LogicalNode.Project(counted, List.of(new Assignment(answer, any)));
    return new Statement.Query(
        new LogicalNode.Output(plan, List.of(new LogicalNode.OutputColumn(answer, "ask"))),
        Mode.RUN,
        ResultForm.BOOLEAN,
        true);
  }

  private static Statement update(String text, Catalog catalog, Context context) {
    UpdateRequest request = new UpdateRequest();
    request.setPrefix("sabot", LocalService.NAMESPACE);
    catalog.prefixes().forEach(request::setPrefix);
    UserFunctions.announce(catalog);
    DeepStack.run(
        text, () -> UpdateFactory.parse(request, text, catalog.baseIri(), Syntax.syntaxSPARQL_12));
    UpdateLowering updates = new UpdateLowering(context);
    List<LogicalNode> parts = new ArrayList<>();
    request.getOperations().forEach(operation -> parts.add(updates.lower(operation)));
    MappedUpdates mapped = new MappedUpdates(catalog, text, request.getPrefixMapping());
    parts.forEach(mapped::check);
    LogicalNode plan = new LogicalNode.Output(new LogicalNode.Sequence(parts), List.of());
    return new Statement.Query(plan, Mode.RUN, ResultForm.NONE);
  }
}
