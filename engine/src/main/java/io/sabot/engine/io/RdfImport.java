package io.sabot.engine.io;

import io.sabot.exec.run.Outside;
import io.sabot.plan.value.Value;
import io.sabot.store.QuadWriter;
import io.sabot.store.Transaction;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.apache.jena.riot.RDFLanguages;

/// Reads RDF in any syntax that RIOT knows into the quads of a transaction.
public final class RdfImport {
  private static final int PROGRESS_EVERY = 10_000;

  private final Transaction transaction;
  private final QuadWriter quads;
  private final long graph;
  private final String blankScope;
  private final LongConsumer progress;
  private long count;

  /// @param graph where triples go; null for the default graph
  /// @param progress is told the number of quads now and then
  public RdfImport(Transaction transaction, Value graph, LongConsumer progress) {
    this.transaction = transaction;
    this.quads = transaction.quads();
    this.graph = graph.isNull() ? 0 : transaction.intern(graph);
    this.blankScope = "i" + Long.toHexString(transaction.view().version()) + "_";
    this.progress = progress;
  }

  /// Whether the name of a file says that it holds RDF.
  public static boolean isRdfFile(String name) {
    return RDFLanguages.filenameToLang(strip(name)) != null && !name.endsWith(".json");
  }

  private static String strip(String name) {
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  /// Reads a whole document and returns the number of quads in it.
  ///
  /// @param name for the syntax (by its ending) and for messages
  /// @param base against which relative IRIs are resolved
  public long read(InputStream in, String name, String base) {
    RdfReading.read(in, name, base, blankScope, this::add);
    progress.accept(count);
    return count;
  }

  private void add(Outside.Quad quad) {
    quads.insert(
        quad.graph().isNull() ? graph : transaction.intern(quad.graph()),
        transaction.intern(quad.subject()),
        transaction.intern(quad.predicate()),
        transaction.intern(quad.object()));
    if (++count % PROGRESS_EVERY == 0) {
      progress.accept(count);
    }
  }
}
