package io.sabot.plan.value;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run-time value of any language.
///
/// Record equality is *sameTerm*: it tells `1` from `1.0` and `01`. The other equalities are in
/// {@link Equality}.
public sealed interface Value {
  /// The one null: SQL NULL, Cypher null, SPARQL unbound and SPARQL error.
  enum Null implements Value {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  Value NULL = Null.NULL;
  Bool TRUE = new Bool(true);
  Bool FALSE = new Bool(false);

  record Bool(boolean value) implements Value {}

  /// A 64-bit integer; `xsd:integer` in RDF.
  record Int(long value) implements Value {}

  /// A double; `xsd:double` in RDF. NaN equals itself as a term.
  record Real(double value) implements Value {}

  /// An exact decimal; `xsd:decimal` in RDF. The scale is kept for printing only.
  record Dec(BigDecimal value) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof Dec(BigDecimal that) && value.compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
      return value.stripTrailingZeros().hashCode();
    }
  }

  /// A character string; a plain `xsd:string` literal in RDF.
  record Str(String value) implements Value {}

  record Bytes(String hex) implements Value {}

  record Date(LocalDate value) implements Value {}

  record Time(LocalTime value) implements Value {}

  record ZonedTime(OffsetTime value) implements Value {}

  record DateTime(LocalDateTime value) implements Value {}

  record ZonedDateTime(java.time.ZonedDateTime value) implements Value {}

  /// A span of time whose components do not convert into each other; nanos in `0..999_999_999`.
  record Duration(long months, long days, long seconds, int nanos) implements Value {
    public static Duration of(long months, long days, long seconds, long nanos) {
      long carried = Math.addExact(seconds, Math.floorDiv(nanos, 1_000_000_000L));
      return new Duration(months, days, carried, (int) Math.floorMod(nanos, 1_000_000_000L));
    }
  }

  record ListValue(List<Value> items) implements Value {
    public ListValue {
      items =
          items instanceof IntegerRange
              ? items
              : Collections.unmodifiableList(new ArrayList<>(items));
    }

    public static ListValue of(Value... items) {
      return new ListValue(List.of(items));
    }
  }

  /// A map from names to values, in insertion order; equality ignores the order.
  record MapValue(Map<String, Value> entries) implements Value {
    public MapValue {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /// A node, by its term identifier (tag NODE).
  record NodeRef(long termId) implements Value {}

  /// An edge, by its term identifier (tag EDGE).
  record EdgeRef(long termId) implements Value {}

  /// A path: `nodes` has one element more than `edges`; an edge may run against its direction. Its
  /// elements are references, or the IRIs of rows of tables that have no other form.
  record PathValue(List<Value> nodes, List<Value> edges) implements Value {
    public PathValue {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
      if (nodes.size() != edges.size() + 1) {
        throw new IllegalArgumentException(
            "a path of " + edges.size() + " edges with " + nodes.size() + " nodes");
      }
    }
  }

  record Iri(String value) implements Value {}

  record BlankNode(String label) implements Value {}

  /// A language-tagged string; `direction` is `""`, `"ltr"` or `"rtl"`.
  record LangString(String lexical, String language, String direction) implements Value {}

  /// A literal with no native record: an unknown datatype, or a lexical form that is not canonical.
  record TypedLiteral(String lexical, String datatype) implements Value {}

  record TripleTerm(Value subject, Value predicate, Value object) implements Value {}

  static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Value of(long value) {
    return new Int(value);
  }

  static Value of(double value) {
    return new Real(value);
  }

  static Value of(String value) {
    return new Str(value);
  }

  static Value of(BigDecimal value) {
    return new Dec(value);
  }

  default boolean isNull() {
    return this == Null.NULL;
  }
}
