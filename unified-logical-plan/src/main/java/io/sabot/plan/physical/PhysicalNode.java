package io.sabot.plan.physical;

import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A physical plan: which operator runs each step. Every node says which columns it delivers.
public sealed interface PhysicalNode {
  /// The columns this node delivers, in the order of its batches.
  List<Column> columns();

  // ---- leaves

  record Values(List<Column> columns, List<List<Expr>> rows) implements PhysicalNode {}

  /// The row of the enclosing {@link Apply}, {@link Merge} or {@link Foreach}: one row with the
  /// outer columns that this side uses.
  record Argument(List<Column> columns) implements PhysicalNode {}

  /// @param predicate over `columns`, evaluated by the scan (zone maps first); TRUE for none
  record TableScan(
      int tableId,
      String tableName,
      List<LogicalNode.ColumnRead> reads,
      @Nullable Column rowAddress,
      Expr predicate,
      List<Column> columns)
      implements PhysicalNode {}

  /// @param predicate over what is read, evaluated by the scan; TRUE for none
  record FileScan(
      FileSource file, List<LogicalNode.FileRead> reads, Expr predicate, List<Column> columns)
      implements PhysicalNode {}

  record NodeScan(
      Column node, LabelExpr labels, List<PropertyRead> properties, List<Column> columns)
      implements PhysicalNode {}

  record EdgeScan(
      Column edge,
      Column source,
      Column target,
      LabelExpr types,
      Direction direction,
      List<PropertyRead> properties,
      List<Column> columns)
      implements PhysicalNode {}

  record QuadScan(
      GraphScope scope,
      QuadTerm graph,
      QuadTerm subject,
      QuadTerm predicate,
      QuadTerm object,
      List<Column> columns)
      implements PhysicalNode {}

  record GraphNames(Column graph, GraphScope scope, List<Column> columns) implements PhysicalNode {}

  record WorkScan(int workId, List<Column> columns) implements PhysicalNode {}

  // ---- row by row over an input

  /// Which way an expansion follows edges, seen from the column it starts from.
  enum Along {
    OUT,
    IN,
    BOTH
  }

  /// For each row, the edges at node `from`; binds the edge and the node at its other end.
  ///
  /// @param to bound by this node; or, when `into` is not null, equal to that input column (only
  ///   edges between the two are delivered)
  record Expand(
      PhysicalNode input,
      Column from,
      Column edge,
      Column to,
      @Nullable Column into,
      LabelExpr types,
      Along along,
      List<PropertyRead> properties,
      List<Column> columns)
      implements PhysicalNode {}

  /// For each row, the nodes that the input column names: keeps the row if it satisfies `labels`,
  /// and adds properties.
  record NodeLookup(
      PhysicalNode input,
      Column node,
      LabelExpr labels,
      List<PropertyRead> properties,
      List<Column> columns)
      implements PhysicalNode {}

  /// Which entries of an index: those whose leading columns equal `equal` and whose next column is
  /// an element of a list, or in a range.
  ///
  /// @param anyOf a list; null for none, and then `low` and `high` count
  /// @param low part of the range, as is `high`; null for no such end
  record Seek(List<Expr> equal, @Nullable Expr anyOf, @Nullable Expr low, @Nullable Expr high) {
    public Seek {
      equal = List.copyOf(equal);
    }

    /// Everything that is evaluated to find the entries.
    public List<Expr> exprs() {
      List<Expr> all = new ArrayList<>(equal);
      for (Expr expr : Arrays.asList(anyOf, low, high)) {
        if (expr != null) {
          all.add(expr);
        }
      }
      return all;
    }
  }

  /// For each row, what an index finds: at least all rows or elements that satisfy one of `seeks`,
  /// perhaps more, each once.
  ///
  /// @param found the address of a row, a node or an edge
  record IndexSeek(
      PhysicalNode input, IndexRef index, List<Seek> seeks, Column found, List<Column> columns)
      implements PhysicalNode {}

