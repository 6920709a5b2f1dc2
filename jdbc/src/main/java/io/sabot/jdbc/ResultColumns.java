package io.sabot.jdbc;

import io.sabot.plan.type.Type;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/// The columns of a result. Which table a column comes from is not known once a query is planned.
record ResultColumns(List<String> names, List<Type> types)
    implements ResultSetMetaData, Unwrapping {
  private Type type(int column) throws SQLException {
    return types.get(checked(column));
  }

  private int checked(int column) throws SQLException {
    if (column < 1 || column > names.size()) {
      throw SqlErrors.argument(
          "there is no column " + column + ", the result has " + names.size() + " columns");
    }
    return column - 1;
  }

  @Override
  public int getColumnCount() {
    return names.size();
  }

  @Override
  public boolean isAutoIncrement(int column) {
    return false;
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return type(column).equals(Type.STRING);
  }

  @Override
  public boolean isSearchable(int column) {
    return true;
  }

  @Override
  public boolean isCurrency(int column) {
    return false;
  }

  @Override
  public int isNullable(int column) {
    return columnNullableUnknown;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return SqlTypes.isSigned(type(column));
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return SqlTypes.displaySize(type(column));
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return names.get(checked(column));
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return names.get(checked(column));
  }

  @Override
  public String getSchemaName(int column) {
    return "";
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return SqlTypes.precision(type(column));
  }

  @Override
  public int getScale(int column) throws SQLException {
    return SqlTypes.scale(type(column));
  }

  @Override
  public String getTableName(int column) {
    return "";
  }

  @Override
  public String getCatalogName(int column) {
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return SqlTypes.code(type(column));
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return SqlTypes.name(type(column));
  }

  @Override
  public boolean isReadOnly(int column) {
    return true;
  }

  @Override
  public boolean isWritable(int column) {
    return false;
  }

  @Override
  public boolean isDefinitelyWritable(int column) {
    return false;
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return SqlTypes.javaClass(type(column)).getName();
  }
}
