package io.sabot.parser.cypher.check;

import static io.sabot.parser.cypher.check.StaticType.ANY;
import static io.sabot.parser.cypher.check.StaticType.BOOLEAN;
import static io.sabot.parser.cypher.check.StaticType.FLOAT;
import static io.sabot.parser.cypher.check.StaticType.INTEGER;
import static io.sabot.parser.cypher.check.StaticType.LIST;
import static io.sabot.parser.cypher.check.StaticType.MAP;
import static io.sabot.parser.cypher.check.StaticType.NODE;
import static io.sabot.parser.cypher.check.StaticType.NULL;
import static io.sabot.parser.cypher.check.StaticType.PATH;
import static io.sabot.parser.cypher.check.StaticType.RELATIONSHIP;
import static io.sabot.parser.cypher.check.StaticType.STRING;
import static io.sabot.parser.cypher.check.StaticType.TEMPORAL;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.MapItem;
import io.sabot.parser.cypher.ast.Expression.Operator;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.check.FunctionTable.Entry;
import io.sabot.plan.error.Errors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks one expression in a scope and finds what is known of its type.
final class ExpressionCheck {
  /// Whether aggregations may be used, and if not, where we are.
  private enum Aggregation {
    ALLOWED,
    NESTED,
    NOT_HERE
  }

  static final String ORDER_BY = "ORDER BY unless it is projected";

  private final QueryCheck queries;
  private final Scope scope;
  private final Map<Expression, StaticType> known;
  private final Aggregation aggregation;
  private final String where;

  /// @param known expressions that already have a value, whatever they read
  private ExpressionCheck(
      QueryCheck queries,
      Scope scope,
      Map<Expression, StaticType> known,
      Aggregation aggregation,
      String where) {
    this.queries = queries;
    this.scope = scope;
    this.known = known;
    this.aggregation = aggregation;
    this.where = where;
  }

  /// For a place where aggregations make sense: the items of a projection.
  static StaticType projected(QueryCheck queries, Scope scope, Expression expression) {
    return new ExpressionCheck(queries, scope, Map.of(), Aggregation.ALLOWED, "")
        .type(expression, false);
  }

  /// For all other places; `where` names the place in the message.
  static StaticType plain(QueryCheck queries, Scope scope, Expression expression, String where) {
    return new ExpressionCheck(queries, scope, Map.of(), Aggregation.NOT_HERE, where)
        .type(expression, false);
  }

  /// For a sort key after DISTINCT or an aggregation, where only what was projected is left.
  static void sorted(
      QueryCheck queries, Scope scope, Map<Expression, StaticType> projected, Expression key) {
    new ExpressionCheck(queries, scope, projected, Aggregation.ALLOWED, "").type(key, false);
    new ExpressionCheck(queries, scope, projected, Aggregation.NOT_HERE, ORDER_BY).type(key, false);
  }

  /// For the WHERE of a WITH.
  static void filtered(
      QueryCheck queries, Scope scope, Map<Expression, StaticType> projected, Expression where) {
    new ExpressionCheck(queries, scope, projected, Aggregation.NOT_HERE, "WHERE").condition(where);
  }

  /// For a WHERE: patterns are truth values, and the result must be one.
  static void predicate(QueryCheck queries, Scope scope, Expression expression) {
    new ExpressionCheck(queries, scope, Map.of(), Aggregation.NOT_HERE, "WHERE")
        .condition(expression);
  }

  private ExpressionCheck within(Scope inner, Aggregation newAggregation, String newWhere) {
    return new ExpressionCheck(queries, inner, known, newAggregation, newWhere);
  }

  private void condition(Expression expression) {
    expect(expression, type(expression, true), BOOLEAN, "as a condition");
  }

  private StaticType type(Expression expression) {
    return type(expression, false);
  }

