package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.List;

/// An element to create in the native graph.
public sealed interface GraphElement {
  /// The column that is bound to the new element.
  Column out();

  /// A map-valued expression with the properties.
  Expr properties();

  record NewNode(Column out, List<String> labels, Expr properties) implements GraphElement {
    public NewNode {
      labels = List.copyOf(labels);
    }
  }

  record NewEdge(Column out, String edgeType, Expr source, Expr target, Expr properties)
      implements GraphElement {}
}
