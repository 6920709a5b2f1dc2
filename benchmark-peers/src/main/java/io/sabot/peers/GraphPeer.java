package io.sabot.peers;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An embedded graph database that speaks a Cypher. Only types of the JDK cross this interface:
/// whoever implements it is loaded by another class loader than whoever calls it. Confined to one
/// thread.
public interface GraphPeer extends AutoCloseable {
  /// In lower case, as a language of the queries is named.
  String name();

  /// Makes a database in an empty directory.
  ///
  /// @param threads for one query, where the engine can be told
  void open(Path directory, int threads);

  /// Loads the social network from its CSV files.
  void load(Path files);

  /// All rows of a query; numbers without a fraction are `Long`.
  List<List<@Nullable Object>> rows(String cypher);

  @Override
  void close();
}
