package io.sabot.optimizer.access;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;

/// An index or key of what a scan reads.
///
/// @param keys column ids of a table or property keys, in the order of the index
/// @param ordered whether leading columns alone and ranges can be looked up; otherwise only all
///   columns at once
record Candidate(IndexRef index, List<?> keys, boolean ordered, boolean unique) {
  private static final int KEY_COLUMNS_MAX = 3;
  private static final int WORD_DIGITS_MAX = 18;

  static List<Candidate> of(LogicalNode scan, Catalog catalog) {
    return switch (scan) {
      case LogicalNode.TableScan n -> ofTable(n.tableId(), catalog);
      case LogicalNode.NodeScan n ->
          catalog.indexes().stream()
              .filter(i ->
                  i.target() instanceof IndexTarget.NodeProperties(String label, _)
                      && requires(n.labels(), label))
              .map(Candidate::of)
              .toList();
      case LogicalNode.EdgeScan n ->
          catalog.indexes().stream()
              .filter(i ->
                  i.target() instanceof IndexTarget.EdgeProperties(String type, _)
                      && n.types() instanceof LabelExpr.Has(String wanted)
                      && wanted.equals(type))
              .map(Candidate::of)
              .toList();
      default -> List.of();
    };
  }

  /// Whether nothing satisfies `labels` without this one.
  private static boolean requires(LabelExpr labels, String label) {
    return switch (labels) {
      case LabelExpr.Has(String name) -> name.equals(label);
      case LabelExpr.And(var parts) -> parts.stream().anyMatch(part -> requires(part, label));
      case LabelExpr.Any _, LabelExpr.Labelled _, LabelExpr.Or _, LabelExpr.Not _ -> false;
    };
  }

  private static Candidate of(IndexDef index) {
    List<?> keys =
        switch (index.target()) {
          case IndexTarget.TableColumns(_, var columnIds) -> columnIds;
          case IndexTarget.NodeProperties(_, var names) -> names;
          case IndexTarget.EdgeProperties(_, var names) -> names;
        };
    IndexRef ref = new IndexRef.Secondary(index.id(), index.name(), keys.size());
    return new Candidate(ref, keys, true, index.unique());
  }

  private static List<Candidate> ofTable(int tableId, Catalog catalog) {
    List<Candidate> found = new ArrayList<>();
    TableDef table = catalog.table(tableId).orElse(null);
    if (table != null) {
      if (table.hasPrimaryKey()) {
        found.add(key(table, table.primaryKey(), "primary key"));
      }
      table.uniqueKeys().forEach(key -> found.add(key(table, key, "unique key")));
    }
    for (IndexDef index : catalog.indexes()) {
      if (index.target().isOfTable(tableId)) {
        found.add(of(index));
      }
    }
    return found;
  }

  private static Candidate key(TableDef table, List<Integer> columnIds, String kind) {
    List<String> names = columnIds.stream().map(id -> table.column(id).name()).toList();
    String name = kind + " " + table.name() + "(" + String.join(", ", names) + ")";
    boolean ordered =
        columnIds.size() <= KEY_COLUMNS_MAX
            && columnIds.stream().allMatch(id -> isWord(table.column(id).type()));
    return new Candidate(new IndexRef.Key(table.id(), columnIds, name), columnIds, ordered, true);
  }

  /// Whether the store keeps a key column of this type in its own order.
  private static boolean isWord(Type type) {
    return switch (type.physical()) {
      case LONG, DOUBLE, BOOL -> true;
      case DECIMAL ->
          type instanceof Type.Decimal(int precision, int _) && precision <= WORD_DIGITS_MAX;
      case STRING, TERM -> false;
    };
  }
}
