package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.run.MappedWrites;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.GraphWriter;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Creates and changes elements of the native graph for single rows, and counts what it did.
final class ElementWriter {
  private final QueryRun run;
  private final ExprCompiler compiler;
  private final Map<Expr, VectorExpr> compiled = new IdentityHashMap<>();
  private final Map<Expr, Vector> evaluated = new IdentityHashMap<>();
  private @Nullable MappedWrites rows;

  ElementWriter(QueryRun run, ExprCompiler compiler) {
    this.run = run;
    this.compiler = compiler;
  }

  private GraphWriter graph() {
    return run.transaction().graph();
  }

  /// The value of an expression for one row of a batch, evaluated now.
  Value value(Expr expr, Batch batch, int row) {
    VectorExpr evaluator = compiled.computeIfAbsent(expr, compiler::compile);
    return Cells.get(evaluator.eval(batch), row, expr.type(), run.dictionary());
  }

  /// Forgets what was evaluated. To be called when the batch is another, or when it is to be
  /// evaluated against what has been written since.
  void refresh() {
    evaluated.clear();
  }

  /// The value of an expression for one row of a batch, evaluated for all its rows at the first
  /// call since {@link #refresh}.
  private Value held(Expr expr, Batch batch, int row) {
    Vector values = evaluated.get(expr);
    if (values == null) {
      values = compiled.computeIfAbsent(expr, compiler::compile).eval(batch);
      evaluated.put(expr, values);
    }
    return Cells.get(values, row, expr.type(), run.dictionary());
  }

  /// Evaluates what `write` reads, for all rows of the batch.
  void evaluate(GraphWrite write, Batch batch) {
    if (batch.count() > 0) {
      int row = batch.row(0);
      held(target(write), batch, row);
      Expr value = value(write);
      if (value != null) {
        held(value, batch, row);
      }
    }
  }

  static Expr target(GraphWrite write) {
    return switch (write) {
      case GraphWrite.SetProperty set -> set.target();
      case GraphWrite.SetProperties set -> set.target();
      case GraphWrite.SetLabels set -> set.target();
    };
  }

  static @Nullable Expr value(GraphWrite write) {
    return switch (write) {
      case GraphWrite.SetProperty set -> set.value();
      case GraphWrite.SetProperties set -> set.value();
      case GraphWrite.SetLabels _ -> null;
    };
  }

  /// The term of a write's target.
  Value targetOf(GraphWrite write, Batch batch, int row) {
    return held(target(write), batch, row);
  }

  /// @param forMerge whether a null property is an error, as it is in MERGE
  long create(GraphElement element, Batch batch, int row, boolean forMerge) {
    Map<String, Value> properties = properties(held(element.properties(), batch, row), forMerge);
    Value mapped = createRow(element, properties, batch, row);
    if (mapped != null) {
      run.counts().propertiesSet.addAndGet(properties.size());
      return run.dictionary().encode(mapped);
    }
    int[] keyIds = properties.keySet().stream().mapToInt(graph()::keyId).toArray();
    long[] values = properties.values().stream().mapToLong(this::storable).toArray();
    run.counts().propertiesSet.addAndGet(values.length);
    return switch (element) {
      case GraphElement.NewNode node -> {
        int[] labels = node.labels().stream().distinct().mapToInt(graph()::labelId).toArray();
        run.counts().nodesCreated.incrementAndGet();
        run.counts().labelsAdded.addAndGet(labels.length);
        yield graph().createNode(labels, keyIds, values);
      }
      case GraphElement.NewEdge edge -> {
        long source = endpoint(held(edge.source(), batch, row), edge);
        long target = endpoint(held(edge.target(), batch, row), edge);
        run.counts().edgesCreated.incrementAndGet();
        yield graph().createEdge(graph().typeId(edge.edgeType()), source, target, keyIds, values);
      }
    };
  }

  /// The element as the row of a table, null when the native graph is to hold it.
  private @Nullable Value createRow(
      GraphElement element, Map<String, Value> properties, Batch batch, int row) {
    switch (element) {
      case GraphElement.NewNode node -> {
        TableDef table = node.labels().isEmpty() ? null : rows().table(node.labels());
        if (table == null) {
          return null;
        }
        run.counts().nodesCreated.incrementAndGet();
        return rows().create(table, properties);
      }
      case GraphElement.NewEdge edge -> {
        Value source = held(edge.source(), batch, row);
        Value target = held(edge.target(), batch, row);
        if (!rows().isRow(source) && !rows().isRow(target)) {
          return null;
        }
        run.counts().edgesCreated.incrementAndGet();
        return rows().createEdge(edge.edgeType(), source, target, properties);
      }
    }
  }

  private MappedWrites rows() {
    MappedWrites known = rows;
    if (known == null) {
      known = new MappedWrites(run);
      rows = known;
    }
    return known;
  }

  private long endpoint(Value value, GraphElement.NewEdge edge) {
    if (value instanceof Value.NodeRef(long id)) {
      if (TermId.template(id) != 0) {
        throw Errors.unsupported(
            null, "a relationship ':" + edge.edgeType() + "' at a row of a mapped table");
      }
      if (graph().isDeleted(id)) {
        throw deleted("the node at an end of a new relationship");
      }
      return id;
    }
    throw Errors.typeMismatch(
        Kinds.name(value), "a node", "the ends of a new relationship ':" + edge.edgeType() + "'");
  }

