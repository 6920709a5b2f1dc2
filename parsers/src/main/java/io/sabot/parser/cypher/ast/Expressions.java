package io.sabot.parser.cypher.ast;

import io.sabot.parser.cypher.ast.Expression.MapItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Walks over expressions.
public final class Expressions {
  private Expressions() {}

  /// The direct parts of an expression, but not what is inside a subquery or pattern.
  public static List<Expression> children(Expression expression) {
    List<Expression> children = new ArrayList<>();
    switch (expression) {
      case Expression.Literal _,
          Expression.Parameter _,
          Expression.Variable _,
          Expression.CountAll _,
          Expression.Foreign _,
          Expression.PatternPredicate _,
          Expression.ShortestPath _,
          Expression.Exists _,
          Expression.CountRows _,
          Expression.CollectRows _ -> {}
      case Expression.Property e -> children.add(e.subject());
      case Expression.Index e -> {
        children.add(e.subject());
        children.add(e.index());
      }
      case Expression.Slice e -> {
        children.add(e.subject());
        add(children, e.from());
        add(children, e.to());
      }
      case Expression.HasLabels e -> children.add(e.subject());
      case Expression.Not e -> children.add(e.operand());
      case Expression.Sign e -> children.add(e.operand());
      case Expression.IsNull e -> children.add(e.operand());
      case Expression.Binary e -> {
        children.add(e.left());
        children.add(e.right());
      }
      case Expression.ListLiteral e -> children.addAll(e.items());
      case Expression.MapLiteral e -> e.entries().forEach(entry -> children.add(entry.value()));
      case Expression.Call e -> children.addAll(e.arguments());
      case Expression.Case e -> {
        add(children, e.subject());
        for (Expression.When when : e.whens()) {
          children.add(when.condition());
          children.add(when.result());
        }
        add(children, e.otherwise());
      }
      case Expression.ListComprehension e -> {
        children.add(e.list());
        add(children, e.where());
        add(children, e.result());
      }
      case Expression.Quantifier e -> {
        children.add(e.list());
        add(children, e.where());
      }
      case Expression.Reduce e -> children.addAll(List.of(e.initial(), e.list(), e.step()));
      case Expression.PatternComprehension e -> {
        add(children, e.where());
        children.add(e.result());
      }
      case Expression.MapProjection e -> {
        children.add(e.subject());
        for (MapItem item : e.items()) {
          if (item instanceof MapItem.Entry(_, Expression value)) {
            children.add(value);
          }
        }
      }
    }
    return children;
  }

  private static void add(List<Expression> list, @Nullable Expression expression) {
    if (expression != null) {
      list.add(expression);
    }
  }

  /// Whether the expression or any part of it passes the test.
  public static boolean contains(Expression expression, Predicate<Expression> test) {
    return test.test(expression)
        || children(expression).stream().anyMatch(child -> contains(child, test));
  }

  /// The operands of a chain of AND.
  public static List<Expression> conjuncts(Expression expression) {
    List<Expression> parts = new ArrayList<>();
    split(expression, parts);
    return parts;
  }

  private static void split(Expression expression, List<Expression> into) {
    if (expression instanceof Expression.Binary(var operator, var left, var right, _)
        && operator == Expression.Operator.AND) {
      split(left, into);
      split(right, into);
    } else {
      into.add(expression);
    }
  }
}
