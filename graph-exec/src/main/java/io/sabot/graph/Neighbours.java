package io.sabot.graph;

import io.sabot.exec.run.MappedEdges;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.Direction;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The edges at single nodes, over some types in one or both directions, with required properties:
/// those of the native graph and those that tables give. Confined to one thread.
final class Neighbours {
  private static final int BLOCK = 1024;
  private static final Function PROPERTY = Functions.named("cy.property");

  private final GraphReader graph;
  private final QueryRun run;
  private final List<Integer> types = new ArrayList<>();
  private final boolean forward;
  private final boolean backward;
  private final Map<String, Value> required;
  private final @Nullable MappedEdges mapped;
  private final long[] one = new long[1];
  private final long[] neighbourBlock = new long[BLOCK];
  private final long[] edgeBlock = new long[BLOCK];

  /// The edges of one node.
  record Star(long[] edges, long[] nodes, int size) {}

  Neighbours(
      LabelExpr types,
      boolean forward,
      boolean backward,
      Map<String, Value> required,
      @Nullable MappedEdges mapped,
      QueryRun run) {
    this.mapped = mapped;
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
    Edges found = new Edges();
    if (TermId.tag(node) == TermId.TAG_NODE && TermId.template(node) == 0) {
      natives(node, found);
    }
    if (mapped != null) {
      if (forward) {
        mapped.out(node, found::add);
      }
      if (backward) {
        mapped.in(
            node,
            (edge, other) -> {
              if (!forward || other != node) {
                found.add(edge, other);
              }
            });
      }
    }
    return new Star(found.edges, found.nodes, found.size);
  }

  /// The edges of one node, while they are collected.
  private final class Edges {
    private long[] edges = new long[16];
    private long[] nodes = new long[16];
    private int size;

    void add(long edge, long node) {
      if (hasRequired(edge)) {
        if (size == edges.length) {
          edges = Arrays.copyOf(edges, size * 2);
          nodes = Arrays.copyOf(nodes, size * 2);
        }
        edges[size] = edge;
        nodes[size++] = node;
      }
    }
  }

  private void natives(long node, Edges found) {
    one[0] = node;
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
          for (int i = 0; i < count; i++) {
            if (!skipLoops || neighbourBlock[i] != node) {
              found.add(edgeBlock[i], neighbourBlock[i]);
            }
          }
        }
      }
    }
  }

  private boolean hasRequired(long edge) {
    for (Map.Entry<String, Value> entry : required.entrySet()) {
      Value[] args = {run.dictionary().decode(edge), Value.of(entry.getKey())};
      Value value = PROPERTY.evaluate(args, run.evalContext());
      if (!Boolean.TRUE.equals(Equality.cypher(value, entry.getValue()))) {
        return false;
      }
    }
    return true;
  }

  /// Every node, of the native graph and of the tables that give edges.
  long[] allNodes() {
    long[] natives = nativeNodes(run);
    if (mapped == null) {
      return natives;
    }
    long[] rows = mapped.allNodes();
    long[] all = Arrays.copyOf(natives, natives.length + rows.length);
    System.arraycopy(rows, 0, all, natives.length, rows.length);
    return all;
  }

  boolean exists(long node) {
    if (TermId.tag(node) == TermId.TAG_NODE) {
      return run.evalContext().graph().exists(node);
    }
    return run.dictionary().decode(node) instanceof Value.Iri iri
        && run.evalContext().graph().element(iri) != null;
  }

  private static long[] nativeNodes(QueryRun run) {
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
