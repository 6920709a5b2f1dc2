package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.FileTable;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.NullInitializerExpressionFactory;
import org.jspecify.annotations.Nullable;

/// Our catalog as Calcite reads it.
final class CatalogReader {
  static final String DEFAULT_SCHEMA = "main";

  /// The schema of tables that only one statement knows.
  static final String GIVEN = "$given";

  /// PostgreSQL's type names that Calcite's parser does not know.
  private static final Map<String, Type> TYPE_NAMES =
      Map.ofEntries(
          Map.entry("text", Type.STRING),
          Map.entry("string", Type.STRING),
          Map.entry("bool", Type.BOOL),
          Map.entry("int2", new Type.Int(16)),
          Map.entry("int4", Type.INT32),
          Map.entry("int8", Type.INT64),
          Map.entry("float4", new Type.Floating(32)),
          Map.entry("float8", Type.FLOAT64),
          Map.entry("bytea", Type.BYTES),
          Map.entry("json", Type.JSON),
          Map.entry("jsonb", Type.JSONB),
          Map.entry("$date", Type.DATE),
          Map.entry("$time", Type.TIME),
          Map.entry("$timestamp", Type.TIMESTAMP));

  private CatalogReader() {}

  static CalciteCatalogReader of(
      SqlBinder binder, RelDataTypeFactory types, Map<String, Table> given) {
    Map<String, Map<String, Table>> schemas = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    schemas.put(GIVEN, given);
    schemas.put(InformationSchema.NAME, InformationSchema.of(binder));
    schemas.put(DEFAULT_SCHEMA, new TreeMap<>());
    Catalog catalog = binder.catalog;
    for (TableDef table : catalog.tables()) {
      schemas
          .computeIfAbsent(table.schema(), _ -> new TreeMap<>())
          .put(table.name(), new StoredTable(table));
    }
    for (ViewDef view : catalog.views()) {
      schemas
          .computeIfAbsent(view.schema(), _ -> new TreeMap<>())
          .put(view.name(), new View(view, binder));
    }
    schemas.computeIfAbsent(DEFAULT_SCHEMA, _ -> new TreeMap<>()).putAll(binder.files);
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    for (String name : NativeTables.SCHEMAS) {
      Map<String, Table> stored = schemas.remove(name);
      root.add(
          name, schema(() -> NativeTables.of(name, stored == null ? Map.of() : stored, binder)));
    }
    schemas.forEach((name, tables) -> root.add(name, schema(() -> tables)));
    TYPE_NAMES.forEach(
        (name, type) -> root.add(name, factory -> TypeMapping.toCalcite(type, true, factory)));
    root.add(
        "timestamptz",
        factory -> nullable(factory, factory.createSqlType(SqlTypeName.TIMESTAMP_TZ, 6)));
    root.add(
        WrittenLiterals.INTERVAL_TYPE,
        factory -> nullable(factory, DateOperators.ofDays(factory, TimeUnit.SECOND)));
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    return new CalciteCatalogReader(
        root, List.of(DEFAULT_SCHEMA), types, new CalciteConnectionConfigImpl(properties));
  }

  private static RelDataType nullable(RelDataTypeFactory types, RelDataType type) {
    return types.createTypeWithNullability(type, true);
  }

  /// @param tables asked for once, when a statement names the schema
  private static AbstractSchema schema(Supplier<Map<String, Table>> tables) {
    return new AbstractSchema() {
      private @Nullable Map<String, Table> known;

      @Override
      protected Map<String, Table> getTableMap() {
        Map<String, Table> all = known == null ? tables.get() : known;
        known = all;
        return all;
      }
    };
  }

  /// A table of the store.
  static final class StoredTable extends AbstractTable {
    final TableDef definition;

    /// Which columns may be left out; what they get is not said here.
    private final NullInitializerExpressionFactory values =
        new NullInitializerExpressionFactory() {
          @Override
          public ColumnStrategy generationStrategy(RelOptTable table, int column) {
            ColumnDef left = definition.columns().get(column);
            return left.value() != null
                ? ColumnStrategy.DEFAULT
                : left.nullable() ? ColumnStrategy.NULLABLE : ColumnStrategy.NOT_NULLABLE;
          }
        };

    StoredTable(TableDef definition) {
      this.definition = definition;
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
      return wanted.isInstance(values) ? wanted.cast(values) : super.unwrap(wanted);
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      return fields(definition.columns(), types).build();
    }
  }

  /// A table of the store whose rows are to be changed: the last field is where the row is.
  static final class Target extends AbstractTable {
    static final String ADDRESS = "$address";

    final TableDef definition;

    Target(TableDef definition) {
      this.definition = definition;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      return fields(definition.columns(), types)
          .add(ADDRESS, TypeMapping.toCalcite(Type.INT64, false, types))
          .build();
    }
  }

  /// Rows that are bound already; to be used once.
  static final class Given extends AbstractTable {
    final Relation rows;
    private final List<String> names;

    Given(Relation rows, List<String> names) {
      this.rows = rows;
      this.names = List.copyOf(names);
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder builder = types.builder();
      for (int i = 0; i < names.size(); i++) {
        Column column = rows.field(i);
        builder.add(names.get(i), TypeMapping.toCalcite(column.type(), column.nullable(), types));
      }
      return builder.build();
    }
  }

  /// Rows that are made anew for each use.
  static final class Fresh extends AbstractTable {
    final Supplier<Relation> rows;
    private final List<String> names;
    private final List<Type> columnTypes;

    Fresh(Supplier<Relation> rows, List<String> names, List<Type> columnTypes) {
      this.rows = rows;
      this.names = List.copyOf(names);
      this.columnTypes = List.copyOf(columnTypes);
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder builder = types.builder();
      for (int i = 0; i < names.size(); i++) {
        builder.add(names.get(i), TypeMapping.toCalcite(columnTypes.get(i), true, types));
      }
      return builder.build();
    }
  }

  /// The rows of a file.
  static final class FileRows extends AbstractTable {
    final FileTable file;
    private final String path;

    FileRows(String path, FileTable file) {
      this.path = path;
      this.file = file;
    }

    /// The name of the file without its folder and without what comes after the first dot.
    String alias() {
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dot = name.indexOf('.', 1);
      return dot < 0 ? name : name.substring(0, dot);
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      return fields(file.columns(), types).build();
    }
  }

  /// A named query; bound once for its type and once for each use.
  static final class View extends AbstractTable {
    final ViewDef definition;
    private final SqlBinder binder;

    View(ViewDef definition, SqlBinder binder) {
      this.definition = definition;
      this.binder = binder;
    }

    Output bind() {
      return binder.plan(definition.language(), definition.text(), Map.of());
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      return rowType(bind(), types);
    }
  }

  private static RelDataTypeFactory.Builder fields(
      List<ColumnDef> columns, RelDataTypeFactory types) {
    RelDataTypeFactory.Builder builder = types.builder();
    for (ColumnDef column : columns) {
      builder.add(column.name(), TypeMapping.toCalcite(column.type(), column.nullable(), types));
    }
    return builder;
  }

  static RelDataType rowType(Output output, RelDataTypeFactory types) {
    RelDataTypeFactory.Builder builder = types.builder();
    for (OutputColumn column : output.columns()) {
      builder.add(
          column.name(),
          TypeMapping.toCalcite(column.column().type(), column.column().nullable(), types));
    }
    return builder.uniquify().build();
  }
}
