package io.sabot.tck.sparql;

import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether two bags of solutions are the same up to the names of blank nodes. Numbers compare by
/// datatype and value, all other terms as terms.
///
/// Blank nodes are told apart by colour refinement: a node's colour is the bag of rows it stands
/// in, with the colours of the other nodes there.
final class RowComparison {
  private static final int ROUNDS = 4;

  private RowComparison() {}

  /// Rows by variable; an unbound variable is absent.
  static boolean same(List<Map<String, Value>> left, List<Map<String, Value>> right) {
    return left.size() == right.size() && canonical(left).equals(canonical(right));
  }

  /// The rows of one bag that the other lacks, as text.
  static String surplus(List<Map<String, Value>> of, List<Map<String, Value>> over) {
    List<String> left = new ArrayList<>(canonical(of));
    canonical(over).forEach(left::remove);
    return left.size() + " " + left.stream().limit(5).toList();
  }

  /// Whether two lists of the same rows are in the same order, blank nodes aside.
  static boolean sameOrder(List<Map<String, Value>> left, List<Map<String, Value>> right) {
    return left.stream()
        .map(row -> text(row, Map.of()))
        .toList()
        .equals(right.stream().map(row -> text(row, Map.of())).toList());
  }

  private static List<String> canonical(List<Map<String, Value>> rows) {
    Map<String, String> colours = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, List<String>> stands = new HashMap<>();
      for (Map<String, Value> row : rows) {
        row.forEach((variable, value) -> {
          for (String place : places(value, variable)) {
            int space = place.indexOf(' ');
            stands
                .computeIfAbsent(place.substring(0, space), l -> new ArrayList<>())
                .add(place.substring(space) + " in " + text(row, colours));
          }
        });
      }
      Map<String, String> next = new HashMap<>();
      stands.forEach((label, places) -> {
        places.sort(null);
        next.put(label, Integer.toHexString(places.hashCode()));
      });
      colours.putAll(next);
    }
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(text(row, colours)));
    texts.sort(null);
    return texts;
  }

  /// The blank nodes in a value, each with a blank and where in the row it stands.
  private static List<String> places(Value value, String where) {
    return switch (value) {
      case Value.BlankNode(String label) -> List.of(label + " " + where);
      case Value.TripleTerm(Value subject, Value predicate, Value object) -> {
        List<String> all = new ArrayList<>(places(subject, where + ".s"));
        all.addAll(places(predicate, where + ".p"));
        all.addAll(places(object, where + ".o"));
        yield all;
      }
      default -> List.of();
    };
  }

  private static String text(Map<String, Value> row, Map<String, String> colours) {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(row)
        .forEach((variable, value) ->
            out.append(variable).append('=').append(term(value, colours)).append(' '));
    return out.toString();
  }

  private static String term(Value value, Map<String, String> colours) {
    if (value instanceof Value.BlankNode(String label)) {
      return "_:" + colours.getOrDefault(label, "");
    }
    if (value instanceof Value.TripleTerm(Value subject, Value predicate, Value object)) {
      return "<<" + term(subject, colours) + " " + predicate + " " + term(object, colours) + ">>";
    }
    Value number = RdfLiterals.number(value);
    if (number == null) {
      return value.toString();
    }
    String amount =
        number instanceof Value.Real(double v)
            ? Double.toString(v)
            : Numbers.toDecimal(number).stripTrailingZeros().toPlainString();
    return RdfLiterals.datatype(value) + " " + amount;
  }
}
