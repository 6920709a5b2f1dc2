package io.sabot.exec.run;

import io.sabot.plan.function.GraphAccess;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Entities of the native graph and rows of mapped tables, as the running query sees them now.
final class SnapshotGraph implements GraphAccess {
  private final QueryRun run;
  private volatile @Nullable MappedRows mapped;

  SnapshotGraph(QueryRun run) {
    this.run = run;
  }

  private GraphReader graph() {
    return run.snapshot().graph();
  }

  private static boolean isNative(long entity) {
    return !MappedRows.isMapped(entity);
  }

  /// Made once for each snapshot: a query that changes rows sees several.
  private MappedRows mapped() {
    MappedRows known = mapped;
    if (known == null || known.snapshot() != run.snapshot()) {
      known = new MappedRows(run.snapshot(), run.dictionary());
      mapped = known;
    }
    return known;
  }

  @Override
  public boolean exists(long entity) {
    if (!isNative(entity)) {
      return mapped().exists(entity);
    }
    return TermId.tag(entity) == TermId.TAG_NODE
        ? graph().nodeExists(entity)
        : graph().edgeExists(entity);
  }

  @Override
  public boolean isDeleted(long entity) {
    return isNative(entity) && run.isDeleted(entity);
  }

  @Override
  public List<String> labels(long entity) {
    if (!isNative(entity)) {
      return mapped().labels(entity);
    }
    GraphReader graph = graph();
    if (TermId.tag(entity) == TermId.TAG_EDGE) {
      int type = graph.type(entity);
      if (type < 0 && run.isDeleted(entity)) {
        // The type is part of what a relationship is, and known after it is gone.
        graph = run.base().graph();
        type = graph.type(entity);
      }
      return type < 0 ? List.of() : List.of(graph.typeName(type));
    }
    List<String> names = new ArrayList<>();
    for (int label : graph.labels(entity)) {
      names.add(graph.labelName(label));
    }
    names.sort(null);
    return names;
  }

  @Override
  public Value property(long entity, String key) {
    if (!isNative(entity)) {
      return mapped().property(entity, key);
    }
    GraphReader graph = graph();
    int keyId = graph.keyId(key);
    return keyId < 0 ? Value.NULL : run.dictionary().decode(graph.property(entity, keyId));
  }

  @Override
  public Map<String, Value> properties(long entity) {
    if (!isNative(entity)) {
      return mapped().properties(entity);
    }
    GraphReader graph = graph();
    Map<String, Value> properties = new TreeMap<>();
    graph.eachProperty(
        entity, (key, value) -> properties.put(graph.keyName(key), run.dictionary().decode(value)));
    return properties;
  }

  @Override
  public long startNode(long edge) {
    return isNative(edge) ? graph().source(edge) : mapped().source(edge);
  }

  @Override
  public long idOf(Value element) {
    return run.dictionary().encode(element);
  }

  @Override
  public Value canonical(Value term) {
    return mapped().canonical(term);
  }

  @Override
  public @Nullable MappedElement element(Value.Iri iri) {
    return mapped().element(iri.value());
  }

  @Override
  public Value property(Value.Iri iri, String key) {
    return mapped().property(iri.value(), key);
  }

  @Override
  public long endNode(long edge) {
    return isNative(edge) ? graph().target(edge) : mapped().target(edge);
  }
}
