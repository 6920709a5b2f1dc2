package io.sabot.peers;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.loader.DataLoader;
import org.apache.jena.tdb2.loader.LoaderFactory;
import org.apache.jena.tdb2.solver.stats.Stats;
import org.apache.jena.tdb2.solver.stats.StatsResults;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.jspecify.annotations.Nullable;

/// Jena TDB2 with its own version of ARQ. It runs a query on one thread.
public final class Tdb2Peer implements GraphPeer {
  private static final long TIMEOUT_MINUTES = 5;

  private @Nullable Path home;
  private @Nullable DatasetGraph dataset;

  @Override
  public String name() {
    return "tdb2";
  }

  @Override
  public void open(Path directory, int threads) {
    // Finds the parts of Jena by the class loader of the thread.
    JenaSystem.init();
    home = directory;
  }

  @Override
  public void load(Path file) {
    Path directory = home;
    if (directory == null) {
      throw new IllegalStateException("TDB2 is not open");
    }
    DatasetGraph loaded = DatabaseMgr.connectDatasetGraph(directory.toString());
    DataLoader loader = LoaderFactory.phasedLoader(loaded, (format, arguments) -> {});
    loader.startBulk();
    loader.load(file.toString());
    loader.finishBulk();
    writeStatistics(loaded);
    // Statistics are read when a database is opened.
    TDBInternal.expel(loaded, true);
    dataset = DatabaseMgr.connectDatasetGraph(directory.toString());
  }

  /// What `tdb2.tdbstats` does: by the counts of predicates TDB2 orders joins.
  private static void writeStatistics(DatasetGraph loaded) {
    StatsResults counts =
        Txn.calculateRead(
            loaded,
            () -> Stats.gather(TDBInternal.getDatasetGraphTDB(loaded).getDefaultGraph()).results());
    Stats.write(TDBInternal.getDatasetGraphTDB(loaded).getLocation().getPath("stats.opt"), counts);
  }

  /// Receives the solutions of a query.
  private interface Sink {
    void row(List<Var> variables, Binding row);
  }

  private void each(String sparql, Sink sink) {
    DatasetGraph open = dataset;
    if (open == null) {
      throw new IllegalStateException("TDB2 is not open");
    }
    Txn.executeRead(
        open,
        () -> {
          try (QueryExec query =
              QueryExec.dataset(open)
                  .query(sparql)
                  .timeout(TIMEOUT_MINUTES, TimeUnit.MINUTES)
                  .build()) {
            RowSet rows = query.select();
            List<Var> variables = rows.getResultVars();
            rows.forEachRemaining(row -> sink.row(variables, row));
          }
        });
  }

  @Override
  public List<List<@Nullable Object>> rows(String sparql) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    each(
        sparql,
        (variables, row) -> {
          List<@Nullable Object> cells = new ArrayList<>();
          variables.forEach(variable -> cells.add(cell(row.get(variable))));
          all.add(cells);
        });
    return all;
  }

  private static @Nullable Object cell(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    if (!node.isLiteral()) {
      return node.isURI() ? "<" + node.getURI() + ">" : "_:" + node.getBlankNodeLabel();
    }
    if (node.getLiteralValue() instanceof Number number
        && !(number instanceof Double || number instanceof Float)) {
      return new BigDecimal(number.toString());
    }
    String language = node.getLiteralLanguage();
    String type = node.getLiteralDatatypeURI();
    String text = "\"" + node.getLiteralLexicalForm() + "\"";
    return !language.isEmpty()
        ? text + "@" + language
        : type.equals(XSDDatatype.XSDstring.getURI()) ? text : text + "^^<" + type + ">";
  }

  @Override
  public long drain(String sparql) {
    long[] sum = {0};
    each(
        sparql,
        (variables, row) -> {
          for (Var variable : variables) {
            Node node = row.get(variable);
            if (node != null) {
              sum[0] += text(node).hashCode();
            }
          }
        });
    return sum[0];
  }

  private static String text(Node node) {
    return node.isLiteral()
        ? node.getLiteralLexicalForm()
        : node.isURI() ? node.getURI() : node.getBlankNodeLabel();
  }

  @Override
  public void close() {
    if (dataset != null) {
      dataset.close();
    }
  }
}
