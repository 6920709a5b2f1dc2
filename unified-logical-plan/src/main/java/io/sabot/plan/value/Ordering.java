package io.sabot.plan.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The total orders of the three languages, and the partial orders behind `<`.
public final class Ordering {
  private Ordering() {}

  /// Ascending; the place of null is the caller's affair except where the order itself ranks it.
  public static Comparator<Value> comparator(OrderMode mode) {
    return switch (mode) {
      case SQL -> Ordering::sql;
      case CYPHER -> Ordering::cypher;
      case SPARQL -> Ordering::sparql;
    };
  }

  /// Typed SQL order. NaN is above all numbers and equals itself; times with zones are equal at one
  /// instant.
  public static int sql(Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return Boolean.compare(left.isNull(), right.isNull());
    }
    if (left instanceof Value.Duration a && right instanceof Value.Duration b) {
      return Durations.compare(a, b);
    }
    if (left instanceof Value.ZonedDateTime(var a) && right instanceof Value.ZonedDateTime(var b)) {
      return a.toInstant().compareTo(b.toInstant());
    }
    return cypher(left, right);
  }

  /// CIP2016-06-14: maps, nodes, edges, lists, paths, temporals, strings, booleans, numbers, null.
  public static int cypher(Value left, Value right) {
    int byKind = Integer.compare(cypherRank(left), cypherRank(right));
    return byKind != 0 ? byKind : within(left, right);
  }

  private static int cypherRank(Value value) {
    return switch (value) {
      case Value.MapValue _ -> 0;
      case Value.NodeRef _ -> 1;
      case Value.EdgeRef _ -> 2;
      case Value.ListValue _ -> 3;
      case Value.PathValue _ -> 4;
      case Value.ZonedDateTime _ -> 5;
      case Value.DateTime _ -> 6;
      case Value.Date _ -> 7;
      case Value.ZonedTime _ -> 8;
      case Value.Time _ -> 9;
      case Value.Duration _ -> 10;
      case Value.BlankNode _ -> 11;
      case Value.Iri _ -> 12;
      case Value.Str _ -> 13;
      case Value.LangString _ -> 14;
      case Value.TypedLiteral _ -> 15;
      case Value.TripleTerm _ -> 16;
      case Value.Bytes _ -> 17;
      case Value.Bool _ -> 18;
      case Value.Int _, Value.Real _, Value.Dec _ -> 19;
      case Value.Null _ -> 20;
    };
  }

  private static int within(Value left, Value right) {
    return switch (left) {
      case Value.Null _ -> 0;
      case Value.Bool(boolean a) -> Boolean.compare(a, ((Value.Bool) right).value());
      case Value.Int _, Value.Real _, Value.Dec _ -> numbers(left, right);
      case Value.Str(String a) -> codePoints(a, ((Value.Str) right).value());
      case Value.Bytes(String a) -> a.compareTo(((Value.Bytes) right).hex());
      case Value.Date(var a) -> a.compareTo(((Value.Date) right).value());
      case Value.Time(var a) -> a.compareTo(((Value.Time) right).value());
      case Value.ZonedTime(var a) -> zonedTimes(a, ((Value.ZonedTime) right).value());
      case Value.DateTime(var a) -> a.compareTo(((Value.DateTime) right).value());
      case Value.ZonedDateTime(var a) -> {
        var b = ((Value.ZonedDateTime) right).value();
        int byInstant = a.toInstant().compareTo(b.toInstant());
        yield byInstant != 0 ? byInstant : a.compareTo(b);
      }
      case Value.Duration a -> durations(a, (Value.Duration) right);
      case Value.ListValue(var a) -> lists(a, ((Value.ListValue) right).items());
      case Value.MapValue a -> maps(a, (Value.MapValue) right);
      case Value.NodeRef(long a) -> Long.compareUnsigned(a, ((Value.NodeRef) right).termId());
      case Value.EdgeRef(long a) -> Long.compareUnsigned(a, ((Value.EdgeRef) right).termId());
      case Value.PathValue a -> paths(a, (Value.PathValue) right);
      case Value.Iri(String a) -> codePoints(a, ((Value.Iri) right).value());
      case Value.BlankNode(String a) -> a.compareTo(((Value.BlankNode) right).label());
      case Value.LangString a -> langStrings(a, (Value.LangString) right);
      case Value.TypedLiteral a -> {
        var b = (Value.TypedLiteral) right;
        int byType = a.datatype().compareTo(b.datatype());
        yield byType != 0 ? byType : codePoints(a.lexical(), b.lexical());
      }
      case Value.TripleTerm a -> {
        var b = (Value.TripleTerm) right;
        int bySubject = cypher(a.subject(), b.subject());
        int byPredicate = bySubject != 0 ? bySubject : cypher(a.predicate(), b.predicate());
        yield byPredicate != 0 ? byPredicate : cypher(a.object(), b.object());
      }
    };
  }

  private static int zonedTimes(java.time.OffsetTime a, java.time.OffsetTime b) {
    return a.compareTo(b);
  }

  /// Numbers by exact value; NaN after all others.
  public static int numbers(Value left, Value right) {
    Integer order = Numbers.compare(left, right);
    if (order != null) {
      return order;
    }
    return Boolean.compare(isNaN(left), isNaN(right));
  }

  private static boolean isNaN(Value value) {
    return value instanceof Value.Real(double v) && Double.isNaN(v);
  }

  /// Strings by Unicode code point, which is also the order of their UTF-8 bytes.
  public static int codePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothPlain = !Character.isSurrogate(x) && !Character.isSurrogate(y);
        if (bothPlain || (Character.isSurrogate(x) && Character.isSurrogate(y))) {
          return Character.compare(x, y);
        }
        return Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int durations(Value.Duration a, Value.Duration b) {
    double daysOfMonth = 365.2425 / 12;
    double secondsA = (a.months() * daysOfMonth + a.days()) * 86_400 + a.seconds();
    double secondsB = (b.months() * daysOfMonth + b.days()) * 86_400 + b.seconds();
    int bySeconds = Double.compare(secondsA, secondsB);
    return bySeconds != 0 ? bySeconds : Integer.compare(a.nanos(), b.nanos());
  }

  private static int lists(List<Value> a, List<Value> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = cypher(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int maps(Value.MapValue a, Value.MapValue b) {
    var sortedA = new TreeMap<>(a.entries());
    var sortedB = new TreeMap<>(b.entries());
    int byKeys =
        String.join("\u0000", sortedA.keySet()).compareTo(String.join("\u0000", sortedB.keySet()));
    return byKeys != 0
        ? byKeys
        : lists(new ArrayList<>(sortedA.values()), new ArrayList<>(sortedB.values()));
  }

  private static int paths(Value.PathValue a, Value.PathValue b) {
    return lists(interleave(a), interleave(b));
  }

  private static List<Value> interleave(Value.PathValue path) {
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < path.edges().size(); i++) {
      elements.add(path.nodes().get(i));
      elements.add(path.edges().get(i));
    }
    elements.add(path.nodes().getLast());
    return elements;
  }

  private static int langStrings(Value.LangString a, Value.LangString b) {
    int byText = codePoints(a.lexical(), b.lexical());
    int byLanguage = byText != 0 ? byText : a.language().compareToIgnoreCase(b.language());
    return byLanguage != 0 ? byLanguage : a.direction().compareTo(b.direction());
  }

  /// SPARQL 1.1 §15.1: unbound, blank nodes, IRIs, literals; literals that `<` compares by it, all
  /// others by kind and then by text, so that the order is total and repeatable.
  public static int sparql(Value left, Value right) {
    int byKind = Integer.compare(sparqlRank(left), sparqlRank(right));
    if (byKind != 0) {
      return byKind;
    }
    if (left instanceof Value.TripleTerm a && right instanceof Value.TripleTerm b) {
      int bySubject = sparql(a.subject(), b.subject());
      int byPredicate = bySubject != 0 ? bySubject : sparql(a.predicate(), b.predicate());
      return byPredicate != 0 ? byPredicate : sparql(a.object(), b.object());
    }
    if (sparqlRank(left) == 4) {
      int byGroup = Integer.compare(RdfLiterals.group(left), RdfLiterals.group(right));
      int byValue = byGroup != 0 ? byGroup : RdfLiterals.total(left, right);
      return byValue != 0 ? byValue : cypher(left, right);
    }
    return cypher(left, right);
  }

  private static int sparqlRank(Value value) {
    return switch (value) {
      case Value.Null _ -> 0;
      case Value.BlankNode _ -> 1;
      case Value.NodeRef _, Value.EdgeRef _ -> 2;
      case Value.Iri _ -> 3;
      case Value.TripleTerm _ -> 5;
      default -> 4;
    };
  }

  /// Cypher `<` and its relatives: null when the two do not compare.
  public static @Nullable Integer cypherComparison(Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return null;
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.compare(left, right);
    }
    if (left instanceof Value.ListValue(var a) && right instanceof Value.ListValue(var b)) {
      return compareLists(a, b);
    }
    if (cypherRank(left) != cypherRank(right)) {
      return null;
    }
    return switch (left) {
      case Value.Str _, Value.Bool _, Value.Date _, Value.Time _, Value.ZonedTime _ ->
          within(left, right);
      case Value.DateTime _, Value.ZonedDateTime _ -> within(left, right);
      default -> null;
    };
  }

  private static @Nullable Integer compareLists(List<Value> a, List<Value> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      Integer order = cypherComparison(a.get(i), b.get(i));
      if (order == null) {
        return null;
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
