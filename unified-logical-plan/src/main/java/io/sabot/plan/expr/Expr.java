package io.sabot.plan.expr;

import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.function.Function;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A scalar expression. Queries inside expressions do not exist here: a lowering turns them into
/// `Apply` nodes and refers to their result by column.
public sealed interface Expr {
  Type type();

  record Col(Column column) implements Expr {
    @Override
    public Type type() {
      return column.type();
    }
  }

  record Lit(Value value, Type type) implements Expr {}

  /// A query parameter; its value comes with the execution.
  record Param(String name, Type type) implements Expr {}

  record Call(Function function, List<Expr> args, Type type) implements Expr {
    public Call {
      args = List.copyOf(args);
    }
  }

  /// The first branch whose condition is true. Conditions and results are evaluated only for the
  /// rows that reach them.
  record Case(List<When> branches, Expr otherwise, Type type) implements Expr {
    public Case {
      branches = List.copyOf(branches);
    }
  }

  record When(Expr condition, Expr result) {}

  /// A conversion to `type` under the rules named by `mode`.
  ///
  /// @param origin where it was written; two casts are equal wherever they stand
  record Cast(Expr input, Type type, CastMode mode, @Nullable SourceSpan origin) implements Expr {
    public Cast(Expr input, Type type, CastMode mode) {
      this(input, type, mode, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Cast(var otherInput, var otherType, var otherMode, _)
          && mode == otherMode
          && type.equals(otherType)
          && input.equals(otherInput);
    }

    @Override
    public int hashCode() {
      return (input.hashCode() * 31 + type.hashCode()) * 31 + mode.hashCode();
    }
  }

  enum CastMode {
    /// SQL `CAST`: a value that does not convert is an error.
    SQL,
    /// A value that does not convert becomes null.
    TRY,
    /// Between the two physical forms of the same value; never changes what a language sees.
    FORM
  }

  /// Property `key` of a node, an edge, a map or a temporal value; null where there is none.
  record Property(Expr owner, String key, Type type) implements Expr {}

  /// Whether a node (or edge) has the labels (or type) asked for; null for null.
  record LabelTest(Expr entity, LabelExpr labels) implements Expr {
    @Override
    public Type type() {
      return Type.BOOL;
    }
  }

  /// `[element IN list WHERE where | map]`; `element` is bound within `where` and `map`.
  record ListComprehension(Column element, Expr list, @Nullable Expr where, Expr map)
      implements Expr {
    @Override
    public Type type() {
      return new Type.ListOf(map.type());
    }
  }

  enum Quantifier {
    ALL,
    ANY,
    NONE,
    SINGLE
  }

  /// `all(element IN list WHERE where)` and its relatives, three-valued.
  record Quantified(Quantifier quantifier, Column element, Expr list, Expr where) implements Expr {
    @Override
    public Type type() {
      return Type.BOOL;
    }
  }

  /// `reduce(accumulator = init, element IN list | body)`.
  record Reduce(Column accumulator, Expr init, Column element, Expr list, Expr body)
      implements Expr {
    @Override
    public Type type() {
      return accumulator.type();
    }
  }

  /// The same expression with the place where it was written, for the calls and casts at its top
  /// that have none yet; a fault at run time names that place.
  default Expr at(@Nullable SourceSpan place) {
    if (place == null) {
      return this;
    }
    return switch (this) {
      case Call(var function, var args, var type) when function.origin() == null ->
          new Call(function.at(place), args.stream().map(arg -> arg.at(place)).toList(), type);
      case Cast(var input, var type, var mode, var origin) when origin == null ->
          new Cast(input.at(place), type, mode, place);
      default -> this;
    };
  }

  static Lit lit(Value value) {
    return new Lit(value, typeOf(value));
  }

  static Lit nullOf(Type type) {
    return new Lit(Value.NULL, type);
  }

  Lit TRUE = new Lit(Value.TRUE, Type.BOOL);
  Lit FALSE = new Lit(Value.FALSE, Type.BOOL);

  /// The exact type of a value where it has one, otherwise `ANY`.
  static Type typeOf(Value value) {
    return switch (value) {
      case Value.Bool _ -> Type.BOOL;
      case Value.Int _ -> Type.INT64;
      case Value.Real _ -> Type.FLOAT64;
      case Value.Str _ -> Type.STRING;
      case Value.Date _ -> Type.DATE;
      case Value.Dec(var number) ->
          new Type.Decimal(
              Math.min(
                  Type.Decimal.MAX_PRECISION,
                  Math.max(Math.max(number.precision(), number.scale()), 1)),
              Math.max(0, number.scale()));
      case Value.ListValue(var items) ->
          new Type.ListOf(items.stream().map(Expr::typeOf).reduce(Type::union).orElse(Type.ANY));
      case Value.MapValue _ -> Type.MAP;
      default -> Type.ANY;
    };
  }

