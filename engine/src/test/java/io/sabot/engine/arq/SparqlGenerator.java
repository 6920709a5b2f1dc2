package io.sabot.engine.arq;

import static io.sabot.engine.arq.Piece.Kind.ELEMENT;
import static io.sabot.engine.arq.Piece.Kind.GROUP;
import static io.sabot.engine.arq.Piece.Kind.MODIFIER;
import static io.sabot.engine.arq.Piece.Kind.PATH;
import static io.sabot.engine.arq.Piece.Kind.VALUE;

import io.sabot.engine.arq.Piece.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Quad;

/// Draws queries. What two implementations may answer differently is not drawn:
///
/// - LIMIT without an order that tells all solutions apart (SPARQL 1.1 §15.4), and so none where
///   blank nodes are, which have no order (§15.1);
/// - comparisons of a zero with a sign, which ARQ takes for less than one without;
/// - MIN and MAX of values that `<` does not compare (§15.1, §18.5.1.5), GROUP_CONCAT's order
///   (§18.5.1.7), which value SAMPLE takes (§18.5.1.8);
/// - MINUS and sub-SELECT within EXISTS, where the substitution of §18.6 is not defined or changes
///   what MINUS means (W3C sparql-exists, issues 1, 2 and 4); `SparqlExistsTest` has what they do;
/// - in a group within the group of an EXISTS, a condition on a variable of the row outside, an
///   EXISTS with one and a path that may be empty: §18.6 puts the value of the row there, ARQ where
///   no join is around it;
/// - a value of that row where a path ends: ARQ finds others that have the same value;
/// - a path that may be empty between two terms, also two of the row that an EXISTS is asked for:
///   from a term to itself there is one whatever the graph holds (§18.5), in ARQ only to nodes.
final class SparqlGenerator {
  static final List<String> POOL = List.of("a", "b", "c", "d", "e");
  private static final String PROLOGUE =
      "PREFIX : <" + RandomQuads.NS + "> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n";
  private static final Quad ANY =
      Quad.create(
          Quad.defaultGraphIRI, RandomQuads.iri("a"), RandomQuads.iri("p"), RandomQuads.iri("b"));
  private static final int LEAVES_MAX = 7;
  private static final int DEPTH_MAX = 3;

  private final Draw draw;
  private final List<Quad> data;
  private final boolean blankNodes;
  private final ExpressionGenerator expressions;
  private int leaves;
  private int names;
  private boolean inExists;

  /// What the solution that an EXISTS is asked for binds, while the EXISTS's own group is drawn.
  private Collection<String> outer = List.of();

  /// Within a group of the group of an EXISTS.
  private boolean deepInExists;

  /// @param data that will be asked
  SparqlGenerator(Draw draw, List<Quad> data) {
    this.draw = draw;
    this.data = data;
    this.blankNodes = RandomQuads.hasBlankNodes(data);
    this.expressions = new ExpressionGenerator(draw, data, this::existing, this::unbound);
  }

  Piece next() {
    leaves = LEAVES_MAX;
    Set<String> visible = new TreeSet<>();
    Piece dataset = Piece.of(MODIFIER, draw.chance(6) ? dataset() : "");
    Part body =
        switch (draw.below(20)) {
          case 0 -> Piece.of(GROUP, "ASK ", dataset, group(DEPTH_MAX, visible, POOL));
          case 1 -> construct(dataset);
          case 2, 3, 4, 5, 6 -> aggregate(DEPTH_MAX, dataset, visible, POOL);
          default -> select(DEPTH_MAX, dataset, visible, POOL);
        };
    return Piece.of(GROUP, PROLOGUE, body);
  }

  private String dataset() {
    StringBuilder text = new StringBuilder();
    for (String graph : RandomQuads.GRAPHS) {
      text.append(draw.chance(50) ? "FROM :" + graph + " " : "");
      text.append(draw.chance(50) ? "FROM NAMED :" + graph + " " : "");
    }
    return text.toString();
  }

  private Part construct(Piece dataset) {
    Set<String> visible = new TreeSet<>();
    Part where = group(DEPTH_MAX, visible, POOL);
    String template =
        "{ "
            + variable(visible)
            + " :made "
            + variable(visible)
            + " . "
            + variable(visible)
            + " ?"
            + draw.one(POOL)
            + " "
            + variable(visible)
            + " }";
    return Piece.of(GROUP, "CONSTRUCT ", template, " ", dataset, "WHERE ", where);
  }