  /// @param predicate whether a pattern here is a truth value
  private StaticType type(Expression expression, boolean predicate) {
    StaticType given = known.get(expression);
    if (given != null) {
      return given;
    }
    return switch (expression) {
      case Expression.Literal(var value, _) -> StaticType.of(value);
      case Expression.Parameter _ -> ANY;
      case Expression.Variable(var name, var place) -> scope.type(new Name(name, place));
      case Expression.Property e -> property(e);
      case Expression.Index e -> index(e);
      case Expression.Slice e -> slice(e);
      case Expression.HasLabels e -> {
        expect(e, type(e.subject()), List.of(NODE, RELATIONSHIP), "before ':'");
        yield BOOLEAN;
      }
      case Expression.Not e -> {
        expect(e, type(e.operand(), predicate), BOOLEAN, "after NOT");
        yield BOOLEAN;
      }
      case Expression.Sign e -> {
        StaticType operand = type(e.operand());
        expect(e, operand, List.of(INTEGER, FLOAT, TEMPORAL), "after a sign");
        yield operand;
      }
      case Expression.IsNull e -> {
        type(e.operand(), predicate);
        yield BOOLEAN;
      }
      case Expression.Binary e -> binary(e, predicate);
      case Expression.ListLiteral e -> listLiteral(e);
      case Expression.MapLiteral e -> {
        e.entries().forEach(entry -> type(entry.value()));
        yield MAP;
      }
      case Expression.Call e -> call(e);
      case Expression.CountAll e -> {
        allowAggregation(e);
        yield INTEGER;
      }
      case Expression.Case e -> caseOf(e, predicate);
      case Expression.ListComprehension e -> listComprehension(e);
      case Expression.Quantifier e -> quantifier(e);
      case Expression.Reduce e -> reduce(e);
      case Expression.PatternComprehension e -> patternComprehension(e);
      case Expression.PatternPredicate e -> patternPredicate(e, predicate);
      case Expression.ShortestPath e -> {
        PatternCheck.used(queries, scope, e.pattern());
        yield e.pattern().selector() == PatternPart.Selector.SHORTEST
            ? PATH
            : new StaticType.ListOf(PATH);
      }
      case Expression.Exists e -> {
        queries.subquery(e.query(), scope);
        yield BOOLEAN;
      }
      case Expression.CountRows e -> {
        queries.subquery(e.query(), scope);
        yield INTEGER;
      }
      case Expression.CollectRows e -> {
        queries.subqueryOfOneColumn(e.query(), scope, e.place());
        yield LIST;
      }
      case Expression.MapProjection e -> mapProjection(e);
      case Expression.Foreign _ -> ANY;
    };
  }

  private StaticType property(Expression.Property e) {
    List<StaticType> owners = List.of(NODE, RELATIONSHIP, MAP, TEMPORAL);
    StaticType found = type(e.subject());
    if (found == StaticType.PATH) {
      expect(e, found, owners, "before '." + e.key() + "'");
    }
    if (owners.stream().noneMatch(found::mayBe)) {
      throw CypherErrors.propertyOwner(e.place(), found.word(), words(owners), e.key());
    }
    return ANY;
  }

  private StaticType index(Expression.Index e) {
    StaticType subject = type(e.subject());
    type(e.index());
    return subject instanceof StaticType.ListOf(var element) ? element : ANY;
  }

  private StaticType slice(Expression.Slice e) {
    StaticType subject = type(e.subject());
    for (Expression bound : new Expression[] {e.from(), e.to()}) {
      if (bound != null) {
        expect(bound, type(bound), INTEGER, "as the bound of a slice");
      }
    }
    return subject.mayBe(LIST) ? subject : LIST;
  }

  private StaticType listLiteral(Expression.ListLiteral e) {
    StaticType element = e.items().isEmpty() ? ANY : NULL;
    for (Expression item : e.items()) {
      element = StaticType.union(element, type(item));
    }
    return new StaticType.ListOf(element);
  }

  private StaticType binary(Expression.Binary e, boolean predicate) {
    Operator operator = e.operator();
    boolean logical = operator.isBoolean();
    StaticType left = type(e.left(), predicate && logical);
    StaticType right = type(e.right(), predicate && logical);
    String place = "beside " + operator.symbol();
    switch (operator) {
      case OR, XOR, AND -> {
        expect(e.left(), left, BOOLEAN, place);
        expect(e.right(), right, BOOLEAN, place);
      }
      case IN -> expect(e.right(), right, LIST, "after IN");
      case MATCHES -> expect(e.right(), right, STRING, "after =~");
      case SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> {
        expect(e.left(), left, List.of(INTEGER, FLOAT, TEMPORAL), place);
        expect(e.right(), right, List.of(INTEGER, FLOAT, TEMPORAL), place);
      }
      case ADD, EQ, NE, LT, GT, LE, GE, STARTS_WITH, ENDS_WITH, CONTAINS -> {
        // Any operands; those that do not fit give null or fail when the query runs.
      }
    }
    return resultOf(operator, left, right);
  }

