package io.sabot.jdbc;

import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.type.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tools ask of a database. There is one catalog, `sabot`; whatever is asked of another has no
/// rows.
final class SabotMetaData implements Capabilities, Unwrapping {
  private static final String SABOT = SabotConnection.CATALOG;

  private final SabotConnection connection;

  SabotMetaData(SabotConnection connection) {
    this.connection = connection;
  }

  private static boolean isOurs(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty() || catalog.equalsIgnoreCase(SABOT);
  }

  /// Rows that depend on the catalog of names, none when another catalog was asked for.
  private ResultSet rows(@Nullable String catalog, SabotConnection.Work<FixedRows> rows)
      throws SQLException {
    FixedRows all = connection.locked(rows);
    return ResultRows.of(isOurs(catalog) ? all : new FixedRows(all.names(), all.types()));
  }

  private static ResultSet none(String columns) throws SQLException {
    return ResultRows.of(FixedRows.of(columns));
  }

  /// JDBC has an empty name for what has none.
  private static @Nullable String schema(@Nullable String schema) {
    return schema == null || schema.isEmpty() ? null : schema;
  }

  // ---- tables

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] kinds)
      throws SQLException {
    return rows(
        catalog,
        session ->
            new CatalogRows(session)
                .tables(
                    new NamePattern(schema(schemaPattern)), new NamePattern(tablePattern), kinds));
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return rows(
        catalog,
        session ->
            new CatalogRows(session)
                .columns(
                    new NamePattern(schema(schemaPattern)),
                    new NamePattern(tablePattern),
                    new NamePattern(columnPattern)));
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    NamePattern wanted = new NamePattern(pattern);
    return rows(
        catalog,
        session -> {
          FixedRows rows = FixedRows.of("TABLE_SCHEM TABLE_CATALOG");
          for (String schema : session.catalog().schemas()) {
            if (wanted.matches(schema)) {
              rows.add(schema, SABOT);
            }
          }
          if (wanted.matches("information_schema")) {
            rows.add("information_schema", SABOT);
          }
          return rows.sorted(0);
        });
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return ResultRows.of(FixedRows.of("TABLE_CAT").add(SABOT));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return ResultRows.of(
        FixedRows.of("TABLE_TYPE")
            .add(CatalogRows.MATERIALIZED_VIEW)
            .add(CatalogRows.SYSTEM_VIEW)
            .add(CatalogRows.TABLE)
            .add(CatalogRows.VIEW));
  }

  // ---- keys

  @Override
  public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return rows(
        catalog, session -> new KeyRows(session.catalog()).primaryKeys(schema(schema), table));
  }

  @Override
  public ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return rows(
        catalog,
        session ->
            new KeyRows(session.catalog()).foreignKeys(null, null, schema(schema), table, true));
  }

  @Override
  public ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    return rows(
        catalog,
        session ->
            new KeyRows(session.catalog()).foreignKeys(schema(schema), table, null, null, false));
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parent,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table)
      throws SQLException {
    return rows(
        isOurs(parentCatalog) ? catalog : parentCatalog,
        session ->
            new KeyRows(session.catalog())
                .foreignKeys(schema(parentSchema), parent, schema(schema), table, false));
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      String table,
      boolean onlyUnique,
      boolean approximate)
      throws SQLException {
    return rows(
        catalog,
        session -> new KeyRows(session.catalog()).indexes(schema(schema), table, onlyUnique));
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, String table, int scope, boolean nullable)
      throws SQLException {
    return rows(
        catalog,
        session -> new KeyRows(session.catalog()).bestRowIdentifier(schema(schema), table));
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, String table) throws SQLException {
    return none(
        "SCOPE# COLUMN_NAME DATA_TYPE# TYPE_NAME COLUMN_SIZE# BUFFER_LENGTH# DECIMAL_DIGITS#"
            + " PSEUDO_COLUMN#");
  }

  // ---- types

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    FixedRows rows =
        FixedRows.of(
            "TYPE_NAME DATA_TYPE# PRECISION# LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE#"
                + " CASE_SENSITIVE SEARCHABLE# UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT"
                + " LOCAL_TYPE_NAME MINIMUM_SCALE# MAXIMUM_SCALE# SQL_DATA_TYPE#"
                + " SQL_DATETIME_SUB# NUM_PREC_RADIX#");
    List<Type> types =
        List.of(
            Type.BOOL,
            new Type.Int(8),
            new Type.Int(16),
            Type.INT32,
            Type.INT64,
            new Type.Floating(32),
            Type.FLOAT64,
            new Type.Decimal(Type.Decimal.MAX_PRECISION, Type.Decimal.MAX_PRECISION),
            Type.STRING,
            Type.BYTES,
            Type.DATE,
            Type.TIME,
            Type.TIMESTAMP,
            Type.UUID);
    types.forEach(type -> rows.add(typeRow(type)));
    return ResultRows.of(rows.sorted(1));
  }

  private static List<@Nullable Object> typeRow(Type type) {
    boolean isText = type.equals(Type.STRING);
    boolean isTime = type.equals(Type.DATE) || SqlTypes.scale(type) == 9;
    String prefix = isText ? "'" : isTime ? SqlTypes.name(type) + " '" : null;
    return java.util.Arrays.asList(
        SqlTypes.name(type),
        (long) SqlTypes.code(type),
        (long) SqlTypes.precision(type),
        prefix,
        prefix == null ? null : "'",
        type instanceof Type.Decimal ? "precision,scale" : null,
        (long) typeNullable,
        isText,
        (long) typeSearchable,
        !SqlTypes.isSigned(type),
        false,
        type instanceof Type.Int(int bits) && bits > 8,
        null,
        0L,
        (long) SqlTypes.scale(type),
        null,
        null,
        10L);
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      int @Nullable [] types)
      throws SQLException {
    return none("TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE# REMARKS BASE_TYPE#");
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typePattern)
      throws SQLException {
    return none("TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME");
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return none("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME");
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String typePattern,
      @Nullable String attributePattern)
      throws SQLException {
    return none(
        "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE# ATTR_TYPE_NAME ATTR_SIZE#"
            + " DECIMAL_DIGITS# NUM_PREC_RADIX# NULLABLE# REMARKS ATTR_DEF SQL_DATA_TYPE#"
            + " SQL_DATETIME_SUB# CHAR_OCTET_LENGTH# ORDINAL_POSITION# IS_NULLABLE SCOPE_CATALOG"
            + " SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE#");
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return none(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE# COLUMN_SIZE# DECIMAL_DIGITS#"
            + " NUM_PREC_RADIX# COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH# IS_NULLABLE");
  }

  // ---- procedures and functions

  /// What Cypher's CALL knows.
  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    NamePattern wanted = new NamePattern(namePattern);
    return rows(
        catalog,
        session -> {
          FixedRows rows =
              FixedRows.of(
                  "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME R1 R2 R3 REMARKS PROCEDURE_TYPE#"
                      + " SPECIFIC_NAME");
          for (ProcedureDef procedure : session.catalog().procedures()) {
            if (wanted.matches(procedure.name())) {
              rows.add(
                  SABOT,
                  null,
                  procedure.name(),
                  null,
                  null,
                  null,
                  "CALL " + procedure.name() + " in Cypher",
                  (long) procedureReturnsResult,
                  procedure.name());
            }
          }
          return rows.sorted(2);
        });
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    NamePattern name = new NamePattern(namePattern);
    NamePattern column = new NamePattern(columnPattern);
    return rows(
        catalog,
        session -> {
          FixedRows rows =
              FixedRows.of(
                  "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE#"
                      + " DATA_TYPE# TYPE_NAME PRECISION# LENGTH# SCALE# RADIX# NULLABLE# REMARKS"
                      + " COLUMN_DEF SQL_DATA_TYPE# SQL_DATETIME_SUB# CHAR_OCTET_LENGTH#"
                      + " ORDINAL_POSITION# IS_NULLABLE SPECIFIC_NAME");
          for (ProcedureDef procedure : session.catalog().procedures()) {
            if (name.matches(procedure.name())) {
              fields(rows, procedure, procedure.inputs(), procedureColumnIn, column);
              fields(rows, procedure, procedure.outputs(), procedureColumnResult, column);
            }
          }
          return rows.sorted(2, 4, 17);
        });
  }

  private static void fields(
      FixedRows rows,
      ProcedureDef procedure,
      List<ProcedureDef.Field> fields,
      int kind,
      NamePattern wanted) {
    long position = 1;
    for (ProcedureDef.Field field : fields) {
      if (wanted.matches(field.name())) {
        Type type = field.type();
        rows.add(
            SABOT,
            null,
            procedure.name(),
            field.name(),
            (long) kind,
            (long) SqlTypes.code(type),
            SqlTypes.name(type),
            (long) SqlTypes.precision(type),
            null,
            (long) SqlTypes.scale(type),
            10L,
            (long) procedureNullable,
            null,
            null,
            null,
            null,
            null,
            position,
            "YES",
            procedure.name());
      }
      position++;
    }
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    NamePattern wanted = new NamePattern(namePattern);
    return rows(
        catalog,
        session -> {
          FixedRows rows =
              FixedRows.of(
                  "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE#"
                      + " SPECIFIC_NAME");
          for (UserFunction function : session.catalog().userFunctions()) {
            if (wanted.matches(function.name())) {
              rows.add(
                  SABOT,
                  SabotConnection.SCHEMA,
                  function.name(),
                  function instanceof UserFunction.Aggregate ? "aggregate" : null,
                  (long) functionNoTable,
                  function.name());
            }
          }
          return rows.sorted(2);
        });
  }

  /// What a function returns comes first, without a name.
  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    NamePattern name = new NamePattern(namePattern);
    NamePattern column = new NamePattern(columnPattern);
    return rows(
        catalog,
        session -> {
          FixedRows rows =
              FixedRows.of(
                  "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE# DATA_TYPE#"
                      + " TYPE_NAME PRECISION# LENGTH# SCALE# RADIX# NULLABLE# REMARKS"
                      + " CHAR_OCTET_LENGTH# ORDINAL_POSITION# IS_NULLABLE SPECIFIC_NAME");
          for (UserFunction function : session.catalog().userFunctions()) {
            if (name.matches(function.name())) {
              arguments(rows, function, column);
            }
          }
          return rows.sorted(2, 14);
        });
  }

  private static void arguments(FixedRows rows, UserFunction function, NamePattern column) {
    if (column.matches("")) {
      rows.add(argument(function, "", functionReturn, function.returns(), 0));
    }
    long position = 1;
    for (ProcedureDef.Field field : function.parameters()) {
      if (column.matches(field.name())) {
        rows.add(argument(function, field.name(), functionColumnIn, field.type(), position));
      }
      position++;
    }
  }

  private static List<@Nullable Object> argument(
      UserFunction function, String name, int kind, Type type, long position) {
    return java.util.Arrays.asList(
        SABOT,
        SabotConnection.SCHEMA,
        function.name(),
        name,
        (long) kind,
        (long) SqlTypes.code(type),
        SqlTypes.name(type),
        (long) SqlTypes.precision(type),
        null,
        (long) SqlTypes.scale(type),
        10L,
        (long) functionNullable,
        null,
        null,
        position,
        "YES",
        function.name());
  }

  // ---- rights: whoever may open the directory may do everything

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String columnPattern)
      throws SQLException {
    return none(
        "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
      throws SQLException {
    return none("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return none("NAME MAX_LEN# DEFAULT_VALUE DESCRIPTION");
  }

  // ---- about the database

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public String getURL() {
    return connection.url();
  }

  @Override
  public String getUserName() {
    return "";
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public String getDatabaseProductVersion() {
    return getDriverVersion();
  }

  @Override
  public String getDriverVersion() {
    return SabotDriver.MAJOR + "." + SabotDriver.MINOR;
  }

  @Override
  public String getSQLKeywords() {
    return "ANALYZE,ASOF,COPY,EXCLUDE,EXPLAIN,ILIKE,PROFILE,QUALIFY,RETURNING,SHOW";
  }

  @Override
  public String getNumericFunctions() {
    return "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,DEGREES,EXP,FLOOR,LOG10,MOD,PI,POWER,RADIANS,"
        + "ROUND,SIGN,SIN,SQRT,TAN";
  }

  @Override
  public String getStringFunctions() {
    return "CONCAT,LCASE,LENGTH,LOCATE,LTRIM,REPLACE,RTRIM,SUBSTRING,UCASE";
  }

  @Override
  public String getSystemFunctions() {
    return "IFNULL";
  }

  @Override
  public String getTimeDateFunctions() {
    return "CURDATE,DAYOFMONTH,HOUR,MINUTE,MONTH,NOW,SECOND,YEAR";
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_READ_UNCOMMITTED
        || level == Connection.TRANSACTION_READ_COMMITTED
        || level == Connection.TRANSACTION_REPEATABLE_READ
        || level == Connection.TRANSACTION_SERIALIZABLE;
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return supportsResultSetType(type) && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  /// By CAST, whatever the types; not by the escape `{fn convert}`.
  @Override
  public boolean supportsConvert() {
    return false;
  }

  @Override
  public boolean supportsConvert(int from, int to) {
    return false;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }
}
