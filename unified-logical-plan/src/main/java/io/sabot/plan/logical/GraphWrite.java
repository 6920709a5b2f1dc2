package io.sabot.plan.logical;

import io.sabot.plan.expr.Expr;
import java.util.List;

/// A change of existing graph elements; a null target is left alone.
public sealed interface GraphWrite {
  /// Sets one property; null removes it.
  record SetProperty(Expr target, String key, Expr value) implements GraphWrite {}

  /// `n = map` (`replace`: other properties go) or `n += map`. The value may be a map, node or
  /// edge.
  record SetProperties(Expr target, Expr value, boolean replace) implements GraphWrite {}

  record SetLabels(Expr target, List<String> labels, boolean add) implements GraphWrite {
    public SetLabels {
      labels = List.copyOf(labels);
    }
  }
}
