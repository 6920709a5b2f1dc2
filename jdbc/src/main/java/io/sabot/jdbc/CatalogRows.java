package io.sabot.jdbc;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Session;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.Comments;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What there is of tables and columns, as the metadata of JDBC shows it.
final class CatalogRows {
  static final String TABLE = "TABLE";
  static final String MATERIALIZED_VIEW = "MATERIALIZED VIEW";
  static final String VIEW = "VIEW";
  static final String SYSTEM_VIEW = "SYSTEM VIEW";
  private static final String INFORMATION_SCHEMA = "information_schema";
  private static final String SABOT = SabotConnection.CATALOG;

  private final Session session;
  private final Catalog catalog;

  CatalogRows(Session session) {
    this.session = session;
    this.catalog = session.catalog();
  }

  /// A table or view.
  ///
  /// @param table null for a view
  record Relation(
      String schema, String name, String kind, @Nullable String comment, @Nullable TableDef table) {
    String quoted() {
      return '"' + schema.replace("\"", "\"\"") + "\".\"" + name.replace("\"", "\"\"") + '"';
    }
  }

  List<Relation> relations(NamePattern schema, NamePattern name) {
    List<Relation> all = new ArrayList<>();
    for (TableDef table : catalog.tables()) {
      String comment = catalog.comments().get(Comments.ofRelation(table.id()));
      String kind = catalog.materializedView(table.id()).isPresent() ? MATERIALIZED_VIEW : TABLE;
      all.add(new Relation(table.schema(), table.name(), kind, comment, table));
    }
    for (ViewDef view : catalog.views()) {
      String comment = catalog.comments().get(Comments.ofRelation(view.id()));
      all.add(new Relation(view.schema(), view.name(), VIEW, comment, null));
    }
    if (schema.matches(INFORMATION_SCHEMA)) {
      for (String system : systemViews()) {
        all.add(new Relation(INFORMATION_SCHEMA, system, SYSTEM_VIEW, null, null));
      }
    }
    return all.stream().filter(r -> schema.matches(r.schema()) && name.matches(r.name())).toList();
  }

  private List<String> systemViews() {
    List<String> names = new ArrayList<>();
    String text =
        "SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = 'information_schema'";
    try (Result result = session.run(Language.SQL, text)) {
      result.forEachRemaining(row -> names.add(String.valueOf(row.get(0))));
    }
    return names;
  }

  FixedRows tables(NamePattern schema, NamePattern name, String @Nullable [] kinds) {
    FixedRows rows =
        FixedRows.of(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                + " SELF_REFERENCING_COL_NAME REF_GENERATION");
    for (Relation r : relations(schema, name)) {
      if (kinds == null || List.of(kinds).contains(r.kind())) {
        rows.add(SABOT, r.schema(), r.name(), r.kind(), r.comment(), null, null, null, null, null);
      }
    }
    return rows.sorted(3, 0, 1, 2);
  }

  // ---- columns

  FixedRows columns(NamePattern schema, NamePattern table, NamePattern column) {
    FixedRows rows =
        FixedRows.of(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE# TYPE_NAME COLUMN_SIZE#"
                + " BUFFER_LENGTH# DECIMAL_DIGITS# NUM_PREC_RADIX# NULLABLE# REMARKS COLUMN_DEF"
                + " SQL_DATA_TYPE# SQL_DATETIME_SUB# CHAR_OCTET_LENGTH# ORDINAL_POSITION#"
                + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE#"
                + " IS_AUTOINCREMENT IS_GENERATEDCOLUMN");
    for (Relation relation : relations(schema, table)) {
      int position = 1;
      for (ColumnDef each : columns(relation)) {
        if (column.matches(each.name())) {
          rows.add(row(relation, each, position));
        }
        position++;
      }
    }
    return rows.sorted(0, 1, 2, 16);
  }

  private List<ColumnDef> columns(Relation relation) {
    if (relation.table() != null) {
      return relation.table().columns();
    }
    List<ColumnDef> columns = new ArrayList<>();
    try {
      Session.Description found =
          session.describe(Language.SQL, "SELECT * FROM " + relation.quoted(), Map.of());
      for (int i = 0; i < found.columns().size(); i++) {
        columns.add(new ColumnDef(i + 1, found.columns().get(i), found.types().get(i), true));
      }
    } catch (QueryException broken) {
      // A view over what is gone has no columns to show.
      return List.of();
    }
    return columns;
  }

  private List<@Nullable Object> row(Relation relation, ColumnDef column, int position) {
    TableDef table = relation.table();
    boolean isKey = table != null && table.primaryKey().contains(column.id());
    boolean isNullable = column.nullable() && !isKey;
    Type type = column.type();
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(SABOT);
    cells.add(relation.schema());
    cells.add(relation.name());
    cells.add(column.name());
    cells.add((long) SqlTypes.code(type));
    cells.add(SqlTypes.name(type));
    cells.add((long) SqlTypes.precision(type));
    cells.add(null);
    cells.add(hasScale(type) ? (long) SqlTypes.scale(type) : null);
    cells.add(10L);
    cells.add(
        (long) (isNullable ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls));
    cells.add(
        table == null ? null : catalog.comments().get(Comments.ofColumn(table.id(), column.id())));
    cells.add(defaultText(column));
    cells.add(null);
    cells.add(null);
    cells.add(type.equals(Type.STRING) ? (long) SqlTypes.UNLIMITED : null);
    cells.add((long) position);
    cells.add(isNullable ? "YES" : "NO");
    cells.add(null);
    cells.add(null);
    cells.add(null);
    cells.add(null);
    cells.add(column.value() instanceof ColumnValue.Identity ? "YES" : "NO");
    cells.add(column.isGenerated() ? "YES" : "NO");
    return cells;
  }

  private static boolean hasScale(Type type) {
    int code = SqlTypes.code(type);
    return type instanceof Type.Int
        || type instanceof Type.Decimal
        || code == Types.TIME
        || code == Types.TIMESTAMP
        || code == Types.TIMESTAMP_WITH_TIMEZONE;
  }

  private static @Nullable String defaultText(ColumnDef column) {
    return switch (column.value()) {
      case ColumnValue.Default(String text) -> text;
      case ColumnValue.Generated(String text) -> text;
      case ColumnValue.Identity _ -> null;
      case null -> null;
    };
  }
}
