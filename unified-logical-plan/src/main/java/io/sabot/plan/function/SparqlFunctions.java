package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// SPARQL 1.1 §17.4 and SPARQL 1.2: functions on terms, and on numbers. Errors are null.
final class SparqlFunctions {
  static final List<Function> ALL = all();

  private SparqlFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    terms(all);
    constructors(all);
    tests(all);
    numbers(all);
    volatiles(all);
    triples(all);
    return List.copyOf(all);
  }

  @FunctionalInterface
  private interface One {
    Value apply(Value value);
  }

  private static Function one(String name, One function) {
    return Functions.orNull(
        "sp." + name, 1, 1, Type.ANY, (args, context) -> function.apply(args[0]));
  }

  private static Function test(String name, java.util.function.Predicate<Value> test) {
    return Functions.orNull(
        "sp." + name, 1, 1, Type.BOOL, (args, context) -> Value.of(test.test(args[0])));
  }

  /// A native entity is a resource in RDF's eyes.
  private static boolean isIri(Value value) {
    return value instanceof Value.Iri
        || value instanceof Value.NodeRef
        || value instanceof Value.EdgeRef;
  }

  private static void terms(List<Function> all) {
    all.add(Functions.orNull("sp.str", 1, 1, Type.ANY, (args, context) -> str(args[0], context)));
    all.add(
        one(
            "lang",
            value ->
                value instanceof Value.LangString(_, String language, _)
                    ? Value.of(language)
                    : RdfLiterals.isLiteral(value) ? Value.of("") : Value.NULL));
    all.add(
        one(
            "langdir",
            value ->
                value instanceof Value.LangString(_, _, String direction)
                    ? Value.of(direction)
                    : RdfLiterals.isLiteral(value) ? Value.of("") : Value.NULL));
    all.add(
        one(
            "datatype",
            value -> {
              String datatype = RdfLiterals.datatype(value);
              return datatype == null ? Value.NULL : new Value.Iri(datatype);
            }));
    all.add(iri("iri"));
    all.add(iri("uri"));
  }

  private static void constructors(List<Function> all) {
    all.add(
        Functions.orNull(
            "sp.langmatches",
            2,
            2,
            Type.BOOL,
            (args, context) ->
                args[0] instanceof Value.Str(String tag)
                        && args[1] instanceof Value.Str(String range)
                    ? Value.of(langMatches(tag, range))
                    : Value.NULL));
    all.add(
        Functions.orNull(
            "sp.strdt",
            2,
            2,
            Type.ANY,
            (args, context) ->
                args[0] instanceof Value.Str(String text)
                        && args[1] instanceof Value.Iri(String type)
                    ? RdfLiterals.of(text, type)
                    : Value.NULL));
    all.add(
        Functions.orNull(
            "sp.strlang",
            2,
            2,
            Type.ANY,
            (args, context) ->
                args[0] instanceof Value.Str(String text)
                        && args[1] instanceof Value.Str(String language)
                        && !language.isEmpty()
                    ? new Value.LangString(text, language, "")
                    : Value.NULL));
    all.add(
        Functions.orNull(
            "sp.strlangdir",
            3,
            3,
            Type.ANY,
            (args, context) ->
                args[0] instanceof Value.Str(String text)
                        && args[1] instanceof Value.Str(String language)
                        && args[2] instanceof Value.Str(String direction)
                        && !language.isEmpty()
                        && (direction.equals("ltr") || direction.equals("rtl"))
                    ? new Value.LangString(text, language, direction)
                    : Value.NULL));
    all.add(
        Functions.orNull(
            "sp.cast",
            2,
            2,
            Type.ANY,
            (args, context) ->
                args[1] instanceof Value.Iri(String type)
                    ? XsdCasts.cast(args[0], type)
                    : Value.NULL));
  }

  /// The second argument is the base of the query's text.
  private static Value str(Value value, EvalContext context) {
    return context.asIri(value) instanceof Value.Iri(String iri)
        ? Value.of(iri)
        : RdfLiterals.isLiteral(value) ? Value.of(RdfLiterals.lexical(value)) : Value.NULL;
  }

  /// Stable and not immutable, because which row an IRI names depends on the catalog.
  private static Function iri(String name) {
    return Functions.with(
        Functions.orNull("sp." + name, 1, 2, Type.ANY, SparqlFunctions::iri),
        Function.Nulls.STRICT,
        Function.Faults.NULL,
        Function.Volatility.STABLE);
  }

  private static Value iri(Value[] args, EvalContext context) {
    return switch (args[0]) {
      case Value.Iri iri -> iri;
      case Value.NodeRef node -> node;
      case Value.EdgeRef edge -> edge;
      case Value.Str(String text) -> {
        boolean hasBase = args.length > 1 && args[1] instanceof Value.Str;
        String base = hasBase ? ((Value.Str) args[1]).value() : context.baseIri();
        yield context.asEntity(new Value.Iri(resolve(text, base)));
      }
      default -> Value.NULL;
    };
  }

  private static String resolve(String text, String base) {
    try {
      return java.net.URI.create(base).resolve(text).toString();
    } catch (IllegalArgumentException notAnIri) {
      return text;
    }
  }

  private static boolean langMatches(String tag, String range) {
    if (range.equals("*")) {
      return !tag.isEmpty();
    }
    String lowerTag = tag.toLowerCase(Locale.ROOT);
    String lowerRange = range.toLowerCase(Locale.ROOT);
    return lowerTag.equals(lowerRange) || lowerTag.startsWith(lowerRange + "-");
  }

  private static void tests(List<Function> all) {
    all.add(test("isiri", SparqlFunctions::isIri));
    all.add(test("isuri", SparqlFunctions::isIri));
    all.add(test("isblank", value -> value instanceof Value.BlankNode));
    all.add(test("isliteral", RdfLiterals::isLiteral));
    all.add(test("isnumeric", value -> RdfLiterals.number(value) != null));
    all.add(test("haslang", value -> value instanceof Value.LangString));
    all.add(
        test(
            "haslangdir",
            value -> value instanceof Value.LangString(_, _, var dir) && !dir.isEmpty()));
    all.add(test("istriple", value -> value instanceof Value.TripleTerm));
  }

  private static void triples(List<Function> all) {
    all.add(
        Functions.orNull(
            "sp.triple",
            3,
            3,
            Type.ANY,
            (args, context) ->
                RdfLiterals.isLiteral(args[0])
                        || args[0] instanceof Value.TripleTerm
                        || !(args[1] instanceof Value.Iri)
                    ? Value.NULL
                    : new Value.TripleTerm(args[0], args[1], args[2])));
    all.add(
        one("subject", value -> value instanceof Value.TripleTerm t ? t.subject() : Value.NULL));
    all.add(
        one(
            "predicate",
            value -> value instanceof Value.TripleTerm t ? t.predicate() : Value.NULL));
    all.add(one("object", value -> value instanceof Value.TripleTerm t ? t.object() : Value.NULL));
  }

  @FunctionalInterface
  private interface Rounding {
    BigDecimal apply(BigDecimal value);
  }

  private static void numbers(List<Function> all) {
    all.add(
        one(
            "plus",
            value -> RdfLiterals.isFloat(value) ? value : orNull(RdfLiterals.number(value))));
    all.add(numeric("abs", BigDecimal::abs, Math::abs));
    all.add(numeric("ceil", v -> v.setScale(0, RoundingMode.CEILING), Math::ceil));
    all.add(numeric("floor", v -> v.setScale(0, RoundingMode.FLOOR), Math::floor));
    all.add(
        numeric(
            "round",
            v -> v.setScale(0, v.signum() < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP),
            v -> Math.floor(v + 0.5)));
  }

  private static Value orNull(@Nullable Value value) {
    return value == null ? Value.NULL : value;
  }

  private static Function numeric(
      String name, Rounding exact, java.util.function.DoubleUnaryOperator real) {
    return one(
        name,
        value ->
            switch (orNull(RdfLiterals.number(value))) {
              case Value.Int(long v) -> name.equals("abs") ? Value.of(Math.abs(v)) : Value.of(v);
              case Value.Dec(BigDecimal v) -> new Value.Dec(exact.apply(v));
              case Value.Real(double v) -> {
                double result = real.applyAsDouble(v);
                yield RdfLiterals.isFloat(value)
                    ? new Value.TypedLiteral(RdfLiterals.doubleText((float) result), Xsd.FLOAT)
                    : Value.of(result);
              }
              default -> Value.NULL;
            });
  }

  private static Function volatileFunction(
      String name, int minArgs, int maxArgs, Function.Scalar scalar) {
    return Functions.with(
        Functions.orNull("sp." + name, minArgs, maxArgs, Type.ANY, scalar),
        Function.Nulls.STRICT,
        Function.Faults.NULL,
        Function.Volatility.VOLATILE);
  }

  private static void volatiles(List<Function> all) {
    all.add(
        volatileFunction("rand", 0, 0, (args, context) -> Value.of(context.random().nextDouble())));
    all.add(
        volatileFunction(
            "uuid", 0, 0, (args, context) -> new Value.Iri("urn:uuid:" + uuid(context))));
    all.add(volatileFunction("struuid", 0, 0, (args, context) -> Value.of(uuid(context))));
    all.add(volatileFunction("solution", 0, 0, (args, context) -> Value.of(blankNumber(context))));
    all.add(
        volatileFunction(
            "bnode",
            0,
            2,
            (args, context) ->
                args.length == 0
                    ? new Value.BlankNode("f" + blankNumber(context))
                    : labelled(
                        args[0], args.length > 1 ? args[1] : Value.of(blankNumber(context)))));
    all.add(
        Functions.with(
            Functions.orNull(
                "sp.now",
                0,
                0,
                Type.ANY,
                (args, context) ->
                    new Value.ZonedDateTime(context.now().atZone(java.time.ZoneOffset.UTC))),
            Function.Nulls.STRICT,
            Function.Faults.NULL,
            Function.Volatility.STABLE));
  }

  private static long blankNumber(EvalContext context) {
    return context.random().nextLong(1L << 62);
  }

  /// The blank node of a label within one solution.
  private static Value labelled(Value label, Value solution) {
    return label instanceof Value.Str(String text) && solution instanceof Value.Int(long number)
        ? new Value.BlankNode(
            "f" + number + "_" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)))
        : Value.NULL;
  }

  private static String uuid(EvalContext context) {
    long high = context.random().nextLong() & ~0xF000L | 0x4000L;
    long low = context.random().nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
