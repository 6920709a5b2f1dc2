package io.sabot.engine.arq;

import static io.sabot.engine.arq.Piece.Kind.CONDITION;
import static io.sabot.engine.arq.Piece.Kind.VALUE;

import io.sabot.engine.arq.Piece.Part;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Quad;

/// Draws conditions, values and numbers.
///
/// A variable whose name starts with `n` holds a computed number. How such a number is written is
/// up to an implementation: the operators of SPARQL 1.1 §17.3 map values to values, and a value has
/// many lexical forms. So it is never asked for its text, nor joined with terms of the data.
final class ExpressionGenerator {
  private static final List<String> COMPARISONS = List.of("=", "!=", "<", "<=", ">", ">=");
  private static final List<String> TEXTS = List.of("a", "ab", "b", "1", "A", "", "x/");
  private static final List<String> PATTERNS =
      List.of("a", "^a", "b$", "^$", "[0-9]", "A|b", "a.b");
  private static final List<String> RANGES = List.of("en", "*", "fr", "EN-GB", "");
  private static final List<String> NO_ARGUMENTS = List.of("TRUE", "FALSE");

  private final Draw draw;
  private final List<Quad> data;
  private final boolean blankNodes;
  private final BiFunction<Integer, Collection<String>, Piece> exists;
  private final Supplier<String> unbound;

  /// @param data what values may be found in
  /// @param exists draws the group of an EXISTS that sees some variables
  /// @param unbound draws a variable that nothing need bind
  ExpressionGenerator(
      Draw draw,
      List<Quad> data,
      BiFunction<Integer, Collection<String>, Piece> exists,
      Supplier<String> unbound) {
    this.draw = draw;
    this.data = data;
    this.blankNodes = RandomQuads.hasBlankNodes(data);
    this.exists = exists;
    this.unbound = unbound;
  }

  static boolean isNumber(String variable) {
    return variable.startsWith("n");
  }

  /// A variable of the data, now and then one that nothing binds here.
  private String variable(Collection<String> visible) {
    List<String> terms = visible.stream().filter(name -> !isNumber(name)).toList();
    return "?" + (terms.isEmpty() || draw.chance(8) ? unbound.get() : draw.one(terms));
  }

  private String numberVariable(Collection<String> visible) {
    List<String> numbers = visible.stream().filter(ExpressionGenerator::isNumber).toList();
    return numbers.isEmpty() || draw.chance(50) ? variable(visible) : "?" + draw.one(numbers);
  }

  private String quoted() {
    return "\"" + draw.one(TEXTS) + "\"";
  }

  /// The condition of a FILTER, which an error need not make false.
  Part filter(Collection<String> visible) {
    Part condition = condition(2, visible);
    return draw.chance(40) ? Piece.of(CONDITION, "COALESCE(", condition, ", TRUE)") : condition;
  }

  Part condition(int depth, Collection<String> visible) {
    if (depth > 0 && draw.chance(50)) {
      int less = depth - 1;
      return switch (draw.below(9)) {
        case 0, 1 ->
            Piece.of(
                CONDITION, "(", condition(less, visible), " && ", condition(less, visible), ")");
        case 2, 3 ->
            Piece.of(
                CONDITION, "(", condition(less, visible), " || ", condition(less, visible), ")");
        case 4 -> Piece.of(CONDITION, "(! ", condition(less, visible), ")");
        case 5, 6 ->
            Piece.of(
                CONDITION, draw.chance(50) ? "NOT " : "", "EXISTS ", exists.apply(less, visible));
        case 7 ->
            Piece.of(
                CONDITION,
                "COALESCE(",
                condition(less, visible),
                ", ",
                draw.one(NO_ARGUMENTS),
                ")");
        default ->
            Piece.of(
                CONDITION,
                "IF(",
                condition(less, visible),
                ", ",
                condition(less, visible),
                ", ",
                condition(less, visible),
                ")");
      };
    }
    return simple(visible);
  }

