package io.sabot.optimizer.joinorder;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Columns that conditions make equal, directly or over others.
final class EqualColumns {
  private final Map<Column, Column> parents = new LinkedHashMap<>();

  EqualColumns(List<Expr> conjuncts) {
    for (Expr conjunct : conjuncts) {
      if (conjunct instanceof Expr.Call(var function, var args, _)
          && args.size() == 2
          && args.get(0) instanceof Expr.Col(var a)
          && args.get(1) instanceof Expr.Col(var b)
          && isEquality(function.name())
          && !(a.type() instanceof Type.Floating)) {
        union(a, b);
      }
    }
  }

  /// Equalities that chain: what they hold equal is the same value. Not the languages' own, which
  /// on mixed types do not, and none of floats, where the languages differ in NaN.
  private static boolean isEquality(String name) {
    return name.equals("eq") || name.equals(ComparisonFunctions.SAME_TERM.name());
  }

  private Column root(Column column) {
    Column at = column;
    Column parent = parents.get(at);
    while (parent != null && !parent.equals(at)) {
      at = parent;
      parent = parents.get(at);
    }
    return at;
  }

  private void union(Column a, Column b) {
    parents.putIfAbsent(a, a);
    parents.putIfAbsent(b, b);
    parents.put(root(a), root(b));
  }

  boolean areEqual(Column a, Column b) {
    return root(a).equals(root(b));
  }

  /// The classes of at least two columns, in the order of appearance.
  List<List<Column>> classes() {
    Map<Column, List<Column>> classes = new LinkedHashMap<>();
    for (Column column : parents.keySet()) {
      classes.computeIfAbsent(root(column), _ -> new ArrayList<>()).add(column);
    }
    return classes.values().stream().filter(c -> c.size() > 1).toList();
  }
}
