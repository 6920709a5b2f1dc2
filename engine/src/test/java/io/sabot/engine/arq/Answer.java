package io.sabot.engine.arq;

import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.io.JenaTerms;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Node;

/// The bag of solutions of a query, or the set of its triples, as lines of text in an order.
final class Answer {
  /// Digits that two quotients must share: XPath functions §4.2 leaves the number to the
  /// implementation, at least 18 in a decimal.
  private static final MathContext DIGITS = new MathContext(14);

  private Answer() {}

  static List<String> of(Result result) {
    List<String> rows = new ArrayList<>();
    List<String> names = result.columns();
    while (result.hasNext()) {
      Row row = result.next();
      Map<String, Value> solution = new TreeMap<>();
      for (int c = 0; c < names.size(); c++) {
        if (!row.value(c).isNull()) {
          solution.put(names.get(c), row.value(c));
        }
      }
      rows.add(result.form() == ResultForm.BOOLEAN ? row.value(0).toString() : solution(solution));
    }
    return inOrder(rows, result.form() == ResultForm.TRIPLES);
  }

  static List<String> inOrder(List<String> rows, boolean distinct) {
    return (distinct ? rows.stream().distinct() : rows.stream()).sorted().toList();
  }

  static String solution(Map<String, Value> solution) {
    StringBuilder text = new StringBuilder("{ ");
    new TreeMap<>(solution)
        .forEach((name, value) -> {
          boolean computed = ExpressionGenerator.isNumber(name);
          text.append(name).append('=').append(computed ? number(value) : term(value)).append(' ');
        });
    return text.append('}').toString();
  }

  static Value value(Node node) {
    return JenaTerms.value(node, "");
  }

  /// A cast of -0.5 to an integer gives ARQ "-0"; XML Schema writes the canonical zero without
  /// sign.
  private static String term(Value value) {
    if (value instanceof Value.TypedLiteral(String lexical, String datatype)
        && lexical.equals("-0")
        && datatype.equals(Xsd.INTEGER)) {
      return term(Value.of(0));
    }
    return RdfLiterals.isLiteral(value) && !(value instanceof Value.LangString)
        ? "\"" + RdfLiterals.lexical(value) + "\"^^" + RdfLiterals.datatype(value)
        : value.toString();
  }

  /// By datatype and value: what a computed number looks like is up to the implementation. A sum
  /// ends with the zero of no solution (§18.5.1.3), which makes -0.0 a 0.0; ARQ leaves it out.
  private static String number(Value value) {
    Value number = RdfLiterals.number(value);
    if (number == null) {
      return term(value);
    }
    String amount =
        number instanceof Value.Real(double v)
            ? Double.toString(v + 0.0)
            : Numbers.toDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
    return RdfLiterals.datatype(value) + " " + amount;
  }
}