  private Part simple(Collection<String> visible) {
    return switch (draw.below(16)) {
      case 0, 1 ->
          Piece.of(
              CONDITION,
              "(",
              value(1, visible),
              draw.chance(60) ? " = " : " != ",
              value(1, visible),
              ")");
      case 2, 3 -> ordered(visible);
      case 4, 5 ->
          Piece.of(
              CONDITION,
              "((0 + ",
              number(1, visible),
              ") " + draw.one(COMPARISONS) + " (0 + ",
              number(1, visible),
              "))");
      case 6, 7 -> Piece.of(CONDITION, "BOUND(" + variable(visible) + ")");
      case 8 ->
          Piece.of(
              CONDITION,
              draw.one(List.of("isIRI(", "isBLANK(", "isLITERAL(", "isNUMERIC(")),
              value(0, visible),
              ")");
      case 9, 10 -> in(visible);
      case 11 -> Piece.of(CONDITION, "sameTerm(", value(0, visible), ", ", value(0, visible), ")");
      case 12 ->
          Piece.of(
              CONDITION,
              draw.one(List.of("CONTAINS(", "STRSTARTS(", "STRENDS(")),
              text(visible),
              ", ",
              text(visible),
              ")");
      case 13 ->
          Piece.of(
              CONDITION,
              "REGEX(",
              text(visible),
              ", \"" + draw.one(PATTERNS) + "\"" + (draw.chance(30) ? ", \"i\")" : ")"));
      case 14 ->
          Piece.of(
              CONDITION,
              "LANGMATCHES(LANG(",
              value(0, visible),
              "), \"" + draw.one(RANGES) + "\")");
      default -> Piece.of(CONDITION, "(", value(1, visible), ")");
    };
  }

  /// `<` and its like of values of one kind. On others they are errors (§17.3), but ARQ takes two
  /// terms that are the same, whatever they are, for equal.
  private Part ordered(Collection<String> visible) {
    String operator = " " + draw.one(COMPARISONS) + " ";
    return draw.chance(40)
        ? Piece.of(CONDITION, "(", str(0, visible), operator, str(0, visible), ")")
        : Piece.of(
            CONDITION,
            "(",
            value(0, visible),
            operator + RandomQuads.text(RandomQuads.plain(draw)),
            ")");
  }

  private Part in(Collection<String> visible) {
    return Piece.of(
        CONDITION,
        "(",
        value(0, visible),
        draw.chance(50) ? " IN (" : " NOT IN (",
        value(0, visible),
        ", ",
        value(1, visible),
        ", ",
        number(0, visible),
        "))");
  }

  /// A constant of the kinds that the data has.
  String constant() {
    List<Node> objects = data.stream().map(Quad::getObject).filter(o -> !o.isBlank()).toList();
    return RandomQuads.text(
        draw.chance(30)
            ? RandomQuads.iri(draw.one(RandomQuads.RESOURCES))
            : objects.isEmpty() || draw.chance(25) ? RandomQuads.literal(draw) : draw.one(objects));
  }

  /// `STR(value)`. Of a blank node it is an error (§17.4.2.5), but ARQ takes the label.
  Part str(int depth, Collection<String> visible) {
    Part value = value(depth, visible);
    return blankNodes
        ? Piece.of(VALUE, "STR(IF(isBLANK(" + value.text() + "), 1/0, ", value, "))")
        : Piece.of(VALUE, "STR(", value, ")");
  }

  /// A string, with or without a language, or an error.
  private Part text(Collection<String> visible) {
    return draw.chance(50)
        ? str(0, visible)
        : draw.chance(50) ? Piece.of(VALUE, quoted()) : value(0, visible);
  }

  /// A value whose term is the same in every implementation.
  Part value(int depth, Collection<String> visible) {
    if (depth == 0 || draw.chance(35)) {
      return Piece.of(VALUE, draw.chance(75) ? variable(visible) : constant());
    }
    int less = depth - 1;
    return switch (draw.below(10)) {
      case 0 -> str(less, visible);
      case 1 ->
          Piece.of(
              VALUE,
              draw.one(List.of("LANG(", "DATATYPE(", "UCASE(", "LCASE(", "STRLEN(")),
              value(less, visible),
              ")");
      case 2 -> onText(less, visible);
      case 3 -> Piece.of(VALUE, "COALESCE(", value(less, visible), ", ", value(less, visible), ")");
      case 4 ->
          Piece.of(
              VALUE,
              "IF(",
              condition(less, visible),
              ", ",
              value(less, visible),
              ", ",
              value(less, visible),
              ")");
      case 5 -> ofTime(less, visible);
      case 6 -> cast(less, visible);
      case 7 ->
          draw.chance(50)
              ? Piece.of(VALUE, "STRDT(", text(visible), ", xsd:integer)")
              : Piece.of(VALUE, "STRLANG(", text(visible), ", \"en\")");
      case 8 ->
          draw.chance(50)
              ? Piece.of(VALUE, draw.one(List.of("MD5(", "SHA1(")), text(visible), ")")
              : Piece.of(VALUE, "IRI(IF(isIRI(", value(0, visible), "), :b, \"http://x/a\"))");
      default -> Piece.of(VALUE, "(", condition(less, visible), ")");
    };
  }

  /// ARQ fails with an internal error where a function on times is given what is no literal, and
  /// finds years in a duration, which the specification does not.
  private Part literal(int depth, Collection<String> visible) {
    Part value = value(depth, visible);
    String isTime =
        "isLITERAL(" + value.text() + ") && DATATYPE(" + value.text() + ") != xsd:dayTimeDuration";
    return Piece.of(VALUE, "IF(" + isTime + ", ", value, ", \"\")");
  }

