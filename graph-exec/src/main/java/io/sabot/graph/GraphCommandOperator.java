package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.logical.LogicalNode.GraphCommand;
import io.sabot.plan.logical.LogicalNode.GraphTarget;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.QuadReader;
import io.sabot.store.QuadWriter;
import io.sabot.store.tuple.TupleCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// LOAD, CLEAR, DROP, CREATE, ADD, MOVE and COPY of RDF graphs. Graphs exist while they hold quads,
/// so CREATE changes nothing and DROP is CLEAR.
final class GraphCommandOperator extends Operator {
  private static final int BLOCK = 4096;

  private final GraphCommand command;

  GraphCommandOperator(PhysicalNode.GraphCommand node, BuildContext context) {
    super(node.columns(), context);
    this.command = node.command();
  }

  @Override
  public void prepare() {
    switch (command.verb()) {
      case CLEAR, DROP -> targets().forEach(this::clear);
      case CREATE -> {}
      case ADD -> copy(graph(command.source()), graph(command.graph()));
      case COPY -> replace(graph(command.source()), graph(command.graph()));
      case MOVE -> {
        long source = graph(command.source());
        long target = graph(command.graph());
        replace(source, target);
        if (source != target) {
          clear(source);
        }
      }
      case LOAD -> load();
    }
    run().wrote();
  }

  /// Reads the whole document before anything is written: SILENT must leave nothing of one that
  /// fails.
  private void load() {
    List<long[]> quads = new ArrayList<>();
    long target = graph(command.graph());
    try {
      String document = ((Value.Iri) command.source()).value();
      run()
          .outside()
          .documents()
          .read(
              document,
              quad ->
                  quads.add(
                      new long[] {
                        quad.graph().isNull() ? target : stored(quad.graph()),
                        stored(quad.subject()),
                        stored(quad.predicate()),
                        stored(quad.object())
                      }));
    } catch (QueryException failed) {
      if (command.silent()) {
        return;
      }
      throw failed;
    }
    QuadWriter writer = run().transaction().quads();
    for (long[] quad : quads) {
      writer.insert(quad[0], quad[1], quad[2], quad[3]);
      run().counts().quadsInserted.incrementAndGet();
    }
  }

  private long stored(Value value) {
    return run().intern(run().dictionary().encode(value));
  }

  private void replace(long source, long target) {
    if (source != target) {
      List<long[]> quads = read(source);
      clear(target);
      write(quads, target);
    }
  }

  private void copy(long source, long target) {
    if (source != target) {
      write(read(source), target);
    }
  }

  private long graph(Value name) {
    return name.isNull() ? QuadReader.DEFAULT_GRAPH : run().intern(run().dictionary().encode(name));
  }

  private List<Long> targets() {
    QuadReader quads = run().snapshot().quads();
    List<Long> graphs = new ArrayList<>();
    if (command.target() == GraphTarget.ONE) {
      long id = run().dictionary().encode(command.graph());
      if (!TermId.isLocal(id)) {
        graphs.add(id);
      }
      return graphs;
    }
    for (long graph : quads.graphs()) {
      boolean isDefault = graph == QuadReader.DEFAULT_GRAPH;
      boolean wanted =
          command.target() == GraphTarget.ALL
              || isDefault == (command.target() == GraphTarget.DEFAULT);
      if (wanted) {
        graphs.add(graph);
      }
    }
    return graphs;
  }

  private List<long[]> read(long graph) {
    List<long[]> quads = new ArrayList<>();
    TupleCursor cursor = run().snapshot().quads().scan(graph, 0, 0, 0);
    long[][] tuple = new long[4][BLOCK];
    int count;
    while ((count = cursor.next(tuple, BLOCK)) > 0) {
      run().check();
      for (int i = 0; i < count; i++) {
        quads.add(new long[] {tuple[1][i], tuple[2][i], tuple[3][i]});
      }
    }
    return quads;
  }

  private void clear(long graph) {
    QuadWriter writer = run().transaction().quads();
    for (long[] triple : read(graph)) {
      writer.delete(graph, triple[0], triple[1], triple[2]);
      run().counts().quadsDeleted.incrementAndGet();
    }
    run().wrote();
  }

  private void write(List<long[]> quads, long graph) {
    QuadWriter writer = run().transaction().quads();
    for (long[] triple : quads) {
      writer.insert(graph, triple[0], triple[1], triple[2]);
      run().counts().quadsInserted.incrementAndGet();
    }
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    return GraphCommandOperator::nothing;
  }

  private static @Nullable Batch nothing() {
    return null;
  }
}