  private static StaticType resultOf(Operator operator, StaticType left, StaticType right) {
    return switch (operator) {
      case OR, XOR, AND, EQ, NE, LT, GT, LE, GE, IN, STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES ->
          BOOLEAN;
      case POWER -> FLOAT;
      case ADD -> {
        if (left instanceof StaticType.ListOf || right instanceof StaticType.ListOf) {
          yield LIST;
        }
        yield left == STRING && right == STRING ? STRING : arithmetic(left, right);
      }
      case SUBTRACT, MULTIPLY, DIVIDE, MODULO -> arithmetic(left, right);
    };
  }

  private static StaticType arithmetic(StaticType left, StaticType right) {
    if (left == INTEGER && right == INTEGER) {
      return INTEGER;
    }
    return left.isNumber() && right.isNumber() ? FLOAT : ANY;
  }

  private StaticType call(Expression.Call e) {
    Entry entry = FunctionTable.find(e.function());
    if (entry == null) {
      throw Errors.unknownFunction(e.place().span(), e.function(), FunctionTable.names());
    }
    List<Expression> arguments = e.arguments();
    if (arguments.size() < entry.minArgs() || arguments.size() > entry.maxArgs()) {
      throw CypherErrors.argumentCount(e.place(), e.function(), counts(entry), arguments.size());
    }
    if (entry.aggregate()) {
      return aggregate(e, entry);
    }
    if (entry.name().equals("exists")) {
      type(arguments.getFirst(), true);
      return BOOLEAN;
    }
    StaticType first = ANY;
    for (int i = 0; i < arguments.size(); i++) {
      StaticType type = type(arguments.get(i));
      if (i == 0) {
        first = type;
      }
    }
    if (!arguments.isEmpty() && !entry.accepts().isEmpty()) {
      expect(arguments.getFirst(), first, entry.accepts(), "in " + e.function() + "()");
    }
    return resultOf(entry, first);
  }

  private static StaticType resultOf(Entry entry, StaticType argument) {
    return switch (entry.name()) {
      case "reverse", "tail" -> argument.mayBe(LIST) || argument == STRING ? argument : ANY;
      case "head", "last" -> argument instanceof StaticType.ListOf(var element) ? element : ANY;
      case "abs" -> argument.isNumber() ? argument : ANY;
      case "sign" -> INTEGER;
      case "coalesce" -> ANY;
      default -> entry.result();
    };
  }

  private static String counts(Entry entry) {
    if (entry.maxArgs() == Integer.MAX_VALUE) {
      return "at least " + plural(entry.minArgs());
    }
    return entry.minArgs() == entry.maxArgs()
        ? plural(entry.minArgs())
        : entry.minArgs() + " to " + plural(entry.maxArgs());
  }

  private static String plural(int count) {
    return count == 1 ? "1 argument" : count + " arguments";
  }

  private StaticType aggregate(Expression.Call e, Entry entry) {
    allowAggregation(e);
    ExpressionCheck inside = within(scope, Aggregation.NESTED, "");
    StaticType first = ANY;
    for (int i = 0; i < e.arguments().size(); i++) {
      Expression argument = e.arguments().get(i);
      StaticType type = inside.type(argument);
      if (i == 0) {
        first = type;
      }
      if (Expressions.contains(argument, ExpressionCheck::isVolatile)) {
        throw CypherErrors.notConstant(argument.place(), "the argument of " + e.function() + "()");
      }
    }
    return switch (entry.name()) {
      case "collect" -> new StaticType.ListOf(first);
      case "min", "max" -> first;
      case "sum" -> first.isNumber() ? first : ANY;
      default -> entry.result();
    };
  }

  private static boolean isVolatile(Expression expression) {
    if (!(expression instanceof Expression.Call call)) {
      return false;
    }
    Entry entry = FunctionTable.find(call.function());
    return entry != null && entry.isVolatile();
  }

  private void allowAggregation(Expression e) {
    switch (aggregation) {
      case ALLOWED -> {
        // Nothing to complain about.
      }
      case NESTED -> throw CypherErrors.nestedAggregation(e.place());
      case NOT_HERE -> throw CypherErrors.aggregationHere(e.place(), where);
    }
  }

