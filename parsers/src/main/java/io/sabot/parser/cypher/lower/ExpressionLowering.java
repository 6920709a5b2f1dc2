package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.MapEntry;
import io.sabot.parser.cypher.ast.Expression.MapItem;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.check.FunctionTable;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lowers expressions.
final class ExpressionLowering {
  /// A slice without an upper bound goes to the end of the list.
  private static final Expr NO_BOUND = Expr.lit(Value.of(Long.MAX_VALUE));

  private final Lowering lowering;
  private final Bindings scope;
  private final Map<Expression, Column> known;
  private final Rows rows;

  /// @param known expressions that a column already holds
  /// @param rows where the results of subqueries are joined
  ExpressionLowering(Lowering lowering, Bindings scope, Map<Expression, Column> known, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.known = known;
    this.rows = rows;
  }

  ExpressionLowering(Lowering lowering, Bindings scope, Rows rows) {
    this(lowering, scope, Map.of(), rows);
  }

  List<Expr> lower(List<Expression> expressions) {
    return expressions.stream().map(this::lower).toList();
  }

  Expr condition(Expression expression) {
    return FunctionLowering.bool(lower(expression));
  }

  Expr lower(Expression expression) {
    Column given = known.get(expression);
    if (given != null) {
      return given.ref();
    }
    return unplaced(expression).at(expression.place().span());
  }

  private Expr unplaced(Expression expression) {
    return switch (expression) {
      case Expression.Literal(var value, _) -> Expr.lit(value);
      case Expression.Parameter(var name, _) -> new Expr.Param(name, Type.ANY);
      case Expression.Variable(var name, _) -> scope.column(name).ref();
      case Expression.Property e -> new Expr.Property(lower(e.subject()), e.key(), Type.ANY);
      case Expression.Index e ->
          FunctionLowering.named("index", List.of(lower(e.subject()), lower(e.index())), e.place());
      case Expression.Slice e -> slice(e);
      case Expression.HasLabels e -> new Expr.LabelTest(lower(e.subject()), e.labels());
      case Expression.Not e -> LogicFunctions.not(condition(e.operand()));
      case Expression.Sign e ->
          e.negative()
              ? FunctionLowering.negated(lower(e.operand()), e.place())
              : lower(e.operand());
      case Expression.IsNull e -> {
        var test = e.negated() ? LogicFunctions.IS_NOT_NULL : LogicFunctions.IS_NULL;
        yield test.call(lower(e.operand()));
      }
      case Expression.Binary e ->
          FunctionLowering.binary(e.operator(), lower(e.left()), lower(e.right()), e.place());
      case Expression.ListLiteral e -> ListFunctions.LIST.call(lower(e.items()));
      case Expression.MapLiteral e -> map(e);
      case Expression.Call e -> call(e);
      case Expression.CountAll e -> throw aggregation(e);
      case Expression.Case e -> caseOf(e);
      case Expression.ListComprehension e -> listComprehension(e);
      case Expression.Quantifier e -> quantifier(e);
      case Expression.Reduce e -> reduce(e);
      case Expression.MapProjection e -> mapProjection(e);
      case Expression.PatternComprehension e -> subqueries().comprehension(e);
      case Expression.PatternPredicate e -> subqueries().exists(e).ref();
      case Expression.ShortestPath e -> subqueries().shortestPath(e);
      case Expression.Exists e -> subqueries().exists(e).ref();
      case Expression.CountRows e -> subqueries().count(e);
      case Expression.CollectRows e -> subqueries().collect(e);
      case Expression.Foreign(var meaning, _) -> meaning.over(scope::column);
    };
  }

  private SubqueryLowering subqueries() {
    return new SubqueryLowering(lowering, scope, rows);
  }

  private static IllegalStateException aggregation(Expression e) {
    return new IllegalStateException("aggregation outside a projection at " + e.place().span());
  }

  private Expr slice(Expression.Slice e) {
    Expr from = e.from() == null ? Expr.lit(Value.of(0)) : lower(e.from());
    Expr to = e.to() == null ? NO_BOUND : lower(e.to());
    return FunctionLowering.named("slice", List.of(lower(e.subject()), from, to), e.place());
  }

  private Expr map(Expression.MapLiteral e) {
    List<Expr> parts = new ArrayList<>();
    for (MapEntry entry : e.entries()) {
      parts.add(Expr.lit(Value.of(entry.key())));
      parts.add(lower(entry.value()));
    }
    return ListFunctions.MAP.call(parts);
  }

  private Expr call(Expression.Call e) {
    boolean patternTest =
        e.function().equalsIgnoreCase("exists")
            && e.arguments().getFirst() instanceof Expression.PatternPredicate;
    UserFunction user = FunctionTable.user(e.function());
    if (user != null) {
      return user.call(lower(e.arguments()), lowering.columns(), Expr.CastMode.SQL)
          .at(e.place().span());
    }
    return patternTest
        ? lower(e.arguments().getFirst())
        : FunctionLowering.call(e.function(), lower(e.arguments()), e.place());
  }

  private Expr caseOf(Expression.Case e) {
    Expr subject = e.subject() == null ? null : lower(e.subject());
    List<Expr.When> branches = new ArrayList<>();
    for (Expression.When when : e.whens()) {
      Expr condition =
          subject == null
              ? condition(when.condition())
              : FunctionLowering.equal(subject, lower(when.condition()));
      branches.add(new Expr.When(condition, lower(when.result())));
    }
    Expr otherwise = e.otherwise() == null ? Expr.lit(Value.NULL) : lower(e.otherwise());
    return caseOf(branches, otherwise);
  }

