package io.sabot.parser.sql;

import io.sabot.parser.sql.GraphPattern.Choice;
import io.sabot.parser.sql.GraphPattern.Direction;
import io.sabot.parser.sql.GraphPattern.Edge;
import io.sabot.parser.sql.GraphPattern.Factor;
import io.sabot.parser.sql.GraphPattern.Filling;
import io.sabot.parser.sql.GraphPattern.Group;
import io.sabot.parser.sql.GraphPattern.Mode;
import io.sabot.parser.sql.GraphPattern.Path;
import io.sabot.parser.sql.GraphPattern.Prefix;
import io.sabot.parser.sql.GraphPattern.Quantified;
import io.sabot.parser.sql.GraphPattern.Variable;
import io.sabot.parser.sql.GraphPattern.Vertex;
import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the pattern of a GRAPH_TABLE.
///
/// ```
/// pattern: [REPEATABLE ELEMENTS | DIFFERENT EDGES] path [, path]...
/// path:    [name =] [prefix] factor...
/// prefix:  mode | ALL | ANY [k] | ANY SHORTEST | ALL SHORTEST | SHORTEST k [GROUPS]
/// factor:  vertex | edge [quantifier] | '(' path [WHERE condition] ')' [quantifier]
/// ```
final class GraphPatternParser {
  private final TokenReader in;
  private final String text;
  private final Set<Integer> notParameters;

  /// @param notParameters where the places of `?` and `:name` are put that are no parameters
  GraphPatternParser(TokenReader in, String text, Set<Integer> notParameters) {
    this.in = in;
    this.text = text;
    this.notParameters = notParameters;
  }

  GraphPattern pattern() {
    boolean different = in.take("DIFFERENT", "EDGES") || in.take("DIFFERENT", "EDGE", "BINDINGS");
    if (!different) {
      boolean repeatable = in.take("REPEATABLE", "ELEMENTS");
      if (!repeatable) {
        in.take("REPEATABLE", "ELEMENT", "BINDINGS");
      }
    }
    List<Path> paths = new ArrayList<>();
    do {
      paths.add(path());
    } while (in.take(","));
    return new GraphPattern(paths, different);
  }

  // ---- paths

  private Path path() {
    SourceSpan place = in.span();
    Variable name = null;
    if (in.peek().isName() && in.peekSecond().is("=")) {
      name = new Variable(in.name(), place);
      in.expect("=");
    }
    Prefix prefix = prefix();
    Path path = new Path(name, prefix, factors(), place);
    if (in.peek().is("|")) {
      throw Errors.unsupported(in.span(), "an alternative of paths with '|'");
    }
    return path;
  }

  private Prefix prefix() {
    SourceSpan place = in.span();
    if (in.take("ALL", "SHORTEST")) {
      return paths(Choice.SHORTEST_GROUPS, 1, mode());
    }
    if (in.take("ANY", "SHORTEST")) {
      return paths(Choice.SHORTEST, 1, mode());
    }
    if (in.peek().is("ANY") && in.peekSecond().is("CHEAPEST")) {
      throw Errors.unsupported(place, "ANY CHEAPEST");
    }
    if (in.take("ALL")) {
      return paths(Choice.ALL, 0, mode());
    }
    if (in.take("ANY")) {
      return paths(Choice.SHORTEST, count(1), mode());
    }
    if (in.take("SHORTEST")) {
      return shortest(place);
    }
    return paths(Choice.ALL, 0, mode());
  }

  private Prefix shortest(SourceSpan place) {
    boolean counted = in.peek().kind() == Token.Kind.NUMBER;
    long count = count(1);
    Mode mode = mode();
    boolean pathWord = in.take("PATHS") || in.take("PATH");
    if (in.take("GROUPS") || in.take("GROUP")) {
      return new Prefix(Choice.SHORTEST_GROUPS, count, mode);
    }
    if (!counted) {
      throw Errors.syntax(
          place,
          pathWord ? "SHORTEST needs a number of paths" : "SHORTEST needs a number",
          "write ANY SHORTEST, ALL SHORTEST or SHORTEST 1");
    }
    return new Prefix(Choice.SHORTEST, count, mode);
  }

  private long count(long otherwise) {
    if (in.peek().kind() != Token.Kind.NUMBER) {
      return otherwise;
    }
    SourceSpan place = in.span();
    int count = in.number();
    if (count < 1) {
      throw Errors.syntax(place, "found " + count + ", expected at least one path");
    }
    return count;
  }

  private Prefix paths(Choice choice, long count, @Nullable Mode mode) {
    if (!in.take("PATHS")) {
      in.take("PATH");
    }
    return new Prefix(choice, count, mode);
  }

  private @Nullable Mode mode() {
    for (Mode mode : Mode.values()) {
      if (in.take(mode.name())) {
        return mode;
      }
    }
    return null;
  }

  private List<Factor> factors() {
    List<Factor> factors = new ArrayList<>();
    while (true) {
      Token next = in.peek();
      if (next.is("(")) {
        factors.add(quantified(opensGroup() ? group(")") : vertex()));
      } else if (next.is("[")) {
        factors.add(quantified(group("]")));
      } else if (next.is("-") || next.is("<")) {
        factors.add(quantified(edge()));
      } else if (next.is("~")) {
        throw Errors.unsupported(in.span(), "an edge without a direction ('~')");
      } else {
        break;
      }
    }
    if (factors.isEmpty()) {
      throw in.unexpected("a path such as (a)-[e]->(b)");
    }
    return factors;
  }