  private String variable(Collection<String> visible) {
    List<String> terms = visible.stream().filter(v -> !ExpressionGenerator.isNumber(v)).toList();
    return "?" + (terms.isEmpty() || draw.chance(15) ? draw.one(POOL) : draw.one(terms));
  }

  /// `SELECT ...`; afterwards `visible` are the variables that it gives.
  private Part select(int depth, Piece dataset, Set<String> visible, Collection<String> hints) {
    Set<String> inner = new TreeSet<>();
    Part where = group(depth, inner, hints);
    List<Piece> results = new ArrayList<>();
    Set<String> given = new TreeSet<>();
    if (draw.chance(35) && !inner.isEmpty()) {
      results.add(new Piece.Text("*"));
      given.addAll(inner);
    } else {
      results(inner, results, given);
    }
    boolean distinct = draw.chance(35);
    boolean total = !blankNodes && given.stream().noneMatch(ExpressionGenerator::isNumber);
    Piece modifiers =
        Piece.of(MODIFIER, total && !inExists && draw.chance(25) ? limit(given) : order(given));
    visible.addAll(given);
    return Piece.of(
        GROUP,
        "SELECT ",
        Piece.of(MODIFIER, distinct ? "DISTINCT " : ""),
        Piece.of(GROUP, results),
        " ",
        dataset,
        "WHERE ",
        where,
        modifiers);
  }

  private void results(Set<String> inner, List<Piece> results, Set<String> given) {
    int count = 1 + draw.below(3);
    for (int i = 0; i < count; i++) {
      String name = inner.isEmpty() ? draw.one(POOL) : draw.one(inner);
      if (given.add(name)) {
        results.add(new Piece.Text(" ?" + name));
      }
    }
    if (draw.chance(30)) {
      boolean number = draw.chance(50);
      String name = (number ? "n" : "x") + names++;
      Part value = number ? expressions.computed(1, inner) : expressions.value(2, inner);
      results.add(Piece.of(MODIFIER, " (", value, " AS ?" + name + ")"));
      given.add(name);
    }
  }

  private String order(Set<String> given) {
    return draw.chance(20) && !given.isEmpty()
        ? " ORDER BY " + (draw.chance(50) ? "DESC" : "ASC") + "(?" + draw.one(given) + ")"
        : "";
  }

  /// The first solutions in an order that tells any two terms apart that are not blank nodes.
  private String limit(Set<String> given) {
    String keys =
        given.stream()
            .map(name -> "isIRI(?%1$s) STR(?%1$s) DATATYPE(?%1$s) LANG(?%1$s)".formatted(name))
            .collect(Collectors.joining(" "));
    return " ORDER BY "
        + (keys.isEmpty() ? "(1)" : keys)
        + " LIMIT "
        + draw.below(6)
        + (draw.chance(30) ? " OFFSET " + draw.below(4) : "");
  }

  private Part aggregate(int depth, Piece dataset, Set<String> visible, Collection<String> hints) {
    Set<String> inner = new TreeSet<>();
    Part where = group(depth, inner, hints);
    List<Piece> results = new ArrayList<>();
    List<Piece> keys = new ArrayList<>();
    Set<String> keyed = new TreeSet<>();
    int count = draw.below(3);
    for (int i = 0; i < count; i++) {
      if (draw.chance(25)) {
        String name = "x" + names++;
        keys.add(Piece.of(ELEMENT, " (", expressions.value(1, inner), " AS ?" + name + ")"));
        results.add(new Piece.Text(" ?" + name));
        keyed.add(name);
      } else {
        String name = inner.isEmpty() ? draw.one(POOL) : draw.one(inner);
        if (keyed.add(name)) {
          keys.add(new Piece.Text(" ?" + name));
          results.add(new Piece.Text(" ?" + name));
        }
      }
    }
    Set<String> given = new TreeSet<>(keyed);
    int calls = 1 + draw.below(2);
    for (int i = 0; i < calls; i++) {
      call(inner, keyed, results, given);
    }
    visible.addAll(given);
    List<Object> parts =
        new ArrayList<>(List.of("SELECT", Piece.of(GROUP, results), " ", dataset, "WHERE ", where));
    if (!keys.isEmpty()) {
      parts.add(" GROUP BY");
      parts.add(Piece.of(GROUP, keys));
    }
    parts.add(Piece.of(MODIFIER, draw.chance(25) ? having(inner, keyed) : ""));
    return Piece.of(GROUP, parts.toArray());
  }

