package io.sabot.plan.text;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes columns and expressions.
final class ExprText {
  private static final Map<String, String> INFIX =
      Map.ofEntries(
          Map.entry("eq", "="),
          Map.entry("ne", "<>"),
          Map.entry("lt", "<"),
          Map.entry("le", "<="),
          Map.entry("gt", ">"),
          Map.entry("ge", ">="),
          Map.entry("same_term", "=="),
          Map.entry("add", "+"),
          Map.entry("sub", "-"),
          Map.entry("mul", "*"),
          Map.entry("div", "/"),
          Map.entry("mod", "%"),
          Map.entry("and", "and"),
          Map.entry("or", "or"));

  private final ColumnStyle.Namer namer;
  private final boolean exact;

  /// @param exact write everything that reading back needs: types, and operators as functions
  ExprText(ColumnStyle style, boolean exact) {
    this.namer = new ColumnStyle.Namer(style);
    this.exact = exact;
  }

  /// A column where it comes into being.
  String defined(Column column) {
    return exact ? use(column) + ":" + column.type() + (column.nullable() ? "?" : "") : use(column);
  }

  String use(Column column) {
    return namer.name(column);
  }

  String uses(List<? extends @Nullable Column> columns) {
    return columns.stream()
        .map(c -> c == null ? "_" : use(c))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String definitions(List<Column> columns) {
    return columns.stream().map(this::defined).collect(Collectors.joining(", ", "[", "]"));
  }

  String assignments(List<Assignment> assignments) {
    return assignments.stream()
        .map(a -> a.isPassThrough() ? use(a.column()) : defined(a.column()) + " = " + of(a.expr()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String sortKeys(List<SortKey> keys) {
    return keys.stream().map(this::sortKey).collect(Collectors.joining(", ", "[", "]"));
  }

  private String sortKey(SortKey key) {
    return of(key.expr())
        + (key.descending() ? " desc" : " asc")
        + (key.nullsFirst() ? " nulls_first " : " nulls_last ")
        + lower(key.mode());
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  String list(List<Expr> exprs) {
    return exprs.stream().map(this::of).collect(Collectors.joining(", "));
  }

  String of(Expr expr) {
    return switch (expr) {
      case Expr.Col(var column) -> use(column);
      case Expr.Lit(var value, var type) ->
          TextSyntax.value(value) + typed(type, Expr.typeOf(value));
      case Expr.Param(var name, var type) ->
          "@param(" + TextSyntax.string(name) + ")" + typed(type);
      case Expr.Call(var function, var args, var type) -> call(function, args, type);
      case Expr.Case(var branches, var otherwise, var type) ->
          branches.stream()
              .map(b -> of(b.condition()) + " -> " + of(b.result()) + ", ")
              .collect(
                  Collectors.joining("", "@case(", "else " + of(otherwise) + ")" + typed(type)));
      case Expr.Cast(var input, var type, var mode, _) ->
          "@cast(" + of(input) + ", " + lower(mode) + "):" + type;
      case Expr.Property(Expr.Col(var owner), var key, _) when !exact ->
          use(owner) + "." + TextSyntax.identifier(key);
      case Expr.Property(var owner, var key, var type) ->
          "@prop(" + of(owner) + ", " + TextSyntax.string(key) + ")" + typed(type);
      case Expr.LabelTest(var entity, var labels) ->
          "@is(" + of(entity) + ", " + TextSyntax.labels(labels) + ")";
      case Expr.ListComprehension(var element, var list, var where, var map) ->
          "@each("
              + defined(element)
              + ", "
              + of(list)
              + (where == null ? "" : ", where " + of(where))
              + ", "
              + of(map)
              + ")";
      case Expr.Quantified(var quantifier, var element, var list, var where) ->
          "@"
              + lower(quantifier)
              + "("
              + defined(element)
              + ", "
              + of(list)
              + ", "
              + of(where)
              + ")";
      case Expr.Reduce(var accumulator, var init, var element, var list, var body) ->
          "@reduce("
              + defined(accumulator)
              + ", "
              + of(init)
              + ", "
              + defined(element)
              + ", "
              + of(list)
              + ", "
              + of(body)
              + ")";
    };
  }

  private String call(Function function, List<Expr> args, Type type) {
    String sign = INFIX.get(function.name());
    if (!exact && sign != null && args.size() >= 2) {
      return args.stream().map(this::operand).collect(Collectors.joining(" " + sign + " "));
    }
    String text = function.name() + "(" + list(args) + ")";
    return exact ? text + typed(type, function.call(args).type()) : text;
  }

  private String operand(Expr expr) {
    boolean nested =
        expr instanceof Expr.Call(var function, var args, _)
            && INFIX.containsKey(function.name())
            && args.size() >= 2;
    return nested ? "(" + of(expr) + ")" : of(expr);
  }

  private String typed(Type type) {
    return exact ? ":" + type : "";
  }

  private String typed(Type type, Type natural) {
    return exact && !type.equals(natural) ? ":" + type : "";
  }
}
