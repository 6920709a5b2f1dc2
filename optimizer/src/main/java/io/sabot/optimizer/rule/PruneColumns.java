package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.WindowCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Drops columns that nothing above reads: computed ones, aggregates, columns and properties of
/// scans.
///
/// ```
/// output [x]                          output [x]
///   extend [x = a, y = b]       =>      extend [x = a]
///     table t [a, b]                      table t [a]
/// ```
///
/// Not below duplicate removal and set operations other than UNION ALL, where every column counts.
public final class PruneColumns {
  private PruneColumns() {}

  public static LogicalNode apply(LogicalNode root) {
    return prune(root, new LinkedHashSet<>(PlanColumns.of(root)));
  }

  private static LogicalNode prune(LogicalNode node, Set<Column> needed) {
    LogicalNode own = pruneItself(node, needed);
    Set<Column> below = below(own, needed);
    return own.mapInputs(input -> prune(input, below));
  }

  /// What the inputs must deliver. Ids are unique, so one set does for all of them.
  private static Set<Column> below(LogicalNode node, Set<Column> needed) {
    Set<Column> below = new LinkedHashSet<>(needed);
    below.addAll(PlanExprs.reads(node));
    switch (node) {
      case LogicalNode.Apply n -> below.addAll(PlanExprs.free(n.right()));
      case LogicalNode.Foreach n -> below.addAll(PlanExprs.free(n.body()));
      case LogicalNode.Merge n -> {
        below.addAll(PlanExprs.free(n.match()));
        n.create().forEach(e -> below.add(e.out()));
      }
      default -> {}
    }
    return below;
  }

  private static LogicalNode pruneItself(LogicalNode node, Set<Column> needed) {
    return switch (node) {
      case LogicalNode.Project n -> {
        List<Assignment> kept = keep(n.assignments(), a -> needed.contains(a.column()));
        yield kept == n.assignments() ? n : new LogicalNode.Project(n.input(), kept);
      }
      case LogicalNode.Extend n -> {
        List<Assignment> kept = keep(n.assignments(), a -> needed.contains(a.column()));
        yield kept == n.assignments() ? n : new LogicalNode.Extend(n.input(), kept);
      }
      case LogicalNode.Aggregate n -> {
        List<AggregateCall> kept = keep(n.calls(), c -> needed.contains(c.out()));
        yield kept == n.calls()
            ? n
            : new LogicalNode.Aggregate(n.input(), n.keys(), n.groupingSets(), kept, n.keyMode());
      }
      case LogicalNode.Window n -> {
        List<WindowCall> kept = keep(n.calls(), c -> needed.contains(c.out()));
        yield kept == n.calls() ? n : new LogicalNode.Window(n.input(), kept);
      }
      case LogicalNode.TableScan n -> {
        List<LogicalNode.ColumnRead> kept =
            sorted(keep(n.reads(), r -> needed.contains(r.column())));
        Column address = n.rowAddress();
        Column wanted = address != null && needed.contains(address) ? address : null;
        yield kept == n.reads() && wanted == address
            ? n
            : new LogicalNode.TableScan(n.tableId(), n.tableName(), kept, wanted);
      }
      case LogicalNode.FileScan n -> {
        List<LogicalNode.FileRead> kept = keep(n.reads(), r -> needed.contains(r.column()));
        yield kept == n.reads() ? n : new LogicalNode.FileScan(n.file(), kept);
      }
      case LogicalNode.NodeScan n -> {
        List<PropertyRead> kept = keep(n.properties(), p -> needed.contains(p.column()));
        yield kept == n.properties() ? n : new LogicalNode.NodeScan(n.node(), n.labels(), kept);
      }
      case LogicalNode.EdgeScan n -> {
        List<PropertyRead> kept = keep(n.properties(), p -> needed.contains(p.column()));
        yield kept == n.properties()
            ? n
            : new LogicalNode.EdgeScan(
                n.edge(), n.source(), n.target(), n.types(), n.direction(), kept);
      }
      case LogicalNode.PathScan n when n.edges() != null && !needed.contains(n.edges()) ->
          new LogicalNode.PathScan(n.source(), n.target(), null, n.spec(), n.edgeProperties());
      case LogicalNode.Values n -> values(n, needed);
      case LogicalNode.SetOp n when n.kind() == SetKind.UNION && n.all() -> union(n, needed);
      default -> node;
    };
  }

  /// In the order of the table, so that plans do not depend on the order in which a query names
  /// columns; the same list when it is sorted.
  private static List<LogicalNode.ColumnRead> sorted(List<LogicalNode.ColumnRead> reads) {
    List<LogicalNode.ColumnRead> sorted = new ArrayList<>(reads);
    sorted.sort(Comparator.comparingInt(LogicalNode.ColumnRead::columnId));
    return sorted.equals(reads) ? reads : sorted;
  }

  /// The same list when nothing goes.
  private static <T> List<T> keep(List<T> all, Predicate<T> wanted) {
    List<T> kept = all.stream().filter(wanted).toList();
    return kept.size() == all.size() ? all : kept;
  }

  private static LogicalNode values(LogicalNode.Values n, Set<Column> needed) {
    List<Column> kept = keep(n.columns(), needed::contains);
    if (kept == n.columns()) {
      return n;
    }
    List<List<Expr>> rows = new ArrayList<>();
    for (List<Expr> row : n.rows()) {
      rows.add(kept.stream().map(c -> row.get(n.columns().indexOf(c))).toList());
    }
    return new LogicalNode.Values(kept, rows);
  }

  private static LogicalNode union(LogicalNode.SetOp n, Set<Column> needed) {
    List<Column> columns = new ArrayList<>();
    List<@Nullable Column> left = new ArrayList<>();
    List<@Nullable Column> right = new ArrayList<>();
    for (int i = 0; i < n.columns().size(); i++) {
      if (needed.contains(n.columns().get(i))) {
        columns.add(n.columns().get(i));
        left.add(n.leftColumns().get(i));
        right.add(n.rightColumns().get(i));
      }
    }
    return columns.size() == n.columns().size()
        ? n
        : new LogicalNode.SetOp(
            n.kind(), n.all(), n.mode(), n.left(), n.right(), columns, left, right);
  }
}
