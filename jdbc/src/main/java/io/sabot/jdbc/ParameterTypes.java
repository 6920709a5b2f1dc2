package io.sabot.jdbc;

import io.sabot.engine.JavaValues;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/// The parameters of a statement: each has the type of the value it has now, and any before.
record ParameterTypes(int count, List<Object> values) implements ParameterMetaData, Unwrapping {
  private Type type(int parameter) throws SQLException {
    if (parameter < 1 || parameter > count) {
      throw SqlErrors.argument(
          "there is no parameter " + parameter + ", the statement has " + count + " parameters");
    }
    return parameter <= values.size()
        ? Expr.typeOf(JavaValues.toValue(values.get(parameter - 1)))
        : Type.ANY;
  }

  @Override
  public int getParameterCount() {
    return count;
  }

  @Override
  public int isNullable(int parameter) {
    return parameterNullable;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return SqlTypes.isSigned(type(parameter));
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    return SqlTypes.precision(type(parameter));
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    return SqlTypes.scale(type(parameter));
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return SqlTypes.code(type(parameter));
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return SqlTypes.name(type(parameter));
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return SqlTypes.javaClass(type(parameter)).getName();
  }

  @Override
  public int getParameterMode(int parameter) {
    return parameterModeIn;
  }
}