  private Part having(Set<String> inner, Set<String> keyed) {
    return switch (draw.below(3)) {
      case 0 -> Piece.of(MODIFIER, " HAVING (COUNT(*) > " + draw.below(3) + ")");
      case 1 ->
          Piece.of(
              MODIFIER,
              " HAVING ((SUM(",
              expressions.computed(1, inner),
              ") + 0) >= " + draw.below(4) + ")");
      default -> Piece.of(MODIFIER, " HAVING (", expressions.condition(1, keyed), ")");
    };
  }

  private void call(Set<String> inner, Set<String> keyed, List<Piece> results, Set<String> given) {
    String distinct = draw.chance(40) ? "DISTINCT " : "";
    String text = "x" + names++;
    String number = "n" + names++;
    String name = text;
    Part call;
    switch (draw.below(10)) {
      case 0 -> call = Piece.of(VALUE, "COUNT(*)");
      case 1, 2 -> call = Piece.of(VALUE, "COUNT(" + distinct, expressions.value(1, inner), ")");
      case 3, 4 -> {
        // A sum is one of an addition (§18.5.1.3), but ARQ gives a single value back as it is.
        call = Piece.of(VALUE, "SUM(" + distinct, expressions.computed(1, inner), ")");
        name = number;
      }
      case 5 -> {
        call = Piece.of(VALUE, "ROUND(1000 * AVG(" + distinct, expressions.number(1, inner), "))");
        name = number;
      }
      case 6 -> {
        String extreme = draw.chance(50) ? "MIN(" : "MAX(";
        call = Piece.of(VALUE, "xsd:double(" + extreme, expressions.number(1, inner), " + 0))");
        name = number;
      }
      case 7 -> {
        String extreme = draw.chance(50) ? "MIN(" : "MAX(";
        call = Piece.of(VALUE, extreme + distinct, expressions.str(0, inner), ")");
      }
      case 8 -> {
        // Of no solutions it is "" (§18.5.1.7), but with DISTINCT ARQ leaves it unbound.
        call =
            Piece.of(
                VALUE,
                "STRLEN(GROUP_CONCAT(" + (keyed.isEmpty() ? "" : distinct),
                expressions.str(0, inner),
                (draw.chance(50) ? "; SEPARATOR=\"|\"" : "") + "))");
      }
      default ->
          call =
              keyed.stream().noneMatch(POOL::contains)
                  ? Piece.of(VALUE, "COUNT(" + distinct + "*)")
                  : Piece.of(
                      VALUE,
                      "SAMPLE(?" + draw.one(keyed.stream().filter(POOL::contains).toList()) + ")");
    }
    results.add(Piece.of(MODIFIER, " (", call, " AS ?" + name + ")"));
    given.add(name);
  }

  /// The group of an EXISTS that sees some variables.
  private Piece existing(int depth, Collection<String> seen) {
    if (deepInExists) {
      String own = triple(fresh(new TreeSet<>()), fresh(new TreeSet<>()));
      return Piece.of(GROUP, "{ ", own, "}");
    }
    boolean within = inExists;
    Collection<String> known = outer;
    inExists = true;
    outer = with(known, seen);
    leaves = Math.max(leaves, 2);
    Piece group = elements(Math.min(depth, 1), new TreeSet<>(), seen.isEmpty() ? POOL : seen);
    inExists = within;
    outer = known;
    return group;
  }

  private String unbound() {
    return deepInExists ? "x" + names++ : draw.one(POOL);
  }

  private String triple(String subject, String object) {
    return subject + " :" + draw.one(RandomQuads.PREDICATES) + " " + object + " . ";
  }

  private static Set<String> with(Collection<String> some, Collection<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }

  /// `{ ... }`; adds the variables that it may bind.
  ///
  /// @param hints variables that are worth meeting
  private Part group(int depth, Set<String> visible, Collection<String> hints) {
    boolean deep = deepInExists;
    Collection<String> known = outer;
    deepInExists = inExists;
    outer = List.of();
    Part group = elements(depth, visible, hints);
    deepInExists = deep;
    outer = known;
    return group;
  }

  private Part elements(int depth, Set<String> visible, Collection<String> hints) {
    List<Piece> elements = new ArrayList<>();
    Set<String> own = new TreeSet<>();
    int count = 1 + draw.below(depth > 0 ? 4 : 2);
    for (int i = 0; i < count; i++) {
      elements.add(
          depth == DEPTH_MAX && i == 0 && draw.chance(80)
              ? triples(own, hints)
              : element(depth, own, hints, i == 0));
      elements.add(new Piece.Text(" "));
    }
    visible.addAll(own);
    return Piece.of(GROUP, "{ ", Piece.of(GROUP, elements), "}");
  }

