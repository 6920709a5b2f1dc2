package io.sabot.plan.logical;

import io.sabot.plan.value.Value;
import java.util.List;

/// Which RDF graphs a quad pattern ranges over.
public sealed interface GraphScope {
  /// The default graph of the store: its own triples, and those of mapped tables and the native
  /// graph, without duplicates.
  record Default() implements GraphScope {}

  /// The merge of these graphs, without duplicates (`FROM`). Null among them is the default graph
  /// of the store, with tables and the native graph.
  record Merge(List<Value> graphs) implements GraphScope {
    public Merge {
      graphs = List.copyOf(graphs);
    }

    public boolean holdsDefault() {
      return graphs.contains(Value.NULL);
    }
  }

  /// Each named graph by itself; the graph position of the pattern binds or names it.
  record Named() implements GraphScope {}

  /// Each of these named graphs by itself (`FROM NAMED`).
  record NamedOnly(List<Value> graphs) implements GraphScope {
    public NamedOnly {
      graphs = List.copyOf(graphs);
    }
  }
}
