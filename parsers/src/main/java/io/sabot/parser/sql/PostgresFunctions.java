package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// Functions of PostgreSQL that Calcite's library for it lacks. Each is lowered to `sql.` and its
/// name; to add one, put it here and its meaning into `SqlFunctions`.
final class PostgresFunctions {
  static final List<SqlFunction> ALL =
      List.of(
          SqlBasicFunction.create("NEXTVAL", ReturnTypes.BIGINT, OperandTypes.STRING)
              .withDeterministic(false),
          SqlBasicFunction.create("CURRVAL", ReturnTypes.BIGINT, OperandTypes.STRING)
              .withDeterministic(false),
          SqlBasicFunction.create(
                  "SETVAL",
                  ReturnTypes.BIGINT,
                  OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER)
                      .or(
                          OperandTypes.family(
                              SqlTypeFamily.CHARACTER,
                              SqlTypeFamily.INTEGER,
                              SqlTypeFamily.BOOLEAN)))
              .withDeterministic(false),
          SqlBasicFunction.create("REVERSE", ReturnTypes.VARCHAR_NULLABLE, OperandTypes.STRING),
          SqlBasicFunction.create(
                  "GEN_RANDOM_UUID",
                  ReturnTypes.explicit(SqlTypeName.VARCHAR),
                  OperandTypes.NILADIC)
              .withDeterministic(false),
          SqlBasicFunction.create(
                  "CLOCK_TIMESTAMP",
                  ReturnTypes.TIMESTAMP,
                  OperandTypes.NILADIC,
                  SqlFunctionCategory.TIMEDATE)
              .withDeterministic(false),
          SqlBasicFunction.create(
              "STATEMENT_TIMESTAMP",
              ReturnTypes.TIMESTAMP,
              OperandTypes.NILADIC,
              SqlFunctionCategory.TIMEDATE),
          SqlBasicFunction.create(
              "TRANSACTION_TIMESTAMP",
              ReturnTypes.TIMESTAMP,
              OperandTypes.NILADIC,
              SqlFunctionCategory.TIMEDATE),
          SqlBasicFunction.create(
              "NOW", ReturnTypes.TIMESTAMP, OperandTypes.NILADIC, SqlFunctionCategory.TIMEDATE));

  /// The next number of a sequence, by its id.
  static final SqlFunction NEXT_NUMBER =
      SqlBasicFunction.create("$NEXTVAL", ReturnTypes.BIGINT, OperandTypes.ANY)
          .withDeterministic(false);

  private PostgresFunctions() {}
}
