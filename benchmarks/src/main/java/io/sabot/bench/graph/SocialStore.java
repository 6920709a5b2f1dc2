package io.sabot.bench.graph;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The social network in Sabot: as tables, which all three languages see, or as a native graph made
/// by Cypher.
public final class SocialStore {
  private SocialStore() {}

  /// Creates the tables and imports the files in one transaction.
  public static void loadTables(Sabot database, Path files) {
    try (Session session = database.session()) {
      session.run(Language.SQL, GraphQuery.resource("schema.sql")).close();
    }
    try (BulkLoad load = BulkLoad.begin(database)) {
      for (String table : SocialNetwork.TABLES) {
        FileImport reader = new FileImport(table, null, 0, bad -> {}, (f, rows, read, all) -> {});
        load.read(reader, SocialNetwork.file(files, table));
      }
      load.commit();
    }
  }

  /// Creates nodes and relationships with LOAD CSV.
  ///
  /// @param options of the database, which `files` is allowed to be read by
  public static void loadGraph(Sabot database, Path files) {
    try (Session session = database.session()) {
      session.run(Language.SQL, "SET load_folder = '" + files.toAbsolutePath() + "'").close();
      for (String statement : GraphQuery.resource("load.cypher").split(";\\s*")) {
        if (!statement.isBlank()) {
          session.run(Language.CYPHER, statement).close();
        }
      }
    }
  }

  /// Runs one text and returns its rows; whole numbers are `Long`, as a peer returns them.
  public static List<List<@Nullable Object>> rows(Sabot database, Language language, String text) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Session session = database.session();
        Result result = session.run(language, text)) {
      result.forEachRemaining(row -> {
        List<@Nullable Object> values = new ArrayList<>();
        row.objects().forEach(value -> values.add(whole(value)));
        rows.add(values);
      });
    }
    return rows;
  }

  private static @Nullable Object whole(@Nullable Object value) {
    return value instanceof Integer || value instanceof java.math.BigInteger
        ? (Object) ((Number) value).longValue()
        : value;
  }

  static Options options(int threads, java.time.Duration timeout) {
    return Options.defaults().withThreads(threads).withTimeout(timeout);
  }
}
