package io.sabot.plan.function;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.rdf.IriText;
import io.sabot.plan.rdf.TermTemplate;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// RDF terms made of the columns of a row, as R2RML §7 and §11 say.
///
/// Templates are arguments one after the other: a text, a value, a text, a value ... a text. A
/// value is written in the lexical form that its literal has.
public final class RdfTermFunctions {
  /// A template whose values are percent-encoded, as an IRI.
  public static final Function IRI =
      template("rdf.iri", Type.ANY, (args, context) -> new Value.Iri(write(args, true)));

  /// A template as a blank node: equal texts are one node.
  public static final Function BLANK =
      template("rdf.blank", Type.ANY, (args, context) -> blank(write(args, false)));

  /// A template as a text.
  public static final Function TEXT =
      template("rdf.text", Type.STRING, (args, context) -> Value.of(write(args, false)));

  /// A template whose values are percent-encoded, as a text.
  public static final Function SAFE_TEXT =
      template("rdf.safe_text", Type.STRING, (args, context) -> Value.of(write(args, true)));

  /// The IRI that is a text, put behind a base when it is relative: base, text. Fails for a text
  /// that cannot be an IRI.
  public static final Function RESOLVE =
      Functions.throwing("rdf.resolve", 2, Type.ANY, (args, context) -> resolve(args));

  /// A literal of a value and a language.
  public static final Function LANGUAGE =
      Functions.total(
          "rdf.language",
          2,
          Type.ANY,
          (args, context) -> new Value.LangString(RdfLiterals.lexical(args[0]), text(args[1]), ""));

  /// A literal of a value and a datatype. Fails for a text that the datatype does not have.
  public static final Function TYPED =
      Functions.throwing(
          "rdf.typed",
          2,
          Type.ANY,
          (args, context) -> typed(RdfLiterals.lexical(args[0]), text(args[1])));

  /// The one form of a term: an IRI that names a row or a node is that entity.
  public static final Function ENTITY =
      Functions.with(
          Functions.total(
              "rdf.entity", 1, Type.ANY, (args, context) -> context.graph().canonical(args[0])),
          Function.Nulls.STRICT,
          Function.Faults.NONE,
          Function.Volatility.STABLE);

  /// The text of an IRI, of the IRI that an entity has, or of a blank node (`_:label`); null for
  /// literals. Where it equals a text that begins otherwise, the term is the IRI of that text.
  public static final Function RESOURCE =
      Functions.with(
          Functions.orNull(
              "rdf.resource", 1, 1, Type.STRING, (args, context) -> resource(args[0], context)),
          Function.Nulls.STRICT,
          Function.Faults.NULL,
          Function.Volatility.STABLE);

  /// What begins the text of a blank node.
  public static final String BLANK_MARK = "_:";

  static final List<Function> ALL =
      List.of(
          IRI, //
          BLANK, TEXT, SAFE_TEXT, RESOLVE, LANGUAGE, TYPED, ENTITY, RESOURCE);

  private static final String BLANK_PREFIX = "map_";

  private static final Set<String> TIMES = Set.of(Xsd.DATE, Xsd.DATE_TIME);

  private RdfTermFunctions() {}

  private static Function template(String name, Type type, Function.Scalar scalar) {
    return new Function(
        name,
        1,
        Function.ANY_COUNT,
        Function.Nulls.STRICT,
        Function.Faults.NONE,
        Function.Volatility.IMMUTABLE,
        Functions.always(type),
        scalar);
  }

  /// A call of one of the functions over templates.
  public static Expr call(Function function, TermTemplate template, List<Expr> values) {
    List<Expr> args = new ArrayList<>();
    args.add(Expr.lit(Value.of(template.texts().getFirst())));
    for (int i = 0; i < values.size(); i++) {
      args.add(values.get(i));
      args.add(Expr.lit(Value.of(template.texts().get(i + 1))));
    }
    return function.call(args);
  }

  private static Value resource(Value term, EvalContext context) {
    return switch (context.asIri(term)) {
      case Value.Iri(String iri) -> Value.of(iri);
      case Value.BlankNode(String label) -> Value.of(BLANK_MARK + label);
      default -> Value.NULL;
    };
  }

  private static String text(Value value) {
    return ((Value.Str) value).value();
  }

  private static String write(Value[] args, boolean encoded) {
    StringBuilder out = new StringBuilder(text(args[0]));
    for (int i = 1; i < args.length; i += 2) {
      String value = RdfLiterals.lexical(args[i]);
      out.append(encoded ? IriText.encode(value) : value);
      out.append(text(args[i + 1]));
    }
    return out.toString();
  }

  /// Letters and digits stand for themselves, all else as bytes, so that the label is one in any
  /// syntax.
  public static Value.BlankNode blank(String text) {
    StringBuilder label = new StringBuilder(BLANK_PREFIX);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      label.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "_%02X", (int) c));
    }
    return new Value.BlankNode(label.toString());
  }

  private static Value resolve(Value[] args) {
    String given = text(args[1]);
    String whole = IriText.isAbsolute(given) ? given : text(args[0]) + given;
    if (!IriText.isIri(whole)) {
      throw new QueryException(
          ErrorCode.INVALID_TEXT,
          null,
          "'" + whole + "' is not a valid IRI",
          "a column of IRIs holds IRIs only; a template encodes what it holds");
    }
    return new Value.Iri(whole);
  }

  private static Value typed(String lexical, String datatype) {
    Value literal = RdfLiterals.of(lexical, datatype);
    boolean wrong =
        RdfLiterals.isNumericType(datatype) && RdfLiterals.number(literal) == null
            || datatype.equals(Xsd.BOOLEAN) && RdfLiterals.bool(literal) == null
            || TIMES.contains(datatype) && RdfLiterals.timePoint(literal) == null;
    if (wrong) {
      throw new QueryException(
          ErrorCode.INVALID_TEXT,
          null,
          "'" + lexical + "' is not in the lexical space of <" + datatype + ">",
          "");
    }
    return literal;
  }
}