  /// A time zone as its text: compared with a number it is an error (RDFterm-equal, §17.4.1.7), but
  /// ARQ knows that the two are not equal.
  private Part ofTime(int depth, Collection<String> visible) {
    return draw.chance(33)
        ? Piece.of(VALUE, "STR(TIMEZONE(", literal(depth, visible), "))")
        : Piece.of(VALUE, draw.one(List.of("YEAR(", "TZ(")), literal(depth, visible), ")");
  }

  /// ARQ's constructors keep how an integer or a boolean is written, ours write the canonical form:
  /// the operators around them make a new value in both.
  private Part cast(int depth, Collection<String> visible) {
    Part value = castable(depth, visible);
    return switch (draw.below(4)) {
      case 0 -> Piece.of(VALUE, "(0 + xsd:integer(", value, "))");
      case 1 -> Piece.of(VALUE, "(! xsd:boolean(", value, "))");
      case 2 -> Piece.of(VALUE, "xsd:date(", value, ")");
      default -> Piece.of(VALUE, "xsd:dateTime(", value, ")");
    };
  }

  /// No text of a language and nothing of an unknown datatype: from those there is no constructor
  /// (§17.5), but ARQ takes what they are written as.
  private Part castable(int depth, Collection<String> visible) {
    Part value = value(depth, visible);
    String text = value.text();
    return Piece.of(
        VALUE,
        "IF(DATATYPE(" + text + ") = <http://x/type> || LANG(" + text + ") != \"\", 1/0, ",
        value,
        ")");
  }

  private Part onText(int depth, Collection<String> visible) {
    return switch (draw.below(6)) {
      case 0 -> Piece.of(VALUE, "CONCAT(", text(visible), ", ", text(visible), ")");
      case 1 ->
          // From before the start there is more than ARQ gives (XPath functions §5.4.3).
          Piece.of(
              VALUE,
              "SUBSTR(",
              text(visible),
              ", " + (1 + draw.below(3)) + (draw.chance(50) ? ", " + draw.below(3) : "") + ")");
      case 2 -> Piece.of(VALUE, "STRBEFORE(", text(visible), ", ", text(visible), ")");
      case 3 -> Piece.of(VALUE, "STRAFTER(", text(visible), ", ", text(visible), ")");
      case 4 -> Piece.of(VALUE, "ENCODE_FOR_URI(", text(visible), ")");
      default ->
          Piece.of(
              VALUE,
              "REPLACE(",
              text(visible),
              ", \"" + draw.one(List.of("a", "b$", "(a)(b)")),
              "\", \"",
              draw.one(List.of("x", "", "$1")),
              "\")");
    };
  }

  /// A computed number, or an error. Divisors have finite quotients, also in binary: how many
  /// digits of others are kept is up to an implementation (XPath functions §4.2), and ARQ makes a
  /// double of what a float is written as.
  Part computed(int depth, Collection<String> visible) {
    return Piece.of(
        VALUE,
        "(",
        number(depth, visible),
        draw.one(List.of(" + ", " - ", " * ")),
        number(depth, visible),
        ")");
  }

  Part number(int depth, Collection<String> visible) {
    if (depth == 0 || draw.chance(35)) {
      return Piece.of(
          VALUE,
          draw.chance(70) ? numberVariable(visible) : RandomQuads.text(RandomQuads.number(draw)));
    }
    int less = depth - 1;
    return switch (draw.below(8)) {
      case 0, 1 -> computed(less, visible);
      case 2 ->
          Piece.of(
              VALUE,
              "(",
              number(less, visible),
              " / " + draw.one(List.of("2", "4.0", "0.5e0", "0", "8")),
              ")");
      case 3 ->
          Piece.of(
              VALUE,
              draw.one(List.of("ABS(", "CEIL(", "FLOOR(", "ROUND(", "(- ", "(+ ")),
              number(less, visible),
              ")");
      case 4 ->
          draw.chance(50)
              ? Piece.of(VALUE, "STRLEN(", text(visible), ")")
              : Piece.of(
                  VALUE,
                  draw.one(List.of("MONTH(", "DAY(", "HOURS(", "MINUTES(", "SECONDS(")),
                  literal(less, visible),
                  ")");
      case 5 ->
          Piece.of(
              VALUE,
              draw.one(List.of("xsd:double(", "xsd:decimal(", "xsd:float(", "xsd:integer(")),
              castable(less, visible),
              ")");
      case 6 ->
          Piece.of(
              VALUE,
              "IF(",
              condition(less, visible),
              ", ",
              number(less, visible),
              ", ",
              number(less, visible),
              ")");
      default ->
          Piece.of(VALUE, "COALESCE(", number(less, visible), ", ", number(less, visible), ")");
    };
  }
}