  /// The reference engine filters the left side by the condition of an OPTIONAL that has nothing
  /// but one; §18.6 keeps it, and so does the main engine.
  private Part optional(int depth, Set<String> own, Collection<String> near) {
    Set<String> inner = new TreeSet<>();
    Part first = draw.chance(80) ? triples(inner, near) : values(inner, near);
    own.addAll(inner);
    return Piece.of(GROUP, "{ ", first, " ", group(depth, own, near), "}");
  }

  private Part element(int depth, Set<String> own, Collection<String> hints, boolean first) {
    boolean nest = depth > 0 && leaves > 0;
    int kind = draw.below(100);
    if (first ? kind < 70 : kind < 25) {
      return triples(own, hints);
    }
    int less = depth - 1;
    Collection<String> near = own.isEmpty() ? hints : own;
    if (nest && kind < 75) {
      return switch (draw.below(12)) {
        case 0, 1, 2 -> Piece.of(ELEMENT, "OPTIONAL ", optional(less, own, near));
        case 3, 4 -> union(less, own, near);
        case 5, 6 -> minus(less, own, near);
        case 7, 8 -> graph(less, own, near);
        case 9 -> Piece.of(ELEMENT, group(less, own, near));
        default -> subSelect(less, own, near);
      };
    }
    return switch (kind % 7) {
      case 0 -> values(own, hints);
      case 1, 2 -> bind(own);
      case 3, 4 -> triples(own, hints);
      default -> Piece.of(ELEMENT, "FILTER (", expressions.filter(with(own, outer)), ")");
    };
  }

  private Part union(int depth, Set<String> own, Collection<String> near) {
    List<Piece> branches = new ArrayList<>(List.of(group(depth, own, near)));
    int more = draw.chance(20) ? 2 : 1;
    for (int i = 0; i < more; i++) {
      branches.add(new Piece.Text(" UNION "));
      branches.add(group(depth, own, near));
    }
    return Piece.of(ELEMENT, branches);
  }

  private Part minus(int depth, Set<String> own, Collection<String> near) {
    return inExists
        ? triples(own, near)
        : Piece.of(ELEMENT, "MINUS ", group(depth, new TreeSet<>(), near));
  }

  private Part graph(int depth, Set<String> own, Collection<String> near) {
    if (draw.chance(35)) {
      return Piece.of(
          ELEMENT, "GRAPH :" + draw.one(List.of("g", "h", "k")) + " ", group(depth, own, near));
    }
    String name = draw.chance(70) ? draw.one(POOL) : "g";
    Part inner = group(depth, own, near);
    own.add(name);
    return Piece.of(ELEMENT, "GRAPH ?" + name + " ", inner);
  }

  private Part subSelect(int depth, Set<String> own, Collection<String> near) {
    if (inExists) {
      return triples(own, near);
    }
    Part query =
        draw.chance(35)
            ? aggregate(depth, Piece.of(MODIFIER), own, near)
            : select(depth, Piece.of(MODIFIER), own, near);
    return Piece.of(ELEMENT, "{ ", query, " }");
  }

  private Part bind(Set<String> own) {
    List<String> free = POOL.stream().filter(name -> !own.contains(name)).toList();
    boolean number = draw.chance(35);
    String name =
        number
            ? "n" + names++
            : inExists || free.isEmpty() || draw.chance(40) ? "x" + names++ : draw.one(free);
    Part value = number ? expressions.computed(1, own) : expressions.value(2, own);
    own.add(name);
    return Piece.of(ELEMENT, "BIND (", value, " AS ?" + name + ")");
  }

  private Part values(Set<String> own, Collection<String> hints) {
    leaves--;
    Set<String> names = new TreeSet<>();
    int width = 1 + draw.below(2);
    for (int i = 0; i < width; i++) {
      names.add(name(own, hints));
    }
    own.addAll(names);
    StringBuilder text = new StringBuilder("VALUES (");
    names.forEach(name -> text.append(" ?").append(name));
    text.append(" ) {");
    int rows = draw.below(4);
    for (int i = 0; i < rows; i++) {
      text.append(" (");
      names.forEach(
          name -> text.append(' ').append(draw.chance(30) ? "UNDEF" : expressions.constant()));
      text.append(" )");
    }
    return Piece.of(ELEMENT, text.append(" }"));
  }

  /// The name of a variable, rather of one that is known nearby; none that holds a number.
  private String name(Set<String> own, Collection<String> hints) {
    List<String> near =
        (draw.chance(70) ? own : hints)
            .stream().filter(name -> !ExpressionGenerator.isNumber(name)).toList();
    return near.isEmpty() || draw.chance(30) ? draw.one(POOL) : draw.one(near);
  }

