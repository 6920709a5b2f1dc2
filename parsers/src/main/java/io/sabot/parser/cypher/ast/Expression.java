package io.sabot.parser.cypher.ast;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An expression as written. Chained comparisons are already split: `a < b < c` is `a < b AND b <
/// c`.
public sealed interface Expression {
  Place place();

  /// The operators with two operands.
  enum Operator {
    OR("OR"),
    XOR("XOR"),
    AND("AND"),
    EQ("="),
    NE("<>"),
    LT("<"),
    GT(">"),
    LE("<="),
    GE(">="),
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%"),
    POWER("^"),
    IN("IN"),
    STARTS_WITH("STARTS WITH"),
    ENDS_WITH("ENDS WITH"),
    CONTAINS("CONTAINS"),
    MATCHES("=~");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean isBoolean() {
      return this == OR || this == XOR || this == AND;
    }
  }

  record Literal(Value value, Place place) implements Expression {}

  record Parameter(String name, Place place) implements Expression {}

  record Variable(String name, Place place) implements Expression {}

  record Property(Expression subject, String key, Place place) implements Expression {}

  record Index(Expression subject, Expression index, Place place) implements Expression {}

  record Slice(Expression subject, @Nullable Expression from, @Nullable Expression to, Place place)
      implements Expression {}

  record HasLabels(Expression subject, LabelExpr labels, Place place) implements Expression {}

  record Not(Expression operand, Place place) implements Expression {}

  /// A sign before an expression that is not a number literal.
  record Sign(boolean negative, Expression operand, Place place) implements Expression {}

  record IsNull(Expression operand, boolean negated, Place place) implements Expression {}

  record Binary(Operator operator, Expression left, Expression right, Place place)
      implements Expression {}

  record ListLiteral(List<Expression> items, Place place) implements Expression {
    public ListLiteral {
      items = List.copyOf(items);
    }
  }

  record MapLiteral(List<MapEntry> entries, Place place) implements Expression {
    public MapLiteral {
      entries = List.copyOf(entries);
    }
  }

  record MapEntry(String key, Expression value) {}

  /// A call of a function; `function` keeps the case in which it was written.
  record Call(String function, boolean distinct, List<Expression> arguments, Place place)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// `count(*)`.
  record CountAll(Place place) implements Expression {}

  record Case(
      @Nullable Expression subject, List<When> whens, @Nullable Expression otherwise, Place place)
      implements Expression {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  record When(Expression condition, Expression result) {}

  record ListComprehension(
      Name element,
      Expression list,
      @Nullable Expression where,
      @Nullable Expression result,
      Place place)
      implements Expression {}

  record Quantifier(
      Quantity quantity, Name element, Expression list, @Nullable Expression where, Place place)
      implements Expression {}

  /// How many elements a quantifier demands.
  enum Quantity {
    ALL,
    ANY,
    NONE,
    SINGLE
  }

  record Reduce(
      Name accumulator,
      Expression initial,
      Name element,
      Expression list,
      Expression step,
      Place place)
      implements Expression {}

  record PatternComprehension(
      PatternPart pattern, @Nullable Expression where, Expression result, Place place)
      implements Expression {}

  /// A pattern used as a truth value: whether it has a match.
  record PatternPredicate(PatternPart pattern, Place place) implements Expression {}

  /// `shortestPath(...)` or `allShortestPaths(...)` used as a value.
  record ShortestPath(PatternPart pattern, Place place) implements Expression {}

  record Exists(Query query, Place place) implements Expression {}

  record CountRows(Query query, Place place) implements Expression {}

  /// `COLLECT { ... }`: the one result column of a query as a list.
  record CollectRows(Query query, Place place) implements Expression {}

  /// An expression of another language over the variables of a pattern, as SQL's GRAPH_TABLE has
  /// them.
  record Foreign(Meaning meaning, Place place) implements Expression {}

  /// What an expression means, given the columns of the variables that it names.
  @FunctionalInterface
  interface Meaning {
    Expr over(Function<String, Column> variables);
  }

  record MapProjection(Variable subject, List<MapItem> items, Place place) implements Expression {
    public MapProjection {
      items = List.copyOf(items);
    }
  }

  /// One item between the braces of a map projection.
  sealed interface MapItem {
    /// `.*`
    record All() implements MapItem {}

    /// `.key`
    record Key(String key) implements MapItem {}

    /// `key: value`, or a bare variable, which is its own key.
    record Entry(String key, Expression value) implements MapItem {}
  }
}
