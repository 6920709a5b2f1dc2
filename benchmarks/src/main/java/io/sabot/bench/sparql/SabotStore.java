package io.sabot.bench.sparql;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import io.sabot.peers.GraphPeer;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sabot as one of the triple stores that are compared.
final class SabotStore implements GraphPeer {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private @Nullable Sabot database;

  @Override
  public String name() {
    return "sabot";
  }

  @Override
  public void open(Path directory, int threads) {
    database = Sabot.open(directory, Options.defaults().withThreads(threads).withTimeout(TIMEOUT));
  }

  private Sabot database() {
    if (database == null) {
      throw new IllegalStateException("Sabot is not open");
    }
    return database;
  }

  @Override
  public void load(Path file) {
    try (BulkLoad load = BulkLoad.begin(database())) {
      load.read(new FileImport(null, null, 0, bad -> {}, (f, rows, read, all) -> {}), file);
      load.commit();
    }
  }

  private void each(String sparql, Consumer<Row> sink) {
    try (Session session = database().session();
        Result result = session.run(Language.SPARQL, sparql)) {
      result.forEachRemaining(sink);
    }
  }

  @Override
  public List<List<@Nullable Object>> rows(String sparql) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    each(
        sparql,
        row -> {
          List<@Nullable Object> cells = new ArrayList<>();
          row.values().forEach(value -> cells.add(cell(value)));
          rows.add(cells);
        });
    return rows;
  }

  /// A term as peers give it.
  static @Nullable Object cell(Value value) {
    return switch (value) {
      case Value.Null _ -> null;
      case Value.Int(long number) -> BigDecimal.valueOf(number);
      case Value.Dec(BigDecimal number) -> number;
      case Value.Iri(String iri) -> "<" + iri + ">";
      case Value.BlankNode(String label) -> "_:" + label;
      case Value.LangString(String text, String language, _) -> "\"" + text + "\"@" + language;
      default -> {
        String type = RdfLiterals.datatype(value);
        String text = "\"" + RdfLiterals.lexical(value) + "\"";
        yield Xsd.STRING.equals(type) ? text : text + "^^<" + type + ">";
      }
    };
  }

  @Override
  public long drain(String sparql) {
    long[] sum = {0};
    each(
        sparql,
        row -> {
          for (Value value : row.values()) {
            sum[0] += value.isNull() ? 0 : text(value).hashCode();
          }
        });
    return sum[0];
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Iri(String iri) -> iri;
      case Value.BlankNode(String label) -> label;
      case Value.LangString(String text, _, _) -> text;
      default -> RdfLiterals.lexical(value);
    };
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