  private Part triples(Set<String> own, Collection<String> hints) {
    List<Piece> all = new ArrayList<>();
    int count = draw.chance(30) && leaves > 2 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      leaves--;
      // Constants are those of one quad, so that a pattern by itself mostly finds something.
      Quad quad = data.isEmpty() ? ANY : draw.one(data);
      Piece link = Piece.of(PATH, RandomQuads.text(quad.getPredicate()));
      // Within an EXISTS, ARQ fails where the row has a literal for the predicate.
      boolean isLink = inExists || draw.chance(80);
      Piece predicate =
          draw.chance(40) ? path(2) : isLink ? link : new Piece.Text(named(own, hints));
      // The inner node of a sequence is a variable (§18.2.2.4), and so in the graph where a part of
      // the sequence has no edges; ARQ lets it be a constant end that is not in the graph.
      boolean isOpen = predicate.text().contains("/") && predicate != link;
      String subject =
          inExists && predicate.text().contains("^")
              ? fresh(own)
              : isOpen || draw.chance(85) || quad.getSubject().isBlank()
                  ? term(own, hints)
                  : RandomQuads.text(quad.getSubject());
      boolean isPath = predicate != link && !predicate.text().startsWith("?");
      boolean isTerm = !subject.startsWith("?") && mayBeEmpty(predicate);
      String object =
          isTerm || isPath && inExists
              ? fresh(own)
              : isOpen || draw.chance(85)
                  ? other(subject, own, hints)
                  : predicate == link ? end(quad) : end();
      all.add(Piece.of(ELEMENT, subject, " ", predicate, " ", object + " . "));
    }
    return Piece.of(ELEMENT, all);
  }

  private static boolean mayBeEmpty(Piece predicate) {
    return predicate.text().contains("*") || predicate.text().contains(")?");
  }

  private String fresh(Set<String> own) {
    String name = "x" + names++;
    own.add(name);
    return "?" + name;
  }

  private String end(Quad quad) {
    Node object = quad.getObject();
    return object.isBlank() ? expressions.constant() : RandomQuads.text(object);
  }

  /// The constant end of a path: ARQ compares the end of a path by value, where §18.3.1 wants the
  /// term, so it is none that has the value of another.
  private String end() {
    return draw.chance(60)
        ? ":" + draw.one(RandomQuads.RESOURCES)
        : "\"" + draw.one(List.of("a", "ab", "")) + "\"";
  }

  private String term(Set<String> own, Collection<String> hints) {
    if (draw.chance(4)) {
      return "[]";
    }
    return named(own, hints);
  }

  /// Rather not the same again: few triples lead from a node to itself.
  private String other(String subject, Set<String> own, Collection<String> hints) {
    if (!subject.startsWith("?") || draw.chance(8)) {
      return term(own, hints);
    }
    List<String> others = POOL.stream().filter(name -> !subject.equals("?" + name)).toList();
    String name = draw.one(others);
    own.add(name);
    return "?" + name;
  }

  private String named(Set<String> own, Collection<String> hints) {
    String name = name(own, hints);
    own.add(name);
    return "?" + name;
  }

  /// The reference engine finds nothing for the inverse of a sequence.
  private Part inverse(Part path) {
    return path.text().contains("/")
        ? Piece.of(PATH, "^:" + draw.one(RandomQuads.PREDICATES))
        : Piece.of(PATH, "^(", path, ")");
  }

  private Part path(int depth) {
    if (depth == 0 || draw.chance(25)) {
      return Piece.of(PATH, ":" + draw.one(RandomQuads.PREDICATES));
    }
    int less = depth - 1;
    return switch (draw.below(8)) {
      case 0 -> Piece.of(PATH, "(", path(less), "/", path(less), ")");
      case 1 -> Piece.of(PATH, "(", path(less), "|", path(less), ")");
      case 2 -> inverse(path(less));
      case 3, 4 -> Piece.of(PATH, "(", path(less), deepInExists ? ")+" : ")*");
      case 5 -> Piece.of(PATH, "(", path(less), ")+");
      case 6 -> Piece.of(PATH, "(", path(less), deepInExists ? ")+" : ")?");
      default ->
          Piece.of(
              PATH,
              "!("
                  + (draw.chance(50) ? "^" : "")
                  + ":"
                  + draw.one(RandomQuads.PREDICATES)
                  + (draw.chance(50) ? "|:" + draw.one(RandomQuads.PREDICATES) : "")
                  + ")");
    };
  }
}
