package io.sabot.plan.logical;

import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A logical plan: what a query means. One vocabulary for all languages.
///
/// A node delivers the columns of {@link PlanColumns#of}. The right side of an {@link Apply} (and
/// the match side of a {@link Merge}) may use columns of the left side in its expressions; nothing
/// else reads columns that its inputs do not deliver.
public sealed interface LogicalNode {
  // ---- leaves

  /// Rows of constant expressions. One row and no column is the unit that a query starts from.
  record Values(List<Column> columns, List<List<Expr>> rows) implements LogicalNode {
    public static final Values UNIT = new Values(List.of(), List.of(List.of()));

    public Values {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }

    public static Values empty(List<Column> columns) {
      return new Values(columns, List.of());
    }
  }

  /// Rows of a stored table.
  ///
  /// @param rowAddress delivers the place of the row, for updates; null when not wanted
  record TableScan(
      int tableId, String tableName, List<ColumnRead> reads, @Nullable Column rowAddress)
      implements LogicalNode {
    public TableScan {
      reads = List.copyOf(reads);
    }
  }

  /// Rows of a file outside of the store, as it is when the query runs.
  record FileScan(FileSource file, List<FileRead> reads) implements LogicalNode {
    public FileScan {
      reads = List.copyOf(reads);
    }
  }

  /// Nodes of the property graph that satisfy `labels`, with some of their properties.
  record NodeScan(Column node, LabelExpr labels, List<PropertyRead> properties)
      implements LogicalNode {
    public NodeScan {
      properties = List.copyOf(properties);
    }
  }

  /// Edges of the property graph. With direction BOTH every edge comes once from each end, a loop
  /// once.
  record EdgeScan(
      Column edge,
      Column source,
      Column target,
      LabelExpr types,
      Direction direction,
      List<PropertyRead> properties)
      implements LogicalNode {
    public EdgeScan {
      properties = List.copyOf(properties);
    }
  }

  /// RDF quads that match a pattern.
  record QuadScan(
      GraphScope scope, QuadTerm graph, QuadTerm subject, QuadTerm predicate, QuadTerm object)
      implements LogicalNode {}

