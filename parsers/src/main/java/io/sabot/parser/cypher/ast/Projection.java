package io.sabot.parser.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body that WITH and RETURN share.
public record Projection(
    boolean distinct,
    boolean star,
    List<Item> items,
    List<SortItem> order,
    @Nullable Expression skip,
    @Nullable Expression limit,
    Place place) {
  public Projection {
    items = List.copyOf(items);
    order = List.copyOf(order);
  }

  /// A projected expression.
  ///
  /// @param text the expression exactly as written; it names the column when there is no alias
  public record Item(Expression expression, @Nullable Name alias, String text, Place place) {
    public String name() {
      if (alias != null) {
        return alias.text();
      }
      return expression instanceof Expression.Variable(String name, _) ? name : text;
    }
  }

  public record SortItem(Expression expression, boolean descending, Place place) {}
}