  static QueryException deleted(String what) {
    return new QueryException(
        ErrorCode.DELETED_ENTITY,
        null,
        what + " was deleted earlier in this statement",
        "",
        "DeletedEntityAccess",
        null);
  }

  private Map<String, Value> properties(Value value, boolean forMerge) {
    Map<String, Value> properties = new TreeMap<>();
    switch (value) {
      case Value.Null _ -> {}
      case Value.MapValue(var entries) ->
          entries.forEach((key, item) -> {
            if (!item.isNull()) {
              properties.put(key, item);
            } else if (forMerge) {
              throw Errors.semantic(
                  null,
                  "MergeReadOwnWrites",
                  "property '" + key + "' in MERGE is null",
                  "use a value that is not null, or ON CREATE SET");
            }
          });
      default -> throw Errors.typeMismatch(Kinds.name(value), "a map", "properties");
    }
    return properties;
  }

  /// The identifier to store for a property value; refuses what a property cannot hold.
  long storable(Value value) {
    check(value, false);
    return run.intern(run.dictionary().encode(value));
  }

  private static void check(Value value, boolean inList) {
    switch (value) {
      case Value.ListValue(var items) when !inList -> items.forEach(item -> check(item, true));
      case Value.MapValue _, Value.NodeRef _, Value.EdgeRef _, Value.PathValue _ ->
          throw notStorable(value);
      case Value.ListValue _ -> throw notStorable(value);
      default -> {}
    }
  }

  private static QueryException notStorable(Value value) {
    return new QueryException(
        ErrorCode.TYPE_MISMATCH,
        null,
        "a property cannot hold " + Kinds.name(value),
        "store primitive values or lists of them",
        "InvalidPropertyType",
        null);
  }

  void write(GraphWrite write, Batch batch, int row) {
    switch (write) {
      case GraphWrite.SetProperty set -> {
        Value target = held(set.target(), batch, row);
        if (!target.isNull()) {
          Value value = held(set.value(), batch, row);
          if (rows().isRow(target)) {
            rows().set(target, Map.of(set.key(), value), false);
            run.counts().propertiesSet.incrementAndGet();
            return;
          }
          long entity = entity(target, "SET");
          long id = value.isNull() ? TermId.NULL : storable(value);
          if (graph().setProperty(entity, graph().keyId(set.key()), id)) {
            run.counts().propertiesSet.incrementAndGet();
          }
        }
      }
      case GraphWrite.SetProperties set -> setAll(set, batch, row);
      case GraphWrite.SetLabels set -> setLabels(set, batch, row);
    }
  }

  private void setAll(GraphWrite.SetProperties set, Batch batch, int row) {
    Value target = held(set.target(), batch, row);
    if (target.isNull()) {
      return;
    }
    Map<String, Value> entries = source(held(set.value(), batch, row));
    if (rows().isRow(target)) {
      rows().set(target, entries, set.replace());
      run.counts().propertiesSet.addAndGet(entries.size());
      return;
    }
    long entity = entity(target, "SET");
    int[] keys = new int[entries.size()];
    long[] values = new long[entries.size()];
    int at = 0;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      keys[at] = graph().keyId(entry.getKey());
      values[at++] = entry.getValue().isNull() ? TermId.NULL : storable(entry.getValue());
    }
    Map<String, Value> before =
        set.replace() ? run.evalContext().graph().properties(entity) : Map.of();
    graph().setProperties(entity, keys, values, set.replace());
    long removed = before.keySet().stream().filter(key -> !entries.containsKey(key)).count();
    run.counts().propertiesSet.addAndGet(entries.size() + removed);
  }

  private Map<String, Value> source(Value value) {
    return switch (value) {
      case Value.MapValue(var entries) -> entries;
      case Value.NodeRef(long id) -> run.evalContext().graph().properties(id);
      case Value.EdgeRef(long id) -> run.evalContext().graph().properties(id);
      case Value.Null _ -> Map.of();
      default -> throw Errors.typeMismatch(Kinds.name(value), "a map, node or relationship", "SET");
    };
  }

  private void setLabels(GraphWrite.SetLabels set, Batch batch, int row) {
    Value target = held(set.target(), batch, row);
    if (target.isNull()) {
      return;
    }
    long node = entity(target, set.add() ? "SET" : "REMOVE");
    for (String label : set.labels()) {
      int id = graph().labelId(label);
      if (set.add() && graph().addLabel(node, id)) {
        run.counts().labelsAdded.incrementAndGet();
      } else if (!set.add() && graph().removeLabel(node, id)) {
        run.counts().labelsRemoved.incrementAndGet();
      }
    }
  }

  private long entity(Value target, String clause) {
    long id =
        switch (target) {
          case Value.NodeRef(long node) -> node;
          case Value.EdgeRef(long edge) -> edge;
          default ->
              throw Errors.typeMismatch(Kinds.name(target), "a node or relationship", clause);
        };
    if (TermId.template(id) != 0) {
      throw Errors.unsupported(null, clause + " of a label on a row of a mapped table");
    }
    if (graph().isDeleted(id)) {
      throw deleted("the entity to change");
    }
    return id;
  }
}