  /// Whether the parenthesis that comes next opens a part of a path, and not a vertex.
  private boolean opensGroup() {
    int place = in.place();
    in.expect("(");
    Token first = in.next();
    Token second = in.peek();
    in.goTo(place);
    boolean isPath = first.is("(") || first.is("[") || first.is("-") || first.is("<");
    boolean isPrefix =
        first.kind() == Token.Kind.WORD
            && Set.of("WALK", "TRAIL", "ACYCLIC", "SIMPLE", "ANY", "ALL", "SHORTEST")
                .contains(first.text().toUpperCase(Locale.ROOT))
            && !second.is(")")
            && !second.is("IS")
            && !second.is(":")
            && !second.is("WHERE");
    return isPath || isPrefix || (first.isName() && second.is("="));
  }

  private Group group(String close) {
    SourceSpan place = in.span();
    in.next();
    if (in.peek().isName() && in.peekSecond().is("=")) {
      throw Errors.unsupported(in.span(), "a name for a part of a path");
    }
    Prefix prefix = prefix();
    List<Factor> factors = factors();
    Range where = in.take("WHERE") ? condition() : null;
    in.expect(close);
    return new Group(prefix, factors, where, place);
  }

  private Range condition() {
    Range range = in.skipTo();
    if (range.isEmpty()) {
      throw in.unexpected("a condition");
    }
    return range;
  }

  // ---- vertices and edges

  private Vertex vertex() {
    SourceSpan place = in.span();
    in.expect("(");
    Filling filling = filling();
    in.expect(")");
    return new Vertex(filling, place);
  }

  private Edge edge() {
    SourceSpan place = in.span();
    boolean left = in.take("<");
    if (left && in.peek().is("~")) {
      throw Errors.unsupported(place, "an edge without a direction ('~')");
    }
    in.expect("-");
    Filling filling = Filling.NONE;
    if (in.take("[")) {
      filling = filling();
      in.expect("]");
      in.expect("-");
    }
    boolean right = in.take(">");
    Direction direction = left == right ? Direction.ANY : left ? Direction.LEFT : Direction.RIGHT;
    return new Edge(filling, direction, place);
  }

  private Filling filling() {
    Variable variable = null;
    boolean isName = in.peek().isName() && !in.peek().is("IS") && !in.peek().is("WHERE");
    if (isName) {
      SourceSpan place = in.span();
      variable = new Variable(in.name(), place);
    }
    Map<String, SourceSpan> places = new LinkedHashMap<>();
    LabelExpr labels = LabelExpr.ANY;
    if (in.take("IS") || in.take(":") || startsWithColon()) {
      labels = labels(places);
    }
    if (in.peek().is("{")) {
      throw Errors.unsupported(in.span(), "properties in braces (use WHERE), which");
    }
    Range where = in.take("WHERE") ? condition() : null;
    return new Filling(variable, labels, places, where);
  }

  /// The scanner takes `:name` after a parenthesis or blank for a parameter.
  private boolean startsWithColon() {
    Token next = in.peek();
    return next.kind() == Token.Kind.PARAMETER && text.charAt(next.start()) == ':';
  }

  // ---- labels

  LabelExpr labels(Map<String, SourceSpan> places) {
    List<LabelExpr> parts = new ArrayList<>(List.of(allOf(places)));
    while (in.take("|")) {
      parts.add(allOf(places));
    }
    return parts.size() == 1 ? parts.getFirst() : new LabelExpr.Or(parts);
  }

  private LabelExpr allOf(Map<String, SourceSpan> places) {
    List<LabelExpr> parts = new ArrayList<>(List.of(label(places)));
    while (in.take("&")) {
      parts.add(label(places));
    }
    return parts.size() == 1 ? parts.getFirst() : new LabelExpr.And(parts);
  }

  private LabelExpr label(Map<String, SourceSpan> places) {
    if (in.take("!")) {
      return new LabelExpr.Not(label(places));
    }
    if (in.take("%")) {
      return new LabelExpr.Labelled();
    }
    if (in.take("(")) {
      LabelExpr inner = labels(places);
      in.expect(")");
      return inner;
    }
    SourceSpan place = in.span();
    if (startsWithColon()) {
      Token token = in.next();
      notParameters.add(token.start());
      places.putIfAbsent(token.text(), place);
      return new LabelExpr.Has(token.text());
    }
    String name = in.name();
    places.putIfAbsent(name, place);
    return new LabelExpr.Has(name);
  }

  // ---- quantifiers

  private Factor quantified(Factor factor) {
    SourceSpan place = in.span();
    Token next = in.peek();
    boolean isQuestion = next.kind() == Token.Kind.PARAMETER && text.charAt(next.start()) == '?';
    boolean isQuantifier = next.is("*") || next.is("+") || next.is("{") || isQuestion;
    if (!isQuantifier) {
      return factor;
    }
    if (factor instanceof Vertex) {
      throw Errors.syntax(
          place, "a vertex cannot be repeated", "repeat the edge, as in (a)-[e]->{1,3}(b)");
    }
    if (isQuestion) {
      notParameters.add(in.next().start());
      return new Quantified(factor, 0, 1L, true, place);
    }
    if (in.take("*")) {
      return new Quantified(factor, 0, null, false, place);
    }
    if (in.take("+")) {
      return new Quantified(factor, 1, null, false, place);
    }
    in.expect("{");
    return bounds(factor, place);
  }

  private Quantified bounds(Factor factor, SourceSpan place) {
    long min = in.peek().is(",") ? 0 : in.number();
    Long max = min;
    if (in.take(",")) {
      max = in.peek().is("}") ? null : Long.valueOf(in.number());
    }
    in.expect("}");
    if (max != null && (max < min || max == 0)) {
      throw Errors.syntax(
          place,
          "found {" + min + ", " + max + "}",
          "a quantifier needs an upper bound of at least 1 and of at least its lower bound");
    }
    return new Quantified(factor, min, max, false, place);
  }
}