  /// For each row, columns of the table row at an address.
  record RowLookup(
      PhysicalNode input,
      int tableId,
      String tableName,
      Column address,
      List<LogicalNode.ColumnRead> reads,
      List<Column> columns)
      implements PhysicalNode {}

  /// For each row, ends and properties of the edge that the input column names; with direction BOTH
  /// once from each end, a loop once.
  record EdgeLookup(
      PhysicalNode input,
      Column edge,
      Column source,
      Column target,
      Direction direction,
      List<PropertyRead> properties,
      List<Column> columns)
      implements PhysicalNode {}

  /// For each row, the quads that match a pattern with some positions taken from the row.
  ///
  /// @param bound input columns by position (`g`, `s`, `p`, `o`) whose value the quad must have
  record QuadLookup(
      PhysicalNode input,
      GraphScope scope,
      QuadTerm graph,
      QuadTerm subject,
      QuadTerm predicate,
      QuadTerm object,
      Map<Character, Column> bound,
      List<Column> columns)
      implements PhysicalNode {}

  /// Paths. `input` supplies the bound ends (both may be unbound: then all paths).
  ///
  /// @param boundSource input column that the source must equal; null when unbound
  /// @param boundTarget input column that the target must equal; null when unbound
  record PathSearch(
      PhysicalNode input,
      Column source,
      Column target,
      @Nullable Column edges,
      PathSpec spec,
      Map<String, Expr> edgeProperties,
      @Nullable Column boundSource,
      @Nullable Column boundTarget,
      List<Column> columns)
      implements PhysicalNode {}

  record Filter(PhysicalNode input, Expr predicate, List<Column> columns) implements PhysicalNode {}

  /// Computes columns; keeps exactly `columns` (computed ones and ones passed through).
  record Project(PhysicalNode input, List<Assignment> assignments, List<Column> columns)
      implements PhysicalNode {}

  record Unnest(
      PhysicalNode input,
      Expr list,
      Column element,
      @Nullable Column ordinal,
      boolean outer,
      List<Column> columns)
      implements PhysicalNode {}

  record Limit(
      PhysicalNode input,
      @Nullable Expr skip,
      @Nullable Expr fetch,
      boolean exhaustive,
      List<Column> columns)
      implements PhysicalNode {}

  record ProcedureCall(
      PhysicalNode input,
      String procedure,
      List<Expr> args,
      List<Assignment> yields,
      boolean isVoid,
      List<Column> columns)
      implements PhysicalNode {}

  // ---- breakers

  record Aggregate(
      PhysicalNode input,
      List<Column> keys,
      List<List<Column>> groupingSets,
      List<AggregateCall> calls,
      EqMode keyMode,
      List<Column> columns)
      implements PhysicalNode {}

  record Distinct(PhysicalNode input, EqMode mode, List<Column> columns) implements PhysicalNode {}

  record Sort(PhysicalNode input, List<SortKey> keys, List<Column> columns)
      implements PhysicalNode {}

  /// The first `skip + fetch` rows of an order, without the first `skip`.
  record TopN(
      PhysicalNode input, List<SortKey> keys, @Nullable Expr skip, Expr fetch, List<Column> columns)
      implements PhysicalNode {}

  record Window(PhysicalNode input, List<WindowCall> calls, List<Column> columns)
      implements PhysicalNode {}

  record Eager(PhysicalNode input, String reason, List<Column> columns) implements PhysicalNode {}

  // ---- two inputs

  /// A pair of expressions that must be the same key. Null matches nothing, in every mode.
  record JoinKey(Expr left, Expr right, EqMode mode) {}

  /// Builds a hash table of one side and probes it with the other.
  ///
  /// @param buildLeft whether the left side is the build side
  /// @param residual the rest of the condition, over columns of both sides; TRUE for none
  record HashJoin(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      List<JoinKey> keys,
      Expr residual,
      boolean buildLeft,
      @Nullable Column mark,
      List<Column> columns)
      implements PhysicalNode {}

