package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Forms of times whose grammar or whose types are Calcite's own: `EXTRACT(unit FROM time)`, whose
/// unit may be quoted, `date_part`, `date_trunc` of three arguments, `make_interval(days => 3)`,
/// and `INTERVAL '1' MONTH`, which becomes an interval of any units.
final class TimeForms {
  /// What stands for DATE_TRUNC, for which the parser has a form of two arguments.
  private static final String TRUNC = "date_trun$";

  private static final List<String> INTERVAL_PARTS =
      List.of("YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS", "MINS", "SECS");

  private final String text;

  private TimeForms(String text) {
    this.text = text;
  }

  static TimeForms of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.contains("date_trunc") && !lower.contains("extract")) {
      return new TimeForms(text);
    }
    StringBuilder out = new StringBuilder(text);
    List<Token> tokens = Scanner.scan(text);
    for (int i = 0; i + 2 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Token.Kind.WORD && tokens.get(i + 1).is("(")) {
        Token first = tokens.get(i + 2);
        if (token.is("DATE_TRUNC")) {
          out.replace(token.start(), token.end(), TRUNC);
        } else if (token.is("EXTRACT") && isQuotedName(first)) {
          out.setCharAt(first.start(), ' ');
          out.setCharAt(first.end() - 1, ' ');
        }
      }
    }
    return new TimeForms(out.toString());
  }

  /// `'year'`, as EXTRACT may have its unit.
  private static boolean isQuotedName(Token token) {
    return token.kind() == Token.Kind.STRING
        && token.end() - token.start() == token.text().length() + 2
        && !token.text().isEmpty()
        && token.text().chars().allMatch(c -> Character.isLetter(c) || c == '_');
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return Objects.requireNonNull(read.accept(new Rewriter()));
  }

  private static final class Rewriter extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
      return literal instanceof SqlIntervalLiteral interval ? interval(interval) : literal;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call instanceof SqlWindow window) {
        return window(window);
      }
      SqlCall changed = (SqlCall) Objects.requireNonNull(super.visit(call));
      return called(changed);
    }

    /// The bounds of a frame have to be literals.
    private SqlNode window(SqlWindow window) {
      SqlWindow changed = (SqlWindow) Objects.requireNonNull(super.visit(window));
      changed.setLowerBound(window.getLowerBound());
      changed.setUpperBound(window.getUpperBound());
      return changed;
    }
  }

  private static SqlNode called(SqlCall call) {
    if (call.getKind() == SqlKind.EXTRACT
        && call.operandCount() == 2
        && call.operand(0) instanceof SqlIntervalQualifier unit) {
      SqlNode name = SqlLiteral.createCharString(name(unit), unit.getParserPosition());
      return TimeOperators.EXTRACT.createCall(call.getParserPosition(), name, call.operand(1));
    }
    if (call.getKind() == SqlKind.OVERLAPS) {
      return overlaps(call);
    }
    if (!(call.getOperator() instanceof SqlFunction function)) {
      return call;
    }
    String name = function.getName().toUpperCase(Locale.ROOT);
    if (!name.equals("MAKE_INTERVAL")) {
      refuseNames(call, name);
    }
    return switch (name) {
      case "DATE_PART" -> renamed(call, "$DATE_PART");
      case "DATE_TRUN$" -> renamed(call, "DATE_TRUNC");
      case "MAKE_INTERVAL" -> interval(call);
      default -> call;
    };
  }

  private static void refuseNames(SqlCall call, String name) {
    for (SqlNode argument : call.getOperandList()) {
      if (argument != null
          && argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
          && TimeOperators.ALL.stream().anyMatch(f -> f.getName().equals(name))) {
        throw Errors.semantic(
            CalciteErrors.span(argument.getParserPosition()),
            "NamedArgument",
            name.toLowerCase(Locale.ROOT) + " takes its arguments by their places",
            "leave out the name and =>");
      }
    }
  }

  /// Calcite's own holds for spans that only meet.
  private static SqlNode overlaps(SqlCall call) {
    List<SqlNode> ends = new ArrayList<>();
    for (SqlNode side : call.getOperandList()) {
      if (side instanceof SqlCall row && row.getKind() == SqlKind.ROW && row.operandCount() == 2) {
        ends.addAll(row.getOperandList());
      }
    }
    return ends.size() == 4
        ? TimeOperators.OVERLAPS.createCall(call.getParserPosition(), ends)
        : call;
  }

  private static String name(SqlIntervalQualifier unit) {
    String frame = unit.timeFrameName;
    return frame != null ? frame : unit.getStartUnit().name();
  }

  private static SqlCall renamed(SqlCall call, String name) {
    SqlParserPos at = call.getParserPosition();
    SqlFunction function =
        new SqlUnresolvedFunction(
            new SqlIdentifier(name, at),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    return function.createCall(at, call.getOperandList());
  }

  /// Arguments by their places, those that are not given as zeros.
  private static SqlNode interval(SqlCall call) {
    SqlParserPos at = call.getParserPosition();
    List<SqlNode> given = call.getOperandList();
    if (given.size() > INTERVAL_PARTS.size()) {
      return call;
    }
    List<SqlNode> parts = new ArrayList<>();
    INTERVAL_PARTS.forEach(_ -> parts.add(SqlLiteral.createExactNumeric("0", at)));
    for (int i = 0; i < given.size(); i++) {
      SqlNode part = given.get(i);
      if (part.getKind() != SqlKind.ARGUMENT_ASSIGNMENT) {
        parts.set(i, part);
      } else {
        SqlCall named = (SqlCall) part;
        String name = ((SqlIdentifier) named.operand(1)).getSimple().toUpperCase(Locale.ROOT);
        int place = INTERVAL_PARTS.indexOf(name);
        if (place < 0) {
          throw Errors.semantic(
              CalciteErrors.span(part.getParserPosition()),
              "UnknownArgument",
              "make_interval has no argument '" + name.toLowerCase(Locale.ROOT) + "'",
              "it has years, months, weeks, days, hours, mins and secs");
        }
        parts.set(place, named.operand(0));
      }
    }
    return renamed(call, "MAKE_INTERVAL").getOperator().createCall(at, parts);
  }

  // ---- INTERVAL '1' MONTH

  private static SqlNode interval(SqlIntervalLiteral literal) {
    IntervalValue value = literal.getValueAs(IntervalValue.class);
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    SqlParserPos at = literal.getParserPosition();
    boolean isPlain =
        qualifier.isSingleDatetimeField() && qualifier.getStartUnit() != TimeUnit.QUARTER;
    String written = value.getIntervalLiteral();
    String text =
        isPlain
            ? (value.getSign() < 0 ? negated(written) : written) + " " + qualifier.getStartUnit()
            : fields(value, at);
    return DateOperators.INTERVAL.createCall(at, SqlLiteral.createCharString(text, at));
  }

  private static String negated(String number) {
    String stripped = number.strip();
    return stripped.startsWith("-") ? stripped.substring(1) : "-" + stripped;
  }

  private static String fields(IntervalValue value, SqlParserPos at) {
    int[] fields =
        value
            .getIntervalQualifier()
            .evaluateIntervalLiteral(value.getIntervalLiteral(), at, TypeMapping.SYSTEM);
    int sign = fields[0] * value.getSign();
    List<String> units =
        fields.length == 3
            ? List.of("years", "months")
            : List.of("days", "hours", "minutes", "seconds", "milliseconds");
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < fields.length; i++) {
      text.append((long) sign * fields[i]).append(' ').append(units.get(i - 1)).append(' ');
    }
    return text.toString();
  }
}
