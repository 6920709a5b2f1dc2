package io.sabot.parser.sql;

import static io.sabot.parser.sql.PostgresFunction.always;
import static io.sabot.parser.sql.PostgresFunction.atLeast;
import static io.sabot.parser.sql.PostgresFunction.byFirst;
import static io.sabot.parser.sql.PostgresFunction.maybe;
import static io.sabot.parser.sql.PostgresFunction.of;
import static io.sabot.parser.sql.PostgresFunction.strict;
import static io.sabot.parser.sql.PostgresFunction.takes;
import static org.apache.calcite.sql.type.SqlTypeFamily.ANY;
import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.STRING;

import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/// PostgreSQL's functions of text and bytes (manual, sections 9.4, 9.5 and 9.7).
final class TextOperators {
  private static final SqlTypeName TEXT = SqlTypeName.VARCHAR;
  private static final SqlTypeName BYTES = SqlTypeName.VARBINARY;
  private static final SqlTypeName NUMBER = SqlTypeName.INTEGER;

  static final List<SqlFunction> ALL =
      Stream.of(together(), parts(), regexes(), bytes()).flatMap(List::stream).toList();

  private TextOperators() {}

  private static List<SqlFunction> together() {
    return List.of(
        of("CONCAT", always(TEXT), atLeast(1)),
        of("CONCAT_WS", byFirst(TEXT), atLeast(2)),
        of("FORMAT", byFirst(TEXT), atLeast(1)),
        of("QUOTE_LITERAL", strict(TEXT), takes(ANY)),
        of("QUOTE_IDENT", strict(TEXT), takes(CHARACTER)),
        of("QUOTE_NULLABLE", always(TEXT), takes(ANY)));
  }

  private static List<SqlFunction> parts() {
    return List.of(
        of("LTRIM", PostgresFunction::textOrBytes, takes(1, STRING, STRING)),
        of("RTRIM", PostgresFunction::textOrBytes, takes(1, STRING, STRING)),
        of("BTRIM", PostgresFunction::textOrBytes, takes(1, STRING, STRING)),
        of(
            "SUBSTRING",
            PostgresFunction::textOrBytes,
            takes(2, STRING, INTEGER, INTEGER).and(takes(2, CHARACTER, CHARACTER, CHARACTER))),
        of("SUBSTR", PostgresFunction::textOrBytes, takes(2, STRING, INTEGER, INTEGER)),
        of("OVERLAY", PostgresFunction::textOrBytes, takes(3, STRING, STRING, INTEGER, INTEGER)),
        of("LENGTH", strict(NUMBER), takes(STRING)),
        of("TO_HEX", strict(TEXT), takes(INTEGER)),
        of("UNISTR", strict(TEXT), takes(CHARACTER)),
        of("NORMALIZE", strict(TEXT), takes(1, CHARACTER, CHARACTER)));
  }

  private static List<SqlFunction> regexes() {
    return List.of(
        of(
            "REGEXP_REPLACE",
            strict(TEXT),
            takes(3, CHARACTER, CHARACTER, CHARACTER, CHARACTER)
                .and(takes(4, CHARACTER, CHARACTER, CHARACTER, INTEGER, INTEGER, CHARACTER))),
        of("REGEXP_MATCH", PostgresFunction::texts, takes(2, CHARACTER, CHARACTER, CHARACTER)),
        of("REGEXP_LIKE", strict(SqlTypeName.BOOLEAN), takes(2, CHARACTER, CHARACTER, CHARACTER)),
        of("REGEXP_COUNT", strict(NUMBER), takes(2, CHARACTER, CHARACTER, INTEGER, CHARACTER)),
        of(
            "REGEXP_SUBSTR",
            maybe(TEXT),
            takes(2, CHARACTER, CHARACTER, INTEGER, INTEGER, CHARACTER, INTEGER)),
        of(
            "REGEXP_INSTR",
            strict(NUMBER),
            takes(2, CHARACTER, CHARACTER, INTEGER, INTEGER, INTEGER, CHARACTER, INTEGER)),
        of(
            "REGEXP_SPLIT_TO_ARRAY",
            PostgresFunction::texts,
            takes(2, CHARACTER, CHARACTER, CHARACTER)));
  }

  private static List<SqlFunction> bytes() {
    return List.of(
        of("OCTET_LENGTH", strict(NUMBER), takes(STRING)),
        of("BIT_LENGTH", strict(NUMBER), takes(STRING)),
        of("ENCODE", strict(TEXT), takes(STRING, CHARACTER)),
        of("DECODE", strict(BYTES), takes(CHARACTER, CHARACTER)),
        of("CONVERT_FROM", strict(TEXT), takes(STRING, CHARACTER)),
        of("CONVERT_TO", strict(BYTES), takes(CHARACTER, CHARACTER)),
        of("MD5", strict(TEXT), takes(STRING)),
        of("SHA224", strict(BYTES), takes(STRING)),
        of("SHA256", strict(BYTES), takes(STRING)),
        of("SHA384", strict(BYTES), takes(STRING)),
        of("SHA512", strict(BYTES), takes(STRING)),
        of("GET_BYTE", strict(NUMBER), takes(STRING, INTEGER)),
        of("GET_BIT", strict(NUMBER), takes(STRING, INTEGER)),
        of("SET_BYTE", strict(BYTES), takes(STRING, INTEGER, INTEGER)),
        of("SET_BIT", strict(BYTES), takes(STRING, INTEGER, INTEGER)),
        of("BIT_COUNT", strict(SqlTypeName.BIGINT), takes(STRING)));
  }
}
