package io.sabot.jdbc;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keys and indexes of tables, as the metadata of JDBC shows them. Tables are asked for by name,
/// not by pattern.
record KeyRows(Catalog catalog) {
  private static final String SABOT = SabotConnection.CATALOG;

  private List<TableDef> tables(@Nullable String schema, String name) {
    return catalog.tables().stream()
        .filter(t -> schema == null || t.schema().equalsIgnoreCase(schema))
        .filter(t -> t.name().equalsIgnoreCase(name))
        .toList();
  }

  private static boolean is(TableDef table, @Nullable String schema, @Nullable String name) {
    return (schema == null || table.schema().equalsIgnoreCase(schema))
        && (name == null || table.name().equalsIgnoreCase(name));
  }

  FixedRows primaryKeys(@Nullable String schema, String name) {
    FixedRows rows = FixedRows.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ# PK_NAME");
    for (TableDef table : tables(schema, name)) {
      long position = 1;
      for (int column : table.primaryKey()) {
        rows.add(
            SABOT,
            table.schema(),
            table.name(),
            table.column(column).name(),
            position++,
            primaryKeyName(table));
      }
    }
    return rows.sorted(3);
  }

  /// As PostgreSQL calls it.
  private static String primaryKeyName(TableDef table) {
    return table.name() + "_pkey";
  }

  private static String uniqueKeyName(TableDef table, List<Integer> columns) {
    return table.name()
        + "_"
        + String.join("_", columns.stream().map(c -> table.column(c).name()).toList())
        + "_key";
  }

  FixedRows bestRowIdentifier(@Nullable String schema, String name) {
    FixedRows rows =
        FixedRows.of(
            "SCOPE# COLUMN_NAME DATA_TYPE# TYPE_NAME COLUMN_SIZE# BUFFER_LENGTH#"
                + " DECIMAL_DIGITS# PSEUDO_COLUMN#");
    for (TableDef table : tables(schema, name)) {
      for (int id : table.primaryKey()) {
        var column = table.column(id);
        rows.add(
            (long) DatabaseMetaData.bestRowSession,
            column.name(),
            (long) SqlTypes.code(column.type()),
            SqlTypes.name(column.type()),
            (long) SqlTypes.precision(column.type()),
            null,
            (long) SqlTypes.scale(column.type()),
            (long) DatabaseMetaData.bestRowNotPseudo);
      }
    }
    return rows;
  }

  /// Foreign keys from some tables to some tables; null stands for all.
  ///
  /// @param isByReferenced whether rows are sorted by the table that is referred to
  FixedRows foreignKeys(
      @Nullable String toSchema,
      @Nullable String to,
      @Nullable String fromSchema,
      @Nullable String from,
      boolean isByReferenced) {
    FixedRows rows =
        FixedRows.of(
            "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM"
                + " FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ# UPDATE_RULE# DELETE_RULE# FK_NAME PK_NAME"
                + " DEFERRABILITY#");
    for (TableDef table : catalog.tables()) {
      if (!is(table, fromSchema, from)) {
        continue;
      }
      for (ForeignKeyDef key : table.foreignKeys()) {
        Optional<TableDef> target = catalog.table(key.targetTable());
        if (target.isPresent() && is(target.get(), toSchema, to)) {
          addKey(rows, table, key, target.get());
        }
      }
    }
    return isByReferenced ? rows.sorted(0, 1, 2, 8) : rows.sorted(4, 5, 6, 8);
  }

  private static void addKey(FixedRows rows, TableDef table, ForeignKeyDef key, TableDef target) {
    List<Integer> columns =
        key.targetColumns().isEmpty() ? target.primaryKey() : key.targetColumns();
    String targetKey =
        columns.equals(target.primaryKey())
            ? primaryKeyName(target)
            : uniqueKeyName(target, columns);
    for (int i = 0; i < key.columns().size(); i++) {
      rows.add(
          SABOT,
          target.schema(),
          target.name(),
          target.column(columns.get(i)).name(),
          SABOT,
          table.schema(),
          table.name(),
          table.column(key.columns().get(i)).name(),
          i + 1L,
          (long) DatabaseMetaData.importedKeyNoAction,
          (long) DatabaseMetaData.importedKeyNoAction,
          key.name(),
          targetKey,
          (long) DatabaseMetaData.importedKeyNotDeferrable);
    }
  }

  FixedRows indexes(@Nullable String schema, String name, boolean onlyUnique) {
    FixedRows rows =
        FixedRows.of(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE INDEX_QUALIFIER INDEX_NAME TYPE#"
                + " ORDINAL_POSITION# COLUMN_NAME ASC_OR_DESC CARDINALITY# PAGES#"
                + " FILTER_CONDITION");
    for (TableDef table : tables(schema, name)) {
      if (table.hasPrimaryKey()) {
        addIndex(rows, table, primaryKeyName(table), true, table.primaryKey());
      }
      for (List<Integer> key : table.uniqueKeys()) {
        addIndex(rows, table, uniqueKeyName(table, key), true, key);
      }
      for (IndexDef index : catalog.indexes()) {
        if (index.target() instanceof IndexTarget.TableColumns(int id, var columns)
            && id == table.id()
            && (index.unique() || !onlyUnique)) {
          addIndex(rows, table, index.name(), index.unique(), columns);
        }
      }
    }
    return rows.sorted(3, 6, 5, 7);
  }

  private static void addIndex(
      FixedRows rows, TableDef table, String name, boolean isUnique, List<Integer> columns) {
    long position = 1;
    for (int column : columns) {
      rows.add(
          SABOT,
          table.schema(),
          table.name(),
          !isUnique,
          null,
          name,
          (long) DatabaseMetaData.tableIndexOther,
          position++,
          table.column(column).name(),
          "A",
          null,
          null,
          null);
    }
  }
}