  record NestedLoopJoin(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      Expr condition,
      @Nullable Column mark,
      List<Column> columns)
      implements PhysicalNode {}

  record CompatJoin(
      CompatKind kind,
      PhysicalNode left,
      PhysicalNode right,
      List<SharedColumn> shared,
      Expr condition,
      List<Column> columns)
      implements PhysicalNode {}

  /// Runs the right side for each distinct combination of the outer columns it uses.
  ///
  /// @param outer the columns of `left` that the right side uses; inside it they are constants, as
  ///   are the columns of enclosing left sides, which it may use too. When empty, the right side
  ///   runs once, after the first left row has come
  record Apply(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      List<Column> outer,
      Expr condition,
      @Nullable Column mark,
      List<Column> columns)
      implements PhysicalNode {}

  /// UNION ALL, INTERSECT or EXCEPT; a UNION without ALL has a `Distinct` on top.
  record SetOp(
      LogicalNode.SetKind kind,
      boolean all,
      EqMode mode,
      PhysicalNode left,
      PhysicalNode right,
      List<@Nullable Column> leftColumns,
      List<@Nullable Column> rightColumns,
      List<Column> columns)
      implements PhysicalNode {
    // Spelled out, because the implicit constructor loses that the elements may be null.
    public SetOp(
        LogicalNode.SetKind kind,
        boolean all,
        EqMode mode,
        PhysicalNode left,
        PhysicalNode right,
        List<@Nullable Column> leftColumns,
        List<@Nullable Column> rightColumns,
        List<Column> columns) {
      this.kind = kind;
      this.all = all;
      this.mode = mode;
      this.left = left;
      this.right = right;
      this.leftColumns = leftColumns;
      this.rightColumns = rightColumns;
      this.columns = columns;
    }
  }

  record Recursive(
      PhysicalNode init, PhysicalNode step, int workId, boolean distinct, List<Column> columns)
      implements PhysicalNode {}

  // ---- updates

  record CreateElements(PhysicalNode input, List<GraphElement> elements, List<Column> columns)
      implements PhysicalNode {}

  record UpdateElements(PhysicalNode input, List<GraphWrite> writes, List<Column> columns)
      implements PhysicalNode {}

  record DeleteElements(
      PhysicalNode input, List<Expr> targets, boolean detach, List<Column> columns)
      implements PhysicalNode {}

  /// @param outer input columns that `match` uses
  record Merge(
      PhysicalNode input,
      PhysicalNode match,
      List<Column> outer,
      List<GraphElement> create,
      List<GraphWrite> onCreate,
      List<GraphWrite> onMatch,
      List<Column> columns)
      implements PhysicalNode {}

  /// @param outer input columns that `body` uses, and the element
  record Foreach(
      PhysicalNode input,
      Expr list,
      Column element,
      PhysicalNode body,
      List<Column> outer,
      List<Column> columns)
      implements PhysicalNode {}

  record QuadModify(
      PhysicalNode input,
      List<LogicalNode.QuadTemplate> deletes,
      List<LogicalNode.QuadTemplate> inserts,
      List<Column> columns)
      implements PhysicalNode {}

  record GraphCommand(LogicalNode.GraphCommand command, List<Column> columns)
      implements PhysicalNode {}

  record TableModify(
      LogicalNode.TableVerb verb,
      int tableId,
      String tableName,
      PhysicalNode input,
      @Nullable Column rowAddress,
      @Nullable Column action,
      Map<Integer, Column> values,
      @Nullable Column count,
      List<Column> columns)
      implements PhysicalNode {}

  record Sequence(List<PhysicalNode> parts, List<Column> columns) implements PhysicalNode {}

  record ConstructTriples(
      PhysicalNode input,
      List<LogicalNode.QuadTemplate> templates,
      Column subject,
      Column predicate,
      Column object,
      List<Column> columns)
      implements PhysicalNode {}

  /// The root of every plan.
  record Output(PhysicalNode input, List<LogicalNode.OutputColumn> outputs, List<Column> columns)
      implements PhysicalNode {}
}
