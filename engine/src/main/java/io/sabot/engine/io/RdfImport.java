package io.sabot.engine.io;

import io.sabot.parser.sparql.RdfFaults;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import io.sabot.store.QuadWriter;
import io.sabot.store.Transaction;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;
import org.jspecify.annotations.Nullable;

/// Reads RDF in any syntax that RIOT knows into the quads of a transaction.
public final class RdfImport {
  private static final int PROGRESS_EVERY = 10_000;

  /// Subjects and predicates come again soon.
  private static final int RECENT = 1 << 14;

  /// Blank nodes of two files are never the same, not even of two files of one transaction.
  private static final AtomicLong SCOPE = new AtomicLong(System.nanoTime());

  private final @Nullable Node[] recentNodes = new Node[RECENT];
  private final long[] recentIds = new long[RECENT];
  private final Transaction transaction;
  private final QuadWriter quads;
  private final long graph;
  private final String blankScope;
  private final BadRows badRows;
  private final LongConsumer progress;
  private long count;

  /// An import that fails at the first line that is wrong.
  public RdfImport(Transaction transaction, Value graph, LongConsumer progress) {
    this(transaction, graph, new BadRows("", 0, bad -> {}), progress);
  }

  /// @param graph where triples go; null for the default graph
  /// @param badRows takes the wrong lines of N-Triples and N-Quads; other syntaxes have no lines to
  ///   leave out
  /// @param progress is told the number of quads now and then
  RdfImport(Transaction transaction, Value graph, BadRows badRows, LongConsumer progress) {
    this.badRows = badRows;
    this.transaction = transaction;
    this.quads = transaction.quads();
    this.graph = graph.isNull() ? 0 : transaction.intern(graph);
    this.blankScope = "i" + Long.toHexString(SCOPE.incrementAndGet()) + "_";
    this.progress = progress;
  }

  /// Whether the name of a file says that it holds RDF.
  public static boolean isRdfFile(String name) {
    return RDFLanguages.filenameToLang(strip(name)) != null && !name.endsWith(".json");
  }

  private static String strip(String name) {
    return Compression.strip(name);
  }

  /// Reads a whole document and returns the number of quads in it.
  ///
  /// @param name for the syntax (by its ending) and for messages
  /// @param base against which relative IRIs are resolved
  public long read(InputStream in, String name, String base) {
    Lang syntax = RdfReading.syntax(name);
    try {
      ReadAhead.parse(
          RdfLines.reads(syntax)
              ? ahead -> new RdfLines(in, syntax, ahead, badRows).read()
              : RDFParser.source(in)
                      .lang(syntax)
                      .base(base)
                      .strict(true)
                      .errorHandler(new RdfFaults(name))
                  ::parse,
          new Sink());
    } catch (RiotException malformed) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, name + ": " + malformed.getMessage(), "");
    }
    progress.accept(count);
    return count;
  }

  private void add(long graphId, Node subject, Node predicate, Node object) {
    quads.insert(graphId, id(subject), id(predicate), id(object));
    if (++count % PROGRESS_EVERY == 0) {
      progress.accept(count);
    }
  }

  private long id(Node node) {
    int slot = node.hashCode() & (RECENT - 1);
    if (node.equals(recentNodes[slot])) {
      return recentIds[slot];
    }
    long id = transaction.intern(JenaTerms.value(node, blankScope));
    recentNodes[slot] = node;
    recentIds[slot] = id;
    return id;
  }

  private final class Sink implements StreamRDF {
    @Override
    public void start() {}

    @Override
    public void triple(Triple triple) {
      add(graph, triple.getSubject(), triple.getPredicate(), triple.getObject());
    }

    @Override
    public void quad(Quad quad) {
      long graphId = quad.isDefaultGraph() ? graph : id(quad.getGraph());
      add(graphId, quad.getSubject(), quad.getPredicate(), quad.getObject());
    }

    @Override
    public void base(String iri) {}

    @Override
    public void prefix(String prefix, String iri) {}

    @Override
    public void version(String version) {}

    @Override
    public void finish() {}
  }
}
