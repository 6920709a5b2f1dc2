package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Value;
import io.sabot.store.Direction;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The edges at single nodes, over some types in one or both directions, with required properties.
final class Neighbours {
  private static final int BLOCK = 1024;

  private final GraphReader graph;
  private final QueryRun run;
  private final List<Integer> types = new ArrayList<>();
  private final boolean forward;
  private final boolean backward;
  private final Map<String, Value> required;

  /// The edges of one node.
  record Star(long[] edges, long[] nodes, int size) {}

  Neighbours(
      LabelExpr types,
      boolean forward,
      boolean backward,
      Map<String, Value> required,
      QueryRun run) {
    this.graph = run.snapshot().graph();
    this.run = run;
    this.forward = forward;
    this.backward = backward;
    this.required = required;
    for (int type : graph.edgeTypes()) {
      if (types.matches(Set.of(graph.typeName(type)))) {
        this.types.add(type);
      }
    }
  }

  Star of(long node) {
    long[] edges = new long[16];
    long[] nodes = new long[16];
    int size = 0;
    long[] one = {node};
    long[] neighbourBlock = new long[BLOCK];
    long[] edgeBlock = new long[BLOCK];
    for (int type : types) {
      for (Direction direction : Direction.values()) {
        boolean wanted = direction == Direction.OUT ? forward : backward;
        if (!wanted) {
          continue;
        }
        boolean skipLoops = forward && direction == Direction.IN;
        GraphReader.ExpandCursor cursor = graph.expand(type, direction, one, 1);
        int count;
        while ((count = cursor.next(null, neighbourBlock, edgeBlock, BLOCK)) > 0) {
          if (edges.length < size + count) {
            int capacity = Math.max(size + count, edges.length * 2);
            edges = Arrays.copyOf(edges, capacity);
            nodes = Arrays.copyOf(nodes, capacity);
          }
          for (int i = 0; i < count; i++) {
            boolean loop = skipLoops && neighbourBlock[i] == node;
            if (!loop && hasRequired(edgeBlock[i])) {
              edges[size] = edgeBlock[i];
              nodes[size++] = neighbourBlock[i];
            }
          }
        }
      }
    }
    return new Star(edges, nodes, size);
  }

  private boolean hasRequired(long edge) {
    for (Map.Entry<String, Value> entry : required.entrySet()) {
      Value value = run.evalContext().graph().property(edge, entry.getKey());
      if (!Boolean.TRUE.equals(Equality.cypher(value, entry.getValue()))) {
        return false;
      }
    }
    return true;
  }

  /// Every node of the graph.
  static long[] allNodes(QueryRun run) {
    long[] nodes = new long[64];
    int size = 0;
    for (var partition : run.snapshot().graph().nodePartitions()) {
      for (var segment : partition.table().segments()) {
        for (int row = 0; row < segment.rowCount(); row++) {
          if (segment.isLive(row)) {
            if (size == nodes.length) {
              nodes = Arrays.copyOf(nodes, size * 2);
            }
            nodes[size++] = segment.column(GraphReader.ID).longAt(row);
          }
        }
      }
    }
    return Arrays.copyOf(nodes, size);
  }
}
