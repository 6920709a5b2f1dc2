package io.sabot.peers;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An embedded graph database that speaks a Cypher, or an embedded triple store that speaks SPARQL.
/// Only types of the JDK cross this interface: whoever implements it is loaded by another class
/// loader than whoever calls it. Confined to one thread.
public interface GraphPeer extends AutoCloseable {
  /// In lower case, as a language of the queries is named.
  String name();

  /// Makes a database in an empty directory.
  ///
  /// @param threads for one query, where the engine can be told
  void open(Path directory, int threads);

  /// Loads the social network from its CSV files; a triple store from its file of N-Triples.
  void load(Path files);

  /// All rows of a query.
  ///
  /// A property graph gives numbers without a fraction as `Long`. A triple store gives exact
  /// numbers as `BigDecimal`, all other terms as text in the syntax of N-Triples without escapes,
  /// and null for an unbound variable.
  List<List<@Nullable Object>> rows(String query);

  /// Reads all rows of a query and the text of every term, and keeps none of them. Returns the sum
  /// of the hash codes of the texts: equal for equal rows of one store, and a use of every value.
  default long drain(String query) {
    return rows(query).hashCode();
  }

  @Override
  void close();
}
