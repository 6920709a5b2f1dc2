package io.sabot.optimizer.rule;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.MappingFunctions;
import io.sabot.plan.function.RdfTermFunctions;
import io.sabot.plan.rdf.IriText;
import io.sabot.plan.rdf.TermTemplate;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the columns of two rows where RDF terms made of them are compared.
///
/// `same_term(rdf.iri('http://x/', a, ''), rdf.iri('http://x/', b, ''))` => `eq(a, b)`
///
/// `same_term(rdf.iri('http://x/', a, ''), <http://x/7>)` => `eq(a, 7)`
///
/// Terms that no row can make alike are never the same; as with entities, `false` may stand for the
/// comparison only where null counts as false too.
final class StripTerms implements ExprRule {
  /// A term made of columns.
  private record Term(Function function, TermTemplate template, List<Expr> values) {
    boolean isIri() {
      return function.equals(RdfTermFunctions.IRI);
    }
  }

  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (!(expr instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    if (function.equals(LogicFunctions.IS_NULL) || function.equals(LogicFunctions.IS_NOT_NULL)) {
      Term term = term(args.getFirst());
      return term == null ? null : nullTest(function, term.values());
    }
    if (!function.equals(ComparisonFunctions.SAME_TERM)) {
      return null;
    }
    Expr left = Forms.strip(args.get(0));
    Expr right = Forms.strip(args.get(1));
    Expr other = left instanceof Expr.Lit ? right : left;
    if (left instanceof Expr.Lit(var value, _)) {
      return constant(other, value);
    }
    return right instanceof Expr.Lit(var value, _) ? constant(other, value) : terms(left, right);
  }

  private static Expr nullTest(Function test, List<Expr> values) {
    List<Expr> tests = values.stream().map(v -> (Expr) test.call(v)).toList();
    return test.equals(LogicFunctions.IS_NULL)
        ? LogicFunctions.or(tests)
        : LogicFunctions.and(tests);
  }

  // ---- two terms

  private static @Nullable Expr terms(Expr left, Expr right) {
    if (left instanceof Expr.Call(var f, var a, _)
        && right instanceof Expr.Call(var g, var b, _)
        && f.equals(g)
        && isLiteral(f)) {
      boolean same = a.get(1).equals(b.get(1)) && areAlike(a.get(0), b.get(0));
      return same ? equal(a.get(0), b.get(0)) : null;
    }
    Term one = term(left);
    Term two = term(right);
    if (one == null
        || two == null
        || !one.function().equals(two.function())
        || !one.template().equals(two.template())
        || !one.template().isUnambiguous()) {
      return null;
    }
    List<Expr> tests = new ArrayList<>();
    for (int i = 0; i < one.values().size(); i++) {
      if (!areAlike(one.values().get(i), two.values().get(i))) {
        return null;
      }
      tests.add(equal(one.values().get(i), two.values().get(i)));
    }
    return LogicFunctions.and(tests);
  }

  /// Whether two values are the same just when their texts are. Not floats: 0.0 is -0.0.
  private static boolean areAlike(Expr a, Expr b) {
    return ComparisonFunctions.sameKind(a.type(), b.type()) && !(a.type() instanceof Type.Floating);
  }

  private static Expr equal(Expr a, Expr b) {
    return ComparisonFunctions.compare(Op.EQ, Rules.SQL, a, b);
  }

  // ---- a term and a constant

  private static @Nullable Expr constant(Expr expr, Value value) {
    if (!(expr instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    if (isLiteral(function)) {
      boolean text = args.get(0).type() == Type.STRING && RdfLiterals.isLiteral(value);
      return text && isAs(function, args.get(1), value)
          ? equal(args.get(0), Expr.lit(Value.of(RdfLiterals.lexical(value))))
          : null;
    }
    if (function.equals(RdfTermFunctions.ENTITY)) {
      return resolved(args.getFirst(), value);
    }
    Term term = term(expr);
    return term == null || !term.isIri() || !(value instanceof Value.Iri(String iri))
        ? null
        : values(term, iri);
  }

  private static boolean isAs(Function function, Expr tag, Value value) {
    if (!(tag instanceof Expr.Lit(Value.Str(String word), _))) {
      return false;
    }
    return function.equals(RdfTermFunctions.LANGUAGE)
        ? value instanceof Value.LangString(_, String language, String direction)
            && language.equals(word)
            && direction.isEmpty()
        : !(value instanceof Value.LangString) && word.equals(RdfLiterals.datatype(value));
  }

  private static @Nullable Expr values(Term term, String text) {
    List<String> parsed = term.template().isUnambiguous() ? term.template().parse(text) : null;
    if (parsed == null) {
      return null;
    }
    List<Expr> tests = new ArrayList<>();
    for (int i = 0; i < parsed.size(); i++) {
      Expr value = term.values().get(i);
      Value wanted = typed(parsed.get(i), value.type());
      if (wanted == null) {
        return null;
      }
      tests.add(equal(value, Expr.lit(wanted)));
    }
    return LogicFunctions.and(tests);
  }

  /// The value of a type that is written so; null where there is none, or one that is equal to
  /// others which are written otherwise.
  private static @Nullable Value typed(String text, Type type) {
    boolean plain = ComparisonFunctions.sameKind(type, type) && !(type instanceof Type.Floating);
    if (!plain) {
      return null;
    }
    try {
      Value value = Casts.cast(Value.of(text), type, CastMode.SQL);
      boolean same = RdfLiterals.isLiteral(value) && RdfLiterals.lexical(value).equals(text);
      return same ? value : null;
    } catch (QueryException | IllegalArgumentException noValue) {
      return null;
    }
  }

  /// A column of IRIs, absolute or relative to a base, that is to be this one.
  private static @Nullable Expr resolved(Expr expr, Value value) {
    boolean applies =
        expr instanceof Expr.Call(var function, var args, _)
            && function.equals(RdfTermFunctions.RESOLVE)
            && args.get(1).type() == Type.STRING
            && args.get(0) instanceof Expr.Lit(Value.Str _, _)
            && value instanceof Value.Iri;
    if (!applies) {
      return null;
    }
    List<Expr> args = ((Expr.Call) expr).args();
    String base = ((Value.Str) ((Expr.Lit) args.get(0)).value()).value();
    String iri = ((Value.Iri) value).value();
    List<Expr> ways = new ArrayList<>();
    ways.add(equal(args.get(1), Expr.lit(Value.of(iri))));
    String rest = iri.startsWith(base) ? iri.substring(base.length()) : iri;
    if (!rest.equals(iri) && !IriText.isAbsolute(rest)) {
      ways.add(equal(args.get(1), Expr.lit(Value.of(rest))));
    }
    return LogicFunctions.or(ways);
  }

  // ---- facts for other rules

  /// Whether a function makes a term of columns at next to no cost, and never fails.
  static boolean isTerm(Function function) {
    return function.equals(RdfTermFunctions.IRI)
        || function.equals(RdfTermFunctions.BLANK)
        || function.equals(RdfTermFunctions.LANGUAGE);
  }

  private static boolean isLiteral(Function function) {
    return function.equals(RdfTermFunctions.LANGUAGE) || function.equals(RdfTermFunctions.TYPED);
  }

  /// Whether different columns give different terms. Calls of other functions count as such.
  static boolean isInjective(Expr.Call call) {
    Term term = term(call);
    return term == null || term.template().isUnambiguous();
  }

  /// Whether a conjunct compares terms that are never the same.
  static boolean isDisjoint(Expr conjunct) {
    if (!(conjunct instanceof Expr.Call(var function, var args, _))
        || !function.equals(ComparisonFunctions.SAME_TERM)) {
      return false;
    }
    Expr left = Forms.strip(args.get(0));
    Expr right = Forms.strip(args.get(1));
    if (isEntity(left) && iris(right) != null || isEntity(right) && iris(left) != null) {
      // An IRI that may name an entity is behind a function that sees to it.
      return true;
    }
    Kind one = kind(left);
    Kind two = kind(right);
    boolean made = isMade(left) || isMade(right);
    return made
        && one != Kind.UNKNOWN
        && two != Kind.UNKNOWN
        && (one != two || one == Kind.IRI && !mayMeet(left, right));
  }

  private static boolean isEntity(Expr expr) {
    return switch (expr) {
      case Expr.Lit(var value, _) ->
          value instanceof Value.NodeRef || value instanceof Value.EdgeRef;
      case Expr.Call(var function, _, _) ->
          function.equals(MappingFunctions.ENTITY_NODE)
              || function.equals(MappingFunctions.ENTITY_EDGE);
      default -> false;
    };
  }

  private static boolean isMade(Expr expr) {
    return expr instanceof Expr.Call(var function, _, _)
        && (isTerm(function) || function.equals(RdfTermFunctions.TYPED));
  }

  private enum Kind {
    IRI,
    BLANK,
    LITERAL,
    UNKNOWN
  }

  private static Kind kind(Expr expr) {
    if (expr instanceof Expr.Lit(var value, _)) {
      return value instanceof Value.Iri
          ? Kind.IRI
          : value instanceof Value.BlankNode
              ? Kind.BLANK
              : RdfLiterals.isLiteral(value) ? Kind.LITERAL : Kind.UNKNOWN;
    }
    if (Forms.isExact(expr.type())) {
      return Kind.LITERAL;
    }
    if (!(expr instanceof Expr.Call(var function, _, _))) {
      return Kind.UNKNOWN;
    }
    if (isLiteral(function)) {
      return Kind.LITERAL;
    }
    return function.equals(RdfTermFunctions.IRI)
        ? Kind.IRI
        : function.equals(RdfTermFunctions.BLANK) ? Kind.BLANK : Kind.UNKNOWN;
  }

  private static boolean mayMeet(Expr left, Expr right) {
    TermTemplate one = iris(left);
    TermTemplate two = iris(right);
    return one == null || two == null || one.mayMeet(two);
  }

  /// The IRIs that an expression may give; null where that is not known.
  private static @Nullable TermTemplate iris(Expr expr) {
    if (expr instanceof Expr.Lit(Value.Iri(String iri), _)) {
      return TermTemplate.of(iri);
    }
    Term term = term(expr);
    return term != null && term.isIri() ? term.template() : null;
  }

  private static @Nullable Term term(Expr expr) {
    if (!(Forms.strip(expr) instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    boolean iri = function.equals(RdfTermFunctions.IRI);
    if (!iri && !function.equals(RdfTermFunctions.BLANK)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      if (i % 2 == 1) {
        values.add(args.get(i));
      } else if (args.get(i) instanceof Expr.Lit(Value.Str(String text), _)) {
        texts.add(text);
      } else {
        return null;
      }
    }
    return new Term(function, new TermTemplate(texts, iri), values);
  }
}