  /// Rebuilds this expression over new direct children; returns `this` when none changes.
  default Expr mapChildren(UnaryOperator<Expr> rewrite) {
    return switch (this) {
      case Col _, Lit _, Param _ -> this;
      case Call(var function, var args, var type) -> {
        List<Expr> mapped = mapAll(args, rewrite);
        yield mapped == args ? this : new Call(function, mapped, type);
      }
      case Case(var branches, var otherwise, var type) -> {
        boolean changed = false;
        List<When> mapped = new ArrayList<>(branches.size());
        for (When when : branches) {
          Expr condition = rewrite.apply(when.condition());
          Expr result = rewrite.apply(when.result());
          changed |= condition != when.condition() || result != when.result();
          mapped.add(new When(condition, result));
        }
        Expr rest = rewrite.apply(otherwise);
        yield changed || rest != otherwise ? new Case(mapped, rest, type) : this;
      }
      case Cast(var input, var type, var mode, var origin) -> {
        Expr mapped = rewrite.apply(input);
        yield mapped == input ? this : new Cast(mapped, type, mode, origin);
      }
      case Property(var owner, var key, var type) -> {
        Expr mapped = rewrite.apply(owner);
        yield mapped == owner ? this : new Property(mapped, key, type);
      }
      case LabelTest(var entity, var labels) -> {
        Expr mapped = rewrite.apply(entity);
        yield mapped == entity ? this : new LabelTest(mapped, labels);
      }
      case ListComprehension(var element, var list, var where, var map) ->
          new ListComprehension(
              element,
              rewrite.apply(list),
              where == null ? null : rewrite.apply(where),
              rewrite.apply(map));
      case Quantified(var quantifier, var element, var list, var where) ->
          new Quantified(quantifier, element, rewrite.apply(list), rewrite.apply(where));
      case Reduce(var accumulator, var init, var element, var list, var body) ->
          new Reduce(
              accumulator, rewrite.apply(init), element, rewrite.apply(list), rewrite.apply(body));
    };
  }

  private static List<Expr> mapAll(List<Expr> exprs, UnaryOperator<Expr> rewrite) {
    List<Expr> mapped = new ArrayList<>(exprs.size());
    boolean changed = false;
    for (Expr expr : exprs) {
      Expr one = rewrite.apply(expr);
      changed |= one != expr;
      mapped.add(one);
    }
    return changed ? mapped : exprs;
  }

  default void forEachChild(Consumer<Expr> action) {
    switch (this) {
      case Col _, Lit _, Param _ -> {}
      case Call(_, var args, _) -> args.forEach(action);
      case Case(var branches, var otherwise, _) -> {
        for (When when : branches) {
          action.accept(when.condition());
          action.accept(when.result());
        }
        action.accept(otherwise);
      }
      case Cast(var input, _, _, _) -> action.accept(input);
      case Property(var owner, _, _) -> action.accept(owner);
      case LabelTest(var entity, _) -> action.accept(entity);
      case ListComprehension(_, var list, var where, var map) -> {
        action.accept(list);
        if (where != null) {
          action.accept(where);
        }
        action.accept(map);
      }
      case Quantified(_, _, var list, var where) -> {
        action.accept(list);
        action.accept(where);
      }
      case Reduce(_, var init, _, var list, var body) -> {
        action.accept(init);
        action.accept(list);
        action.accept(body);
      }
    }
  }

  /// Rebuilds bottom-up: children first, then `rewrite` on the result.
  default Expr transform(UnaryOperator<Expr> rewrite) {
    return rewrite.apply(mapChildren(child -> child.transform(rewrite)));
  }

  /// Adds every column this expression reads from its row; variables that it binds itself are not
  /// among them.
  default void collectColumns(Set<Column> into) {
    switch (this) {
      case Col(var column) -> into.add(column);
      case ListComprehension(var element, _, _, _) -> collectInner(into, Set.of(element));
      case Quantified(_, var element, _, _) -> collectInner(into, Set.of(element));
      case Reduce(var accumulator, _, var element, _, _) ->
          collectInner(into, Set.of(accumulator, element));
      default -> forEachChild(child -> child.collectColumns(into));
    }
  }

  private void collectInner(Set<Column> into, Set<Column> bound) {
    Set<Column> inner = new java.util.LinkedHashSet<>();
    forEachChild(child -> child.collectColumns(inner));
    inner.removeAll(bound);
    into.addAll(inner);
  }

  default Set<Column> columns() {
    Set<Column> columns = new java.util.LinkedHashSet<>();
    collectColumns(columns);
    return columns;
  }
}
