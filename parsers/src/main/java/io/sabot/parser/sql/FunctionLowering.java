package io.sabot.parser.sql;

import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.IntervalText;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.SequenceFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/// Calls of named functions and of the operators written as words.
final class FunctionLowering {
  /// Calcite's names for functions that are plain calls of ours, where `sql.` + the lower-case name
  /// is not it.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("||", "sql.concat"),
          Map.entry("CHARACTER_LENGTH", "sql.char_length"),
          Map.entry("LENGTH", "sql.char_length"),
          Map.entry("STRPOS", "sql.strpos"),
          Map.entry("TRANSLATE3", "sql.translate"),
          Map.entry("CEILING", "sql.ceil"),
          Map.entry("POW", "sql.power"),
          Map.entry("TRUNC", "sql.truncate"),
          Map.entry("CONCAT", "sql.concat_all"),
          Map.entry("CONCAT_WITH_NULL", "sql.concat_all"),
          Map.entry("SUBSTR", "sql.substring"),
          Map.entry("CHR", "sql.chr"),
          Map.entry("CURRENT_DATE", "sql.current_date"),
          Map.entry("CURRENT_TIMESTAMP", "sql.current_timestamp"),
          Map.entry("LOCALTIMESTAMP", "sql.current_timestamp"),
          Map.entry("NOW", "sql.current_timestamp"),
          Map.entry("STATEMENT_TIMESTAMP", "sql.current_timestamp"),
          Map.entry("CURRENT_TIME", "sql.current_time"),
          Map.entry("LOCALTIME", "sql.current_time"),
          Map.entry("^", "sql.power"),
          Map.entry("&", "sql.bit_and"),
          Map.entry("|", "sql.bit_or"),
          Map.entry("#", "sql.bit_xor"),
          Map.entry("RAND", "sql.random"));

  private final RexLowering rex;

  FunctionLowering(RexLowering rex) {
    this.rex = rex;
  }

  Expr lower(RexCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    List<RexNode> operands = call.getOperands();
    if (call.getOperator() instanceof UserOperators.UserCall user) {
      return user.function.call(rex.all(operands), rex.allocator(), Expr.CastMode.SQL);
    }
    Expr ofFamily = family(call, name);
    if (ofFamily != null) {
      return ofFamily;
    }
    return switch (call.getKind()) {
      case LIKE -> like(call);
      case SIMILAR -> similar(call);
      case SOME, ALL -> {
        SqlQuantifyOperator operator = (SqlQuantifyOperator) call.getOperator();
        yield quantified(operands, operator.comparisonKind, call.getKind() == SqlKind.ALL);
      }
      case COALESCE -> coalesce(call);
      case NULLIF -> nullIf(call);
      case ARRAY_VALUE_CONSTRUCTOR -> ListFunctions.LIST.call(rex.all(operands));
      case MAP_VALUE_CONSTRUCTOR -> Functions.named("sql.map").call(rex.all(operands));
      case FLOOR, CEIL ->
          operands.size() == 2 ? new TemporalLowering(rex).floor(call) : rounded(call, name);
      default -> named(call, name);
    };
  }

  private @Nullable Expr family(RexCall call, String name) {
    Expr json = new JsonLowering(rex).lower(call, name);
    return json != null ? json : new ArrayLowering(rex).lower(call, name);
  }

  private Expr named(RexCall call, String name) {
    Expr time = new TimeCalls(rex).lower(name, call);
    return time != null ? time : other(call, name);
  }

  private Expr other(RexCall call, String name) {
    return switch (name) {
      case "ROUND", "TRUNCATE", "TRUNC" -> rounded(call, name);
      case "GREATEST", "LEAST" -> {
        List<Expr> args = rex.all(call.getOperands());
        Type type = RexLowering.resultType(args, call.getType());
        yield plain(name, args.stream().map(a -> Coercion.cast(a, type)).toList());
      }
      case "NEXTVAL", "CURRVAL", "SETVAL", "$NEXTVAL" -> sequence(name, call);
      case "POSIX REGEX CASE SENSITIVE" -> plain("REGEX", rex.all(call.getOperands()));
      case "POSIX REGEX CASE INSENSITIVE" -> plain("IREGEX", rex.all(call.getOperands()));
      case "NEGATED POSIX REGEX CASE SENSITIVE" ->
          LogicFunctions.not(plain("REGEX", rex.all(call.getOperands())));
      case "NEGATED POSIX REGEX CASE INSENSITIVE" ->
          LogicFunctions.not(plain("IREGEX", rex.all(call.getOperands())));
      case "$INTERVAL" -> interval(rex.lower(call.getOperands().getFirst()));
      case "$AT_ZONE" -> TemporalLowering.atZone(rex.all(call.getOperands()));
      case "$QUANTIFIED" ->
          quantified(
              call.getOperands().subList(0, 2),
              java.util.Objects.requireNonNull(
                  ((RexLiteral) call.getOperands().get(2)).getValueAs(SqlKind.class)),
              call.getOperands().get(3).isAlwaysTrue());
      case "PI" -> Expr.lit(Value.of(Math.PI));
      case "CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_TIME", "LOCALTIME" ->
          plain(name, List.of());
      default -> {
        Expr typed = new PostgresLowering(rex).lower(name, call);
        yield typed != null ? typed : plain(name, rex.all(call.getOperands()));
      }
    };
  }

  /// An interval that is written without a unit.
  private static Expr interval(Expr text) {
    if (text instanceof Expr.Lit(Value.Str(String written), _)) {
      return new Expr.Lit(IntervalText.parse(written), Type.INTERVAL);
    }
    throw Errors.unsupported(null, "an interval of a text that is not written out");
  }

  private Expr sequence(String name, RexCall call) {
    List<Expr> args = rex.all(call.getOperands());
    if (name.equals("$NEXTVAL")) {
      return SequenceFunctions.NEXT.call(args);
    }
    if (!(args.getFirst() instanceof Expr.Lit(Value.Str(String text), _))) {
      throw Errors.unsupported(null, name + " of a sequence whose name is not written out");
    }
    SequenceDef sequence = rex.sequence(text);
    Expr id = Expr.lit(Value.of((long) sequence.id()));
    return switch (name) {
      case "NEXTVAL" -> SequenceFunctions.NEXT.call(id);
      case "CURRVAL" -> SequenceFunctions.CURRENT.call(id);
      default ->
          SequenceFunctions.SET.call(
              id,
              Coercion.cast(args.get(1), Type.INT64),
              args.size() > 2 ? args.get(2) : Expr.TRUE,
              Expr.lit(Value.of(sequence.increment())));
    };
  }

  private static Expr plain(String name, List<Expr> args) {
    Function function =
        Functions.find(NAMES.getOrDefault(name, "sql." + name.toLowerCase(Locale.ROOT)));
    if (function == null || args.size() < function.minArgs() || args.size() > function.maxArgs()) {
      throw Errors.unsupported(
          null, "the function " + name + " with " + args.size() + " arguments");
    }
    return function.call(args);
  }

  private Expr like(RexCall call) {
    SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
    String name = operator.getName().contains("ILIKE") ? "sql.ilike" : "sql.like";
    Expr like = Functions.named(name).call(rex.all(call.getOperands()));
    return operator.isNegated() ? LogicFunctions.not(like) : like;
  }

  private Expr similar(RexCall call) {
    Expr similar = plain("SIMILAR", rex.all(call.getOperands()));
    return ((SqlLikeOperator) call.getOperator()).isNegated()
        ? LogicFunctions.not(similar)
        : similar;
  }

  /// `x = ANY (list)`, `x < ALL (list)`.
  private Expr quantified(List<RexNode> operands, SqlKind comparison, boolean isAll) {
    Expr left = rex.lower(operands.get(0));
    Expr list = rex.lower(operands.get(1));
    if (list.type() == Type.STRING) {
      list = Coercion.cast(list, new Type.ListOf(left.type()));
    }
    if (!(list.type() instanceof Type.ListOf) && list.type() != Type.ANY) {
      throw Errors.semantic(
          null,
          "ArrayExpected",
          "found " + list.type() + " behind ANY or ALL, expected an array or a query",
          "write = for one value, or ANY (ARRAY[...])");
    }
    Type type = list.type() instanceof Type.ListOf(Type element) ? element : Type.ANY;
    Column element = rex.column("element", type);
    Expr test = Coercion.compare(Coercion.comparison(comparison), left, element.ref());
    return new Expr.Quantified(
        isAll ? Expr.Quantifier.ALL : Expr.Quantifier.ANY, element, list, test);
  }

  private Expr coalesce(RexCall call) {
    List<Expr> args = rex.all(call.getOperands());
    Type type = RexLowering.resultType(args, call.getType());
    return LogicFunctions.COALESCE.call(args.stream().map(a -> Coercion.cast(a, type)).toList());
  }

  private Expr nullIf(RexCall call) {
    Expr value = rex.lower(call.getOperands().get(0));
    Expr other = rex.lower(call.getOperands().get(1));
    Expr same = Coercion.compare(io.sabot.plan.function.ComparisonFunctions.Op.EQ, value, other);
    return new Expr.Case(
        List.of(new Expr.When(same, Expr.nullOf(value.type()))), value, value.type());
  }

  /// Rounding keeps the kind of number; a decimal gets the scale asked for.
  private Expr rounded(RexCall call, String name) {
    List<Expr> args = rex.all(call.getOperands());
    Expr rounded = plain(name, args);
    if (!(args.getFirst().type() instanceof Type.Decimal(int precision, int scale))) {
      return rounded;
    }
    int digits =
        args.size() < 2
            ? 0
            : args.get(1) instanceof Expr.Lit(Value.Int(long n), _)
                ? (int) Math.max(0, Math.min(n, scale))
                : scale;
    int whole = Math.min(Type.Decimal.MAX_PRECISION, precision - scale + digits + 1);
    return Coercion.cast(rounded, new Type.Decimal(whole, digits));
  }
}
