package io.sabot.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;

/// Neo4j's community edition, in this process. It runs a query on one thread.
public final class Neo4jPeer implements GraphPeer {
  private static final long INDEX_MINUTES = 5;

  private @Nullable DatabaseManagementService service;
  private @Nullable GraphDatabaseService database;

  @Override
  public String name() {
    return "neo4j";
  }

  @Override
  public void open(Path directory, int threads) {
    DatabaseManagementService opened =
        new DatabaseManagementServiceBuilder(directory)
            .setConfig(GraphDatabaseSettings.load_csv_file_url_root, Path.of("/"))
            .build();
    service = opened;
    database = opened.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
  }

  private GraphDatabaseService database() {
    if (database == null) {
      throw new IllegalStateException("Neo4j is not open");
    }
    return database;
  }

  @Override
  public void load(Path files) {
    for (String statement : Scripts.statements("neo4j.cypher", files)) {
      database().executeTransactionally(statement);
      try (Transaction transaction = database().beginTx()) {
        transaction.schema().awaitIndexesOnline(INDEX_MINUTES, TimeUnit.MINUTES);
      }
    }
  }

  @Override
  public List<List<@Nullable Object>> rows(String cypher) {
    try (Transaction transaction = database().beginTx();
        Result result = transaction.execute(cypher)) {
      List<String> columns = result.columns();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.hasNext()) {
        Map<String, Object> values = result.next();
        List<@Nullable Object> row = new ArrayList<>();
        columns.forEach(column -> row.add(values.get(column)));
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public void close() {
    if (service != null) {
      service.shutdown();
    }
  }
}
