package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.Comments;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.MaterializedViewDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/// The tables of `information_schema`, as far as the catalog has something to say; `table_comment`
/// and `column_comment` are added to those of the standard.
final class InformationSchema {
  static final String NAME = "information_schema";
  private static final String CATALOG = "sabot";

  private final SqlBinder binder;
  private final Catalog catalog;
  private final Map<String, Table> tables = new TreeMap<>();

  private InformationSchema(SqlBinder binder) {
    this.binder = binder;
    this.catalog = binder.catalog;
  }

  static Map<String, Table> of(SqlBinder binder) {
    InformationSchema schema = new InformationSchema(binder);
    schema.add("schemata", schema::schemata, "catalog_name schema_name schema_owner");
    schema.add(
        "tables",
        schema::tables,
        "table_catalog table_schema table_name table_type is_insertable_into table_comment");
    schema.add(
        "columns",
        schema::columns,
        "table_catalog table_schema table_name column_name ordinal_position column_default"
            + " is_nullable data_type numeric_precision numeric_scale is_identity"
            + " identity_generation is_generated generation_expression column_comment");
    schema.add("views", schema::views, "table_catalog table_schema table_name view_definition");
    schema.add(
        "materialized_views",
        schema::materializedViews,
        "table_catalog table_schema table_name view_language view_definition is_populated");
    schema.add("rdf_mappings", schema::rdfMappings, "mapping_name mapping_definition");
    schema.add(
        "sequences",
        schema::sequences,
        "sequence_catalog sequence_schema sequence_name data_type start_value minimum_value"
            + " maximum_value increment cycle_option");
    schema.add(
        "routines",
        schema::routines,
        "routine_catalog routine_schema routine_name routine_type data_type routine_body"
            + " routine_definition");
    ConstraintRows constraints = new ConstraintRows(schema.catalog);
    schema.add(
        "table_constraints",
        constraints::constraints,
        "constraint_catalog constraint_schema constraint_name table_catalog table_schema"
            + " table_name constraint_type");
    schema.add(
        "key_column_usage",
        constraints::keyColumns,
        "constraint_catalog constraint_schema constraint_name table_catalog table_schema"
            + " table_name column_name ordinal_position position_in_unique_constraint");
    schema.add(
        "referential_constraints",
        constraints::references,
        "constraint_catalog constraint_schema constraint_name unique_constraint_schema"
            + " unique_table_name update_rule delete_rule");
    schema.add(
        "check_constraints",
        constraints::checks,
        "constraint_catalog constraint_schema constraint_name check_clause");
    return schema.tables;
  }

  /// Makes the rows of a table.
  private interface RowMaker {
    List<List<@Nullable Object>> rows();
  }

  private void add(String name, RowMaker rows, String columns) {
    tables.put(name, new SystemTable(List.of(columns.split(" ")), rows::rows));
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(cells);
  }

  private List<List<@Nullable Object>> schemata() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    catalog.schemas().forEach(name -> rows.add(row(CATALOG, name, CATALOG)));
    rows.add(row(CATALOG, NAME, CATALOG));
    for (String name : NativeTables.SCHEMAS) {
      if (!catalog.schemas().contains(name)) {
        rows.add(row(CATALOG, name, CATALOG));
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> tables() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableDef table : catalog.tables()) {
      String comment = catalog.comments().get(Comments.ofRelation(table.id()));
      boolean isView = catalog.materializedView(table.id()).isPresent();
      String kind = isView ? "MATERIALIZED VIEW" : "BASE TABLE";
      rows.add(row(CATALOG, table.schema(), table.name(), kind, isView ? "NO" : "YES", comment));
    }
    for (ViewDef view : catalog.views()) {
      String comment = catalog.comments().get(Comments.ofRelation(view.id()));
      rows.add(row(CATALOG, view.schema(), view.name(), "VIEW", "NO", comment));
    }
    tables.keySet().forEach(name -> rows.add(row(CATALOG, NAME, name, "VIEW", "NO", null)));
    natives((schema, name, _) -> rows.add(row(CATALOG, schema, name, "VIEW", "NO", null)));
    return rows;
  }

  /// Is told a table that is made of the graph or the quads.
  private interface NativeSink {
    void take(String schema, String name, NativeTables.NativeTable table);
  }

  /// All that no stored table hides.
  private void natives(NativeSink sink) {
    for (String schema : NativeTables.SCHEMAS) {
      NativeTables.of(schema, binder)
          .forEach((name, table) -> {
            if (catalog.table(schema, name).isEmpty()
                && catalog.view(schema + "." + name).isEmpty()) {
              sink.take(schema, name, (NativeTables.NativeTable) table);
            }
          });
    }
  }

