package io.sabot.plan.catalog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Indexes as text.
public final class IndexText {
  private IndexText() {}

  /// `table (a, b)`, `(:Label {a, b})` or `[:TYPE {a}]`.
  public static String of(IndexTarget target, Catalog catalog) {
    String columns = String.join(", ", columns(target, catalog));
    return switch (target) {
      case IndexTarget.TableColumns _ -> owner(target, catalog) + " (" + columns + ")";
      case IndexTarget.NodeProperties(String label, _) -> "(:" + label + " {" + columns + "})";
      case IndexTarget.EdgeProperties(String type, _) -> "[:" + type + " {" + columns + "}]";
    };
  }

  /// The table, label or type.
  public static String owner(IndexTarget target, Catalog catalog) {
    return switch (target) {
      case IndexTarget.TableColumns(int tableId, _) ->
          catalog.table(tableId).map(TableDef::name).orElse("?");
      case IndexTarget.NodeProperties(String label, _) -> label;
      case IndexTarget.EdgeProperties(String type, _) -> type;
    };
  }

  /// The columns or properties in the order of the index.
  public static List<String> columns(IndexTarget target, Catalog catalog) {
    return switch (target) {
      case IndexTarget.TableColumns(int tableId, var columnIds) ->
          catalog
              .table(tableId)
              .map(t -> columnIds.stream().map(id -> t.column(id).name()).toList())
              .orElse(List.of());
      case IndexTarget.NodeProperties(_, var keys) -> keys;
      case IndexTarget.EdgeProperties(_, var keys) -> keys;
    };
  }

  /// A name for what was given none: `index_person_name`.
  public static String name(String prefix, IndexTarget target, Catalog catalog) {
    return prefix
        + '_'
        + owner(target, catalog).toLowerCase(Locale.ROOT)
        + '_'
        + columns(target, catalog).stream()
            .map(c -> c.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("_"));
  }
}
