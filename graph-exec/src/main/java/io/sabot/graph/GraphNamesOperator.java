package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import io.sabot.store.QuadReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of the graphs in scope.
final class GraphNamesOperator extends Operator {
  private final PhysicalNode.GraphNames node;

  GraphNamesOperator(PhysicalNode.GraphNames node, BuildContext context) {
    super(List.of(node.graph()), context);
    this.node = node;
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    long[] names = names(node.scope(), run());
    return new BatchStream() {
      private int next;

      @Override
      public @Nullable Batch next() {
        int count = Math.min(run().batchRows(), names.length - next);
        if (count <= 0) {
          return null;
        }
        Batch batch = Terms.batch(columns(), run());
        Terms.fill(batch.vector(0), Arrays.copyOfRange(names, next, next + count), count);
        batch.all(count);
        next += count;
        return batch;
      }
    };
  }

  /// The graphs of a scope by name, all of which hold a quad unless the scope names them.
  static long[] names(GraphScope scope, QueryRun run) {
    return switch (scope) {
      case GraphScope.NamedOnly(var graphs) -> encode(graphs, run);
      case GraphScope.Merge(var graphs) -> encode(graphs, run);
      case GraphScope.Default _, GraphScope.Named _ ->
          Arrays.stream(run.snapshot().quads().graphs())
              .filter(g -> g != QuadReader.DEFAULT_GRAPH)
              .toArray();
    };
  }

  private static long[] encode(List<Value> graphs, QueryRun run) {
    return graphs.stream().mapToLong(run.dictionary()::encode).toArray();
  }
}
