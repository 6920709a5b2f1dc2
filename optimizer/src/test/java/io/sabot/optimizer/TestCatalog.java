package io.sabot.optimizer;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A small schema: customers, their orders, products, and which order has which product.
public record TestCatalog(
    List<TableDef> tables, SortedSet<String> nodeLabels, SortedSet<String> edgeTypes)
    implements Catalog {
  static final TableDef CUSTOMER =
      new TableDef(
          1,
          "main",
          "customer",
          List.of(
              new ColumnDef(1, "id", Type.INT64, false),
              new ColumnDef(2, "name", Type.STRING, false),
              new ColumnDef(3, "city", Type.STRING, true)),
          List.of(1),
          List.of(),
          List.of());
  static final TableDef ORDER =
      new TableDef(
          2,
          "main",
          "orders",
          List.of(
              new ColumnDef(1, "id", Type.INT64, false),
              new ColumnDef(2, "customer_id", Type.INT64, false),
              new ColumnDef(3, "total", Type.INT64, false)),
          List.of(1),
          List.of(),
          List.of(new ForeignKeyDef("placed_by", List.of(2), 1, List.of(1))));
  static final TableDef PRODUCT =
      new TableDef(
          3,
          "main",
          "product",
          List.of(
              new ColumnDef(1, "id", Type.INT64, false),
              new ColumnDef(2, "label", Type.STRING, true)),
          List.of(1),
          List.of(),
          List.of());
  static final TableDef CONTAINS =
      new TableDef(
          4,
          "main",
          "contains",
          List.of(
              new ColumnDef(1, "order_id", Type.INT64, false),
              new ColumnDef(2, "product_id", Type.INT64, false),
              new ColumnDef(3, "quantity", Type.INT64, false)),
          List.of(1, 2),
          List.of(),
          List.of(
              new ForeignKeyDef("in_order", List.of(1), 2, List.of(1)),
              new ForeignKeyDef("of_product", List.of(2), 3, List.of(1))));

  public static TestCatalog shop() {
    return new TestCatalog(
        List.of(CUSTOMER, ORDER, PRODUCT, CONTAINS), new TreeSet<>(), new TreeSet<>());
  }

  /// The tables of `RandomQueries`.
  static TestCatalog numbers() {
    List<TableDef> tables =
        java.util.stream.IntStream.rangeClosed(1, 3)
            .mapToObj(id ->
                new TableDef(
                    id,
                    "main",
                    "t" + id,
                    List.of(
                        new ColumnDef(1, "a", Type.INT64, false),
                        new ColumnDef(2, "b", Type.INT64, true),
                        new ColumnDef(3, "c", Type.INT64, true)),
                    List.of(1),
                    List.of(),
                    List.of()))
            .toList();
    return new TestCatalog(tables, new TreeSet<>(), new TreeSet<>());
  }

  public static TestCatalog empty() {
    return new TestCatalog(List.of(), new TreeSet<>(), new TreeSet<>());
  }

  @Override
  public long version() {
    return 1;
  }

  @Override
  public List<ViewDef> views() {
    return List.of();
  }

  @Override
  public SortedSet<String> propertyKeys() {
    return new TreeSet<>();
  }

  @Override
  public SortedMap<String, String> prefixes() {
    return new TreeMap<>();
  }

  @Override
  public Statistics statistics() {
    return Statistics.UNKNOWN;
  }
}
