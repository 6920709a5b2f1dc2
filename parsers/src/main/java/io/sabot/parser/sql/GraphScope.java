package io.sabot.parser.sql;

import io.sabot.parser.sql.GraphTableText.Test;
import io.sabot.parser.sql.GraphVariable.Kind;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// What the expressions of a GRAPH_TABLE can name: the variables of its pattern and columns of the
/// tables before it.
final class GraphScope {
  /// The table that the columns from around GRAPH_TABLE seem to be of.
  static final String OUTER = "$outer";

  private final GraphView view;
  private final List<Test> tests;
  private final Map<String, GraphVariable> variables = new LinkedHashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, Integer> outerPlaces = new HashMap<>();
  private final List<SqlIdentifier> outer = new ArrayList<>();

  GraphScope(GraphView view, List<Test> tests) {
    this.view = view;
    this.tests = tests;
  }

  GraphView view() {
    return view;
  }

  // ---- variables

  /// Says that two names are of one vertex.
  void alias(String name, String other) {
    String one = canonical(name);
    String two = canonical(other);
    if (!one.equals(two)) {
      aliases.put(two, one);
    }
  }

  String canonical(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    String next = aliases.get(key);
    while (next != null) {
      key = next;
      next = aliases.get(key);
    }
    return key;
  }

  @Nullable GraphVariable find(String name) {
    return variables.get(canonical(name));
  }

  Collection<GraphVariable> variables() {
    return variables.values();
  }

  /// Declares a variable, or finds the one of the same name.
  GraphVariable declare(
      GraphPattern.Variable written, GraphVariable.Kind kind, GraphVariable.Degree degree) {
    GraphVariable known = find(written.text());
    if (known == null) {
      GraphVariable made =
          new GraphVariable(canonical(written.text()), kind, degree, written.place());
      variables.put(made.name, made);
      return made;
    }
    boolean joins =
        kind != Kind.PATH
            && known.kind == kind
            && degree == GraphVariable.Degree.ONE
            && known.degree == GraphVariable.Degree.ONE;
    if (!joins) {
      throw Errors.semantic(
          written.place(),
          "VariableAlreadyBound",
          "'" + written.text() + "' is declared already, as " + described(known),
          "use another name");
    }
    return known;
  }

  private static String described(GraphVariable variable) {
    return switch (variable.degree) {
      case ONE -> "one " + variable.word();
      case OPTIONAL -> "a " + variable.word() + " of a part that may be left out";
      case GROUP -> "a list: its part of the path is repeated";
    };
  }

  // ---- columns from around

  SqlIdentifier outer(SqlIdentifier id) {
    String key = String.join(".", id.names).toLowerCase(Locale.ROOT);
    Integer place = outerPlaces.get(key);
    if (place == null) {
      place = outer.size();
      outerPlaces.put(key, place);
      outer.add(id);
    }
    return new SqlIdentifier(List.of(OUTER, outerColumn(place)), id.getParserPosition());
  }

  static String outerColumn(int place) {
    return "$c" + place;
  }

  List<SqlIdentifier> outer() {
    return outer;
  }

  // ---- predicates

  /// @param check complains about variables that are lists
  GraphNeeds.Value test(
      int number, GraphVariable subject, BiConsumer<GraphVariable, SqlNode> check) {
    Test test = tests.get(number);
    if (test.kind() == GraphTableText.TestKind.LABELED) {
      if (subject.kind == Kind.PATH) {
        throw Errors.semantic(
            test.place(), "ElementExpected", "'" + subject.name + "' is a path", "");
      }
      LabelExpr labels = view.labels(subject.isVertex(), test.labels(), test.places(), true);
      return v -> new Expr.LabelTest(v.apply(subject.name), labels);
    }
    GraphVariable edge = find(test.edge());
    if (!subject.isVertex() || edge == null || edge.kind != Kind.EDGE) {
      throw Errors.semantic(
          test.place(),
          "ElementExpected",
          test.kind() + " OF relates a vertex to an edge of the pattern",
          "write: vertex IS " + test.kind() + " OF edge");
    }
    check.accept(edge, new SqlIdentifier(edge.name, SqlParserPos.ZERO));
    String end = test.kind() == GraphTableText.TestKind.SOURCE ? "cy.startnode" : "cy.endnode";
    return v ->
        ComparisonFunctions.sameTerm(
            Functions.named(end).call(v.apply(edge.name)), v.apply(subject.name));
  }

  static Expr same(List<GraphVariable> all, Function<String, Expr> values) {
    List<Expr> tests = new ArrayList<>();
    Expr first = values.apply(all.getFirst().name);
    for (GraphVariable other : all.subList(1, all.size())) {
      tests.add(ComparisonFunctions.sameTerm(first, values.apply(other.name)));
    }
    return LogicFunctions.and(tests);
  }

  static Expr allDifferent(List<GraphVariable> all, Function<String, Expr> values) {
    List<Expr> tests = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (GraphVariable other : all.subList(i + 1, all.size())) {
        Expr left = values.apply(all.get(i).name);
        Expr same = ComparisonFunctions.sameTerm(left, values.apply(other.name));
        tests.add(LogicFunctions.not(same));
      }
    }
    return LogicFunctions.and(tests);
  }
}