  /// Paths between two end points.
  ///
  /// @param source one end; bound by this node
  /// @param target the other end; bound by this node
  /// @param edges delivers the list of edges, or, for RDF over named graphs, the name of the graph
  ///   that the path lies in; null when not wanted
  /// @param edgeProperties property values that each edge must have (Cypher `[*{k: v}]`)
  record PathScan(
      Column source,
      Column target,
      @Nullable Column edges,
      PathSpec spec,
      Map<String, Expr> edgeProperties)
      implements LogicalNode {
    public PathScan {
      edgeProperties =
          java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(edgeProperties));
    }
  }

  /// The names of all graphs that hold a quad (SPARQL `GRAPH ?g {}`).
  record GraphNames(Column graph, GraphScope scope) implements LogicalNode {}

  // ---- one input

  record Filter(LogicalNode input, Expr predicate) implements LogicalNode {}

  /// Computes columns and drops all others.
  record Project(LogicalNode input, List<Assignment> assignments) implements LogicalNode {
    public Project {
      assignments = List.copyOf(assignments);
    }
  }

  /// Computes columns and keeps all others.
  record Extend(LogicalNode input, List<Assignment> assignments) implements LogicalNode {
    public Extend {
      assignments = List.copyOf(assignments);
    }
  }

  /// Groups by key columns. Without keys there is exactly one group, also over no rows; with keys
  /// there is one for each combination seen.
  ///
  /// @param groupingSets subsets of the keys, each its own grouping (keys outside it are null);
  ///   empty for one set of all keys
  record Aggregate(
      LogicalNode input,
      List<Column> keys,
      List<List<Column>> groupingSets,
      List<AggregateCall> calls,
      EqMode keyMode)
      implements LogicalNode {
    public Aggregate {
      keys = List.copyOf(keys);
      groupingSets = groupingSets.stream().map(List::copyOf).toList();
      calls = List.copyOf(calls);
    }
  }

  /// Keeps one row of those equal in all columns.
  record Distinct(LogicalNode input, EqMode mode) implements LogicalNode {}

  record Sort(LogicalNode input, List<SortKey> keys) implements LogicalNode {
    public Sort {
      keys = List.copyOf(keys);
    }
  }

  /// Drops `skip` rows and keeps at most `fetch` of the rest; both constant within the query.
  ///
  /// @param exhaustive whether the input is drained all the same, for its side effects
  record Limit(LogicalNode input, @Nullable Expr skip, @Nullable Expr fetch, boolean exhaustive)
      implements LogicalNode {}

  record Window(LogicalNode input, List<WindowCall> calls) implements LogicalNode {
    public Window {
      calls = List.copyOf(calls);
    }
  }

  /// One row for each element of a list; none for null (one with a null element if `outer`).
  record Unnest(
      LogicalNode input, Expr list, Column element, @Nullable Column ordinal, boolean outer)
      implements LogicalNode {}

  /// Delivers nothing before its input is exhausted, so that what follows cannot influence it.
  record Eager(LogicalNode input, String reason) implements LogicalNode {}

  /// Calls a procedure for each row and joins the rows it yields; a void one keeps the row.
  record ProcedureCall(
      LogicalNode input, String procedure, List<Expr> args, List<Assignment> yields, boolean isVoid)
      implements LogicalNode {
    /// The procedure that asks a SPARQL endpoint. Its arguments are the endpoint, the text of a
    /// query, whether a failure counts as one empty solution, and the variables that a row binds:
    /// their names with blanks between them, then their values.
    public static final String SERVICE = "<service>";

    public ProcedureCall {
      args = List.copyOf(args);
      yields = List.copyOf(yields);
    }
  }

  // ---- two inputs

  /// @param mark for kind MARK: the column that carries the mark
  record Join(
      JoinKind kind, LogicalNode left, LogicalNode right, Expr condition, @Nullable Column mark)
      implements LogicalNode {}

  /// Joins rows that agree on every shared column both bind.
  ///
  /// @param condition for LEFT: must also hold (SPARQL: the filter of an OPTIONAL). It refers to
  ///   the `out` columns
  record CompatJoin(
      CompatKind kind,
      LogicalNode left,
      LogicalNode right,
      List<SharedColumn> shared,
      Expr condition)
      implements LogicalNode {
    public CompatJoin {
      shared = List.copyOf(shared);
    }
  }

  /// For each left row, the right side with that row's columns in scope. Same kinds as {@link Join}
  /// but RIGHT and FULL.
  record Apply(
      JoinKind kind, LogicalNode left, LogicalNode right, Expr condition, @Nullable Column mark)
      implements LogicalNode {}

  enum SetKind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  /// `columns.get(i)` is `leftColumns.get(i)` of the left and `rightColumns.get(i)` of the right; a
  /// null entry means that side does not bind it.
  record SetOp(
      SetKind kind,
      boolean all,
      EqMode mode,
      LogicalNode left,
      LogicalNode right,
      List<Column> columns,
      List<@Nullable Column> leftColumns,
      List<@Nullable Column> rightColumns)
      implements LogicalNode {
    // Spelled out, because a compact constructor loses that the elements may be null.
    public SetOp(
        SetKind kind,
        boolean all,
        EqMode mode,
        LogicalNode left,
        LogicalNode right,
        List<Column> columns,
        List<@Nullable Column> leftColumns,
        List<@Nullable Column> rightColumns) {
      this.kind = kind;
      this.all = all;
      this.mode = mode;
      this.left = left;
      this.right = right;
      this.columns = List.copyOf(columns);
      this.leftColumns =
          java.util.Collections.unmodifiableList(new java.util.ArrayList<>(leftColumns));
      this.rightColumns =
          java.util.Collections.unmodifiableList(new java.util.ArrayList<>(rightColumns));
    }
  }

  /// Rows of `init`, then of `step` over the rows added last, until none is new.
  ///
  /// @param workId names the {@link WorkScan}s inside `step`
  record Recursive(
      LogicalNode init, LogicalNode step, int workId, List<Column> columns, boolean distinct)
      implements LogicalNode {
    public Recursive {
      columns = List.copyOf(columns);
    }
  }

  /// The rows that the enclosing {@link Recursive} added last.
  record WorkScan(int workId, List<Column> columns) implements LogicalNode {
    public WorkScan {
      columns = List.copyOf(columns);
    }
  }

  // ---- updates: they keep their input rows and bind what they create

  record CreateElements(LogicalNode input, List<GraphElement> elements) implements LogicalNode {
    public CreateElements {
      elements = List.copyOf(elements);
    }
  }

  record UpdateElements(LogicalNode input, List<GraphWrite> writes) implements LogicalNode {
    public UpdateElements {
      writes = List.copyOf(writes);
    }
  }

  /// Deletes nodes, edges and the elements of paths. Without `detach` a node that is still
  /// connected when the statement ends is an error.
  record DeleteElements(LogicalNode input, List<Expr> targets, boolean detach)
      implements LogicalNode {
    public DeleteElements {
      targets = List.copyOf(targets);
    }
  }

  /// For each row: all matches of `match`, or, when there is none, the created elements. A row sees
  /// what earlier rows created.
  ///
  /// @param match binds the same columns as `create` (may use columns of `input`)
  record Merge(
      LogicalNode input,
      LogicalNode match,
      List<GraphElement> create,
      List<GraphWrite> onCreate,
      List<GraphWrite> onMatch)
      implements LogicalNode {
    public Merge {
      create = List.copyOf(create);
      onCreate = List.copyOf(onCreate);
      onMatch = List.copyOf(onMatch);
    }
  }

  /// Runs `body` for each element of a list, for its side effects; keeps its input rows. `body`
  /// starts from {@link ForeachRow}.
  record Foreach(LogicalNode input, Expr list, Column element, LogicalNode body)
      implements LogicalNode {}

  /// The unit from which the body of a {@link Foreach} starts.
  record ForeachRow() implements LogicalNode {}

  record QuadTemplate(QuadTerm graph, QuadTerm subject, QuadTerm predicate, QuadTerm object) {}

  /// Deletes, then inserts, the quads that the templates give for all rows of the input.
  record QuadModify(LogicalNode input, List<QuadTemplate> deletes, List<QuadTemplate> inserts)
      implements LogicalNode {
    public QuadModify {
      deletes = List.copyOf(deletes);
      inserts = List.copyOf(inserts);
    }
  }

  /// Which graphs a {@link GraphCommand} touches.
  enum GraphTarget {
    DEFAULT,
    NAMED,
    ALL,
    ONE
  }

  enum GraphVerb {
    CLEAR,
    DROP,
    CREATE,
    LOAD,
    ADD,
    MOVE,
    COPY
  }

  /// SPARQL graph management. `source` is the graph or document read, `graph` the one written, both
  /// `Value.NULL` for the default graph.
  record GraphCommand(GraphVerb verb, GraphTarget target, Value source, Value graph, boolean silent)
      implements LogicalNode {}

  /// Runs each part to its end, in order; delivers the rows of the last.
  record Sequence(List<LogicalNode> parts) implements LogicalNode {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  enum TableVerb {
    INSERT,
    UPDATE,
    DELETE,
    /// What `action` says of each row: one of the constants of {@link TableAction}.
    MERGE
  }

  /// What a MERGE does with a row of its input.
  final class TableAction {
    public static final long NOTHING = 0;
    public static final long INSERT = 1;
    public static final long UPDATE = 2;
    public static final long DELETE = 3;

    /// An error: the row would change what the statement has just inserted.
    public static final long TWICE = 4;

    private TableAction() {}
  }

  /// Changes a stored table. Delivers one row with the number of rows changed, or, without `count`,
  /// the input rows that changed something. An UPDATE takes the first of several input rows for one
  /// row of the table, a MERGE fails.
  ///
  /// @param rowAddress for all but INSERT: the input column with the row's place
  /// @param action for MERGE: the input column that says what to do
  /// @param values for all but DELETE: column id of the table to input column
  record TableModify(
      TableVerb verb,
      int tableId,
      String tableName,
      LogicalNode input,
      @Nullable Column rowAddress,
      @Nullable Column action,
      Map<Integer, Column> values,
      @Nullable Column count)
      implements LogicalNode {
    public TableModify {
      values = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(values));
    }

    /// Any change but a MERGE.
    public TableModify(
        TableVerb verb,
        int tableId,
        String tableName,
        LogicalNode input,
        @Nullable Column rowAddress,
        Map<Integer, Column> values,
        @Nullable Column count) {
      this(verb, tableId, tableName, input, rowAddress, null, values, count);
    }
  }

  // ---- sinks

  /// The result of a query: columns in order, under the names that the user sees.
  record Output(LogicalNode input, List<OutputColumn> columns) implements LogicalNode {
    public Output {
      columns = List.copyOf(columns);
    }
  }

  record OutputColumn(Column column, String name) {}

  /// The distinct triples that the templates give for the rows of the input.
  record ConstructTriples(
      LogicalNode input,
      List<QuadTemplate> templates,
      Column subject,
      Column predicate,
      Column object)
      implements LogicalNode {
    public ConstructTriples {
      templates = List.copyOf(templates);
    }
  }

  record ColumnRead(Column column, int columnId) {}

  /// @param field the name that the column has in the file
  record FileRead(Column column, String field) {}

  /// The inputs, left to right, including the correlated side of `Apply`, `Merge` and `Foreach`.
  default List<LogicalNode> inputs() {
    return PlanInputs.of(this);
  }

  /// Rebuilds this node over new inputs; returns `this` when `rewrite` changes none of them.
  default LogicalNode mapInputs(UnaryOperator<LogicalNode> rewrite) {
    return PlanInputs.map(this, rewrite);
  }
}
