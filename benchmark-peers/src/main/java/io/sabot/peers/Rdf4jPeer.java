package io.sabot.peers;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.rdf4j.common.transaction.IsolationLevels;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.base.CoreDatatype;
import org.eclipse.rdf4j.query.BindingSet;
import org.eclipse.rdf4j.query.TupleQuery;
import org.eclipse.rdf4j.query.TupleQueryResult;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.repository.sail.SailRepositoryConnection;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.sail.lmdb.LmdbStore;
import org.eclipse.rdf4j.sail.lmdb.config.LmdbStoreConfig;
import org.jspecify.annotations.Nullable;

/// RDF4J with its LMDB store, in this process. It runs a query on one thread.
public final class Rdf4jPeer implements GraphPeer {
  /// The two of the default, and one that starts with the object.
  private static final String INDEXES = "spoc,posc,ospc";

  private static final int TIMEOUT_SECONDS = 300;

  private @Nullable SailRepository repository;

  @Override
  public String name() {
    return "rdf4j";
  }

  @Override
  public void open(Path directory, int threads) {
    repository =
        new SailRepository(new LmdbStore(directory.toFile(), new LmdbStoreConfig(INDEXES)));
  }

  private SailRepositoryConnection connection() {
    if (repository == null) {
      throw new IllegalStateException("RDF4J is not open");
    }
    return repository.getConnection();
  }

  @Override
  public void load(Path file) {
    try (SailRepositoryConnection connection = connection()) {
      connection.begin(IsolationLevels.NONE);
      connection.add(file.toFile(), RDFFormat.NTRIPLES);
      connection.commit();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private void each(String sparql, Consumer<List<@Nullable Value>> sink) {
    try (SailRepositoryConnection connection = connection()) {
      TupleQuery query = connection.prepareTupleQuery(sparql);
      query.setMaxExecutionTime(TIMEOUT_SECONDS);
      try (TupleQueryResult result = query.evaluate()) {
        List<String> names = result.getBindingNames();
        while (result.hasNext()) {
          BindingSet row = result.next();
          List<@Nullable Value> values = new ArrayList<>(names.size());
          names.forEach(name -> values.add(row.getValue(name)));
          sink.accept(values);
        }
      }
    }
  }

  @Override
  public List<List<@Nullable Object>> rows(String sparql) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    each(
        sparql,
        values -> {
          List<@Nullable Object> row = new ArrayList<>();
          values.forEach(value -> row.add(cell(value)));
          rows.add(row);
        });
    return rows;
  }

  private static @Nullable Object cell(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Literal literal)) {
      return value.isIRI() ? "<" + value.stringValue() + ">" : "_:" + value.stringValue();
    }
    if (literal.getCoreDatatype() instanceof CoreDatatype.XSD type
        && (type.isIntegerDatatype() || type == CoreDatatype.XSD.DECIMAL)) {
      return new BigDecimal(literal.getLabel());
    }
    String text = "\"" + literal.getLabel() + "\"";
    return literal.getLanguage().isPresent()
        ? text + "@" + literal.getLanguage().get()
        : literal.getCoreDatatype() == CoreDatatype.XSD.STRING
            ? text
            : text + "^^<" + literal.getDatatype().stringValue() + ">";
  }

  @Override
  public long drain(String sparql) {
    long[] sum = {0};
    each(
        sparql,
        values -> {
          for (Value value : values) {
            sum[0] += value == null ? 0 : value.stringValue().hashCode();
          }
        });
    return sum[0];
  }

  @Override
  public void close() {
    if (repository != null) {
      repository.shutDown();
    }
  }
}