  private StaticType caseOf(Expression.Case e, boolean predicate) {
    if (e.subject() != null) {
      type(e.subject());
    }
    StaticType result = NULL;
    for (Expression.When when : e.whens()) {
      StaticType condition = type(when.condition(), e.subject() == null);
      if (e.subject() == null) {
        expect(when.condition(), condition, BOOLEAN, "after WHEN");
      }
      result = StaticType.union(result, type(when.result(), predicate));
    }
    if (e.otherwise() != null) {
      result = StaticType.union(result, type(e.otherwise(), predicate));
    }
    return result;
  }

  private Scope withElement(Name element, StaticType list) {
    Scope inner = scope.inner();
    inner.bind(element.text(), list instanceof StaticType.ListOf(var type) ? type : ANY);
    return inner;
  }

  private StaticType list(Expression list, String place) {
    StaticType type = type(list);
    expect(list, type, LIST, place);
    return type;
  }

  private ExpressionCheck perElement(Name element, StaticType list, String place) {
    return within(withElement(element, list), Aggregation.NOT_HERE, place);
  }

  private StaticType listComprehension(Expression.ListComprehension e) {
    StaticType list = list(e.list(), "after IN");
    ExpressionCheck inner = perElement(e.element(), list, "a list comprehension");
    if (e.where() != null) {
      inner.condition(e.where());
    }
    return e.result() == null
        ? list.mayBe(LIST) && list != NULL && list != ANY ? list : LIST
        : new StaticType.ListOf(inner.type(e.result()));
  }

  private StaticType quantifier(Expression.Quantifier e) {
    StaticType list = list(e.list(), "after IN");
    if (e.where() != null) {
      perElement(e.element(), list, "a quantifier").condition(e.where());
    }
    return BOOLEAN;
  }

  private StaticType reduce(Expression.Reduce e) {
    type(e.initial());
    StaticType list = list(e.list(), "after IN");
    Scope inner = withElement(e.element(), list);
    inner.bind(e.accumulator().text(), ANY);
    within(inner, Aggregation.NOT_HERE, "reduce").type(e.step());
    return ANY;
  }

  private StaticType patternComprehension(Expression.PatternComprehension e) {
    Scope inner = scope.inner();
    PatternCheck.match(queries, inner, List.of(e.pattern()), "a pattern comprehension");
    ExpressionCheck check = within(inner, Aggregation.NOT_HERE, "a pattern comprehension");
    if (e.where() != null) {
      check.condition(e.where());
    }
    return new StaticType.ListOf(check.type(e.result()));
  }

  private StaticType patternPredicate(Expression.PatternPredicate e, boolean predicate) {
    if (!predicate) {
      throw CypherErrors.unexpectedSyntax(
          e.place(),
          "a pattern is a condition, not a value",
          "use it in WHERE or exists(), or write [(a)-->(b) | b] for a list of matches");
    }
    PatternCheck.used(queries, scope, e.pattern());
    return BOOLEAN;
  }

  private StaticType mapProjection(Expression.MapProjection e) {
    expect(e.subject(), type(e.subject()), List.of(NODE, RELATIONSHIP, MAP), "before '{'");
    for (MapItem item : e.items()) {
      if (item instanceof MapItem.Entry(_, Expression value)) {
        type(value);
      }
    }
    return MAP;
  }

  private void expect(Expression at, StaticType found, StaticType expected, String place) {
    expect(at, found, List.of(expected), place);
  }

  private static void expect(
      Expression at, StaticType found, List<StaticType> expected, String place) {
    if (expected.stream().noneMatch(found::mayBe)) {
      throw CypherErrors.argumentType(at.place(), found.word(), words(expected), place);
    }
  }

  private static String words(List<StaticType> types) {
    List<String> words = types.stream().map(StaticType::word).distinct().toList();
    return words.size() == 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  /// The variables that an expression reads from outside, for messages and grouping.
  static boolean readsVariable(Expression expression, Set<String> except) {
    return Expressions.contains(
        expression,
        part -> part instanceof Expression.Variable(var name, _) && !except.contains(name));
  }

  static void checkProperties(
      QueryCheck queries, Scope scope, @Nullable Expression properties, String clause) {
    if (properties != null) {
      plain(queries, scope, properties, clause);
    }
  }
}