  private List<List<@Nullable Object>> materializedViews() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (MaterializedViewDef view : catalog.materializedViews()) {
      TableDef table = catalog.table(view.tableId()).orElseThrow();
      rows.add(
          row(
              CATALOG,
              table.schema(),
              table.name(),
              view.language(),
              view.query(),
              view.isPopulated() ? "YES" : "NO"));
    }
    return rows;
  }

  private List<List<@Nullable Object>> rdfMappings() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    catalog.rdfMappings().forEach(mapping -> rows.add(row(mapping.name(), mapping.document())));
    return rows;
  }

  // ---- columns

  private List<List<@Nullable Object>> columns() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableDef table : catalog.tables()) {
      int position = 1;
      for (ColumnDef column : table.columns()) {
        rows.add(column(table, column, position++));
      }
    }
    for (ViewDef view : catalog.views()) {
      int position = 1;
      for (OutputColumn column : outputs(view)) {
        Type type = column.column().type();
        boolean isNullable = column.column().nullable();
        rows.add(plain(view.schema(), view.name(), column.name(), position++, isNullable, type));
      }
    }
    tables.forEach((name, table) -> {
      int position = 1;
      for (String column : ((SystemTable) table).names()) {
        rows.add(plain(NAME, name, column, position++, true, Type.STRING));
      }
    });
    natives((schema, name, table) -> {
      int position = 1;
      for (String column : table.names()) {
        Type type = table.columns().get(position - 1).type();
        rows.add(plain(schema, name, column, position++, true, type));
      }
    });
    return rows;
  }

  private static List<@Nullable Object> plain(
      String schema, String table, String column, int position, boolean nullable, Type type) {
    return row(
        CATALOG,
        schema,
        table,
        column,
        position,
        null,
        nullable ? "YES" : "NO",
        typeName(type),
        precision(type),
        scale(type),
        "NO",
        null,
        "NEVER",
        null,
        null);
  }

  private List<@Nullable Object> column(TableDef table, ColumnDef column, int position) {
    List<@Nullable Object> cells =
        new ArrayList<>(
            plain(
                table.schema(),
                table.name(),
                column.name(),
                position,
                column.nullable() && !table.primaryKey().contains(column.id()),
                column.type()));
    switch (column.value()) {
      case ColumnValue.Default(String text) -> cells.set(5, text);
      case ColumnValue.Generated(String text) -> {
        cells.set(12, "ALWAYS");
        cells.set(13, text);
      }
      case ColumnValue.Identity(_, boolean always) -> {
        cells.set(10, "YES");
        cells.set(11, always ? "ALWAYS" : "BY DEFAULT");
      }
      case null -> {}
    }
    cells.set(14, catalog.comments().get(Comments.ofColumn(table.id(), column.id())));
    return cells;
  }

  /// The columns of a view; none of one that holds no more.
  private List<OutputColumn> outputs(ViewDef view) {
    try {
      return binder.plan(view.language(), view.text(), Map.of()).columns();
    } catch (QueryException broken) {
      return List.of();
    }
  }

  /// As PostgreSQL calls it.
  static String typeName(Type type) {
    return switch (type) {
      case Type.Int(int bits) ->
          bits == 64 ? "bigint" : bits == 32 ? "integer" : bits == 16 ? "smallint" : "tinyint";
      case Type.Floating(int bits) -> bits == 32 ? "real" : "double precision";
      case Type.Decimal _ -> "numeric";
      case Type.ListOf _ -> "ARRAY";
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> "boolean";
            case STRING -> "text";
            case BYTES -> "bytea";
            case TIME -> "time without time zone";
            case TIMESTAMP -> "timestamp without time zone";
            case TIMESTAMPTZ -> "timestamp with time zone";
            default -> String.valueOf(type).toLowerCase(Locale.ROOT);
          };
    };
  }

  private static @Nullable Integer precision(Type type) {
    return switch (type) {
      case Type.Int(int bits) -> bits;
      case Type.Floating(int bits) -> bits == 32 ? 24 : 53;
      case Type.Decimal(int precision, _) -> precision;
      default -> null;
    };
  }

  private static @Nullable Integer scale(Type type) {
    return switch (type) {
      case Type.Int _ -> 0;
      case Type.Decimal(_, int scale) -> scale;
      default -> null;
    };
  }

  // ---- the rest

  private List<List<@Nullable Object>> views() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ViewDef view : catalog.views()) {
      rows.add(row(CATALOG, view.schema(), view.name(), view.text()));
    }
    return rows;
  }

  private List<List<@Nullable Object>> sequences() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SequenceDef s : catalog.sequences()) {
      rows.add(
          row(
              CATALOG,
              s.schema(),
              s.name(),
              "bigint",
              Long.toString(s.start()),
              Long.toString(s.min()),
              Long.toString(s.max()),
              Long.toString(s.increment()),
              s.cycle() ? "YES" : "NO"));
    }
    return rows;
  }

  private List<List<@Nullable Object>> routines() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (UserFunction function : catalog.userFunctions()) {
      FunctionDef stored =
          catalog.functions().stream()
              .filter(f -> f.name().equalsIgnoreCase(function.name()))
              .findFirst()
              .orElse(null);
      FunctionDef sql = function instanceof UserFunction.Inlined ? stored : null;
      rows.add(
          row(
              CATALOG,
              sql == null ? CatalogReader.DEFAULT_SCHEMA : sql.schema(),
              function.name(),
              function instanceof UserFunction.Aggregate ? "AGGREGATE" : "FUNCTION",
              typeName(function.returns()),
              sql == null ? "EXTERNAL" : "SQL",
              sql == null ? null : sql.text().strip()));
    }
    return rows;
  }

  /// Constraints have the names of PostgreSQL where they were given none.
  private static final class ConstraintRows {
    private final Catalog catalog;

    ConstraintRows(Catalog catalog) {
      this.catalog = catalog;
    }

    /// A key and what it is called.
    private record Key(String name, String type, List<Integer> columns) {}

    private List<Key> keys(TableDef table) {
      List<Key> keys = new ArrayList<>();
      if (table.hasPrimaryKey()) {
        keys.add(new Key(table.name() + "_pkey", "PRIMARY KEY", table.primaryKey()));
      }
      for (List<Integer> unique : table.uniqueKeys()) {
        String columns =
            String.join("_", unique.stream().map(c -> table.column(c).name()).toList());
        keys.add(new Key(table.name() + "_" + columns + "_key", "UNIQUE", unique));
      }
      for (IndexDef index : catalog.indexes()) {
        if (index.unique()
            && index.target() instanceof IndexTarget.TableColumns(int tableId, var columns)
            && tableId == table.id()) {
          keys.add(new Key(index.name(), "UNIQUE", columns));
        }
      }
      return keys;
    }

    List<List<@Nullable Object>> constraints() {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (TableDef table : catalog.tables()) {
        keys(table).forEach(key -> rows.add(constraint(table, key.name(), key.type())));
        for (ForeignKeyDef key : table.foreignKeys()) {
          rows.add(constraint(table, key.name(), "FOREIGN KEY"));
        }
        for (CheckDef check : table.checks()) {
          rows.add(constraint(table, check.name(), "CHECK"));
        }
      }
      return rows;
    }

    private static List<@Nullable Object> constraint(TableDef table, String name, String type) {
      return row(CATALOG, table.schema(), name, CATALOG, table.schema(), table.name(), type);
    }

    List<List<@Nullable Object>> keyColumns() {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (TableDef table : catalog.tables()) {
        for (Key key : keys(table)) {
          for (int i = 0; i < key.columns().size(); i++) {
            rows.add(keyColumn(table, key.name(), key.columns().get(i), i + 1, null));
          }
        }
        for (ForeignKeyDef key : table.foreignKeys()) {
          for (int i = 0; i < key.columns().size(); i++) {
            rows.add(keyColumn(table, key.name(), key.columns().get(i), i + 1, i + 1));
          }
        }
      }
      return rows;
    }

    private static List<@Nullable Object> keyColumn(
        TableDef table, String name, int column, int position, @Nullable Integer unique) {
      return row(
          CATALOG,
          table.schema(),
          name,
          CATALOG,
          table.schema(),
          table.name(),
          table.column(column).name(),
          position,
          unique);
    }

    List<List<@Nullable Object>> references() {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (TableDef table : catalog.tables()) {
        for (ForeignKeyDef key : table.foreignKeys()) {
          catalog
              .table(key.targetTable())
              .ifPresent(target ->
                  rows.add(
                      row(
                          CATALOG,
                          table.schema(),
                          key.name(),
                          target.schema(),
                          target.name(),
                          "NO ACTION",
                          "NO ACTION")));
        }
      }
      return rows;
    }

    List<List<@Nullable Object>> checks() {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (TableDef table : catalog.tables()) {
        for (CheckDef check : table.checks()) {
          rows.add(row(CATALOG, table.schema(), check.name(), check.condition()));
        }
      }
      return rows;
    }
  }
}