  /// A CASE whose results all have one physical form.
  private static Expr caseOf(List<Expr.When> branches, Expr otherwise) {
    List<Expr> results = new ArrayList<>(branches.stream().map(Expr.When::result).toList());
    results.add(otherwise);
    Type type =
        results.stream()
            .filter(result -> !isNull(result))
            .map(Expr::type)
            .reduce(Type::union)
            .orElse(Type.ANY);
    List<Expr.When> formed =
        branches.stream()
            .map(b -> new Expr.When(b.condition(), FunctionLowering.inForm(b.result(), type)))
            .toList();
    return new Expr.Case(formed, FunctionLowering.inForm(otherwise, type), type);
  }

  private static boolean isNull(Expr expr) {
    return expr instanceof Expr.Lit(var value, _) && value.isNull();
  }

  // ---- per element of a list

  private Column element(Name name, Expr list) {
    return lowering.column(name.text(), elementType(list));
  }

  static Type elementType(Expr list) {
    return list.type() instanceof Type.ListOf(Type element) ? element : Type.ANY;
  }

  /// For expressions that see one more variable.
  private ExpressionLowering with(String name, Column column, Rows at) {
    Map<Expression, Column> stillKnown = new HashMap<>(known);
    stillKnown.keySet().removeIf(e -> Expressions.contains(e, part -> isVariable(part, name)));
    return new ExpressionLowering(lowering, scope.with(name, column), stillKnown, at);
  }

  private static boolean isVariable(Expression expression, String name) {
    return expression instanceof Expression.Variable(var other, _) && other.equals(name);
  }

  private Expr listComprehension(Expression.ListComprehension e) {
    Expr list = lower(e.list());
    Column element = element(e.element(), list);
    if (SubqueryLowering.needsRows(e.where()) || SubqueryLowering.needsRows(e.result())) {
      return subqueries().perElement(e.element(), element, list, e.where(), e.result());
    }
    ExpressionLowering inner = with(e.element().text(), element, rows);
    return new Expr.ListComprehension(
        element,
        list,
        e.where() == null ? null : inner.condition(e.where()),
        e.result() == null ? element.ref() : inner.lower(e.result()));
  }

  private Expr quantifier(Expression.Quantifier e) {
    Expr list = lower(e.list());
    Column element = element(e.element(), list);
    Expr.Quantifier quantifier =
        switch (e.quantity()) {
          case ALL -> Expr.Quantifier.ALL;
          case ANY -> Expr.Quantifier.ANY;
          case NONE -> Expr.Quantifier.NONE;
          case SINGLE -> Expr.Quantifier.SINGLE;
        };
    if (SubqueryLowering.needsRows(e.where())) {
      Expr tests = subqueries().perElement(e.element(), element, list, null, e.where());
      Column test = lowering.column("test", Type.BOOL);
      return new Expr.Quantified(quantifier, test, tests, test.ref());
    }
    Expr where =
        e.where() == null
            ? FunctionLowering.bool(element.ref())
            : with(e.element().text(), element, rows).condition(e.where());
    return new Expr.Quantified(quantifier, element, list, where);
  }

  private Expr reduce(Expression.Reduce e) {
    if (SubqueryLowering.needsRows(e.step())) {
      throw Errors.unsupported(e.place().span(), "a pattern or subquery inside reduce()");
    }
    Expr list = lower(e.list());
    Column accumulator = lowering.column(e.accumulator().text(), Type.ANY);
    Column element = element(e.element(), list);
    Expr step =
        with(e.accumulator().text(), accumulator, rows)
            .with(e.element().text(), element, rows)
            .lower(e.step());
    Expr initial = FunctionLowering.inForm(lower(e.initial()), Type.ANY);
    return new Expr.Reduce(
        accumulator, initial, element, list, FunctionLowering.inForm(step, Type.ANY));
  }

  // ---- map projections

  private Expr mapProjection(Expression.MapProjection e) {
    Expr subject = lower(e.subject());
    Expr result = null;
    List<Expr> entries = new ArrayList<>();
    for (MapItem item : e.items()) {
      switch (item) {
        case MapItem.All _ -> {
          Expr all = FunctionLowering.named("properties", List.of(subject), e.place());
          result = merged(merged(result, entries), all);
          entries = new ArrayList<>();
        }
        case MapItem.Key(String key) -> {
          entries.add(Expr.lit(Value.of(key)));
          entries.add(new Expr.Property(subject, key, Type.ANY));
        }
        case MapItem.Entry(String key, Expression value) -> {
          entries.add(Expr.lit(Value.of(key)));
          entries.add(lower(value));
        }
      }
    }
    Expr map = merged(result, entries);
    Expr.When isNull = new Expr.When(LogicFunctions.IS_NULL.call(subject), Expr.nullOf(Type.MAP));
    return new Expr.Case(List.of(isNull), map == null ? ListFunctions.MAP.call() : map, Type.MAP);
  }

  private static @Nullable Expr merged(@Nullable Expr map, List<Expr> entries) {
    return entries.isEmpty() ? map : merged(map, ListFunctions.MAP.call(entries));
  }

  private static Expr merged(@Nullable Expr first, Expr second) {
    return first == null ? second : ListFunctions.MAP_MERGED.call(first, second);
  }
}
