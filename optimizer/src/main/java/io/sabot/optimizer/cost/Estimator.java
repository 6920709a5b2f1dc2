package io.sabot.optimizer.cost;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.Statistics.ColumnStatistics;
import io.sabot.plan.catalog.Statistics.EdgeStatistics;
import io.sabot.plan.catalog.Statistics.PredicateStatistics;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.value.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many rows a plan delivers and how many distinct values its columns have, about. Decides how
/// a query runs, never what it answers.
///
/// Confined to the planning of one query: it remembers the columns of the scans it has seen.
public final class Estimator {
  private static final double UNNEST = 5;

  /// What is known of a column. `min` and `max` are null when unknown.
  ///
  /// @param bounds values with about equally many rows between them; empty when unknown
  record ColumnFacts(
      double distinct,
      double nullFraction,
      @Nullable Value min,
      @Nullable Value max,
      List<Value> bounds) {
    ColumnFacts(double distinct, double nullFraction, @Nullable Value min, @Nullable Value max) {
      this(distinct, nullFraction, min, max, List.of());
    }
  }

  private final Catalog catalog;
  private final Statistics statistics;
  private final Map<Column, ColumnFacts> columns = new HashMap<>();
  private final Map<LogicalNode, Double> rows = new IdentityHashMap<>();
  private final Selectivity selectivity = new Selectivity(this);
  private @Nullable GraphMapping mapping;

  public Estimator(Catalog catalog) {
    this.catalog = catalog;
    this.statistics = catalog.statistics();
  }

  public double rows(LogicalNode node) {
    Double known = rows.get(node);
    if (known == null) {
      known = Math.max(estimate(node), 0.01);
      rows.put(node, known);
    }
    return known;
  }

  /// The share of rows that satisfy `condition`.
  public double selectivity(Expr condition) {
    return selectivity.of(condition);
  }

  /// The number of distinct values of a column of a plan that {@link #rows} has seen, at most
  /// `limit`.
  public double distinct(Column column, double limit) {
    ColumnFacts facts = columns.get(column);
    double distinct = facts == null ? limit / 3 : facts.distinct();
    return Math.max(1, Math.min(distinct, limit));
  }

  @Nullable ColumnFacts facts(Column column) {
    return columns.get(column);
  }

  private double estimate(LogicalNode node) {
    return switch (node) {
      case LogicalNode.Values n -> n.rows().size();
      case LogicalNode.TableScan n -> table(n);
      case LogicalNode.FileScan n -> Math.max(1, n.file().rows());
      case LogicalNode.NodeScan n -> {
        double nodes = nodes(n.labels());
        columns.put(n.node(), new ColumnFacts(nodes, 0, null, null));
        yield nodes;
      }
      case LogicalNode.EdgeScan n -> edges(n);
      case LogicalNode.QuadScan n -> quads(n);
      case LogicalNode.PathScan n -> paths(n);
      case LogicalNode.GraphNames _ -> statistics.namedGraphs();
      case LogicalNode.WorkScan _ -> 1000;
      case LogicalNode.Filter n -> rows(n.input()) * selectivity(n.predicate());
      case LogicalNode.Aggregate n -> groups(rows(n.input()), n.keys());
      case LogicalNode.Distinct n -> Math.max(1, rows(n.input()) * 0.7);
      case LogicalNode.Limit n ->
          n.fetch() instanceof Expr.Lit(Value.Int(long fetch), _)
              ? Math.min(fetch, rows(n.input()))
              : rows(n.input());
      case LogicalNode.Unnest n -> rows(n.input()) * UNNEST;
      case LogicalNode.Project n -> renamed(n.input(), n.assignments());
      case LogicalNode.Extend n -> renamed(n.input(), n.assignments());
      case LogicalNode.Join n -> join(n.kind(), rows(n.left()), rows(n.right()), n.condition());
      case LogicalNode.Apply n -> join(n.kind(), rows(n.left()), rows(n.right()), n.condition());
      case LogicalNode.CompatJoin n ->
          switch (n.kind()) {
            case INNER, LEFT -> Math.max(rows(n.left()), rows(n.right()));
            case MINUS -> rows(n.left()) * 0.5;
          };
      case LogicalNode.SetOp n -> set(n);
      default -> {
        double last = 1;
        for (LogicalNode input : node.inputs()) {
          last = rows(input);
        }
        yield last;
      }
    };
  }

  private double set(LogicalNode.SetOp set) {
    double left = rows(set.left());
    double right = rows(set.right());
    for (int i = 0; i < set.columns().size(); i++) {
      ColumnFacts l = known(set.leftColumns().get(i));
      ColumnFacts r = known(set.rightColumns().get(i));
      if (l != null && r != null) {
        // The sides mostly draw on the same values.
        double distinct = Math.max(l.distinct(), r.distinct());
        columns.putIfAbsent(set.columns().get(i), new ColumnFacts(distinct, 0, null, null));
      }
    }
    return left + right;
  }

  private @Nullable ColumnFacts known(@Nullable Column column) {
    return column == null ? null : columns.get(column);
  }

  private double renamed(LogicalNode input, List<io.sabot.plan.logical.Assignment> assignments) {
    double result = rows(input);
    for (io.sabot.plan.logical.Assignment a : assignments) {
      if (a.expr() instanceof Expr.Col(var source) && columns.containsKey(source)) {
        columns.putIfAbsent(a.column(), columns.get(source));
      }
    }
    return result;
  }

  /// The number of groups of `input` rows by these keys.
  public double groups(double input, Collection<Column> keys) {
    double groups = 1;
    for (Column key : keys) {
      groups *= distinct(key, input);
    }
    return Math.max(1, Math.min(groups, input));
  }

  private double table(LogicalNode.TableScan scan) {
    double count = Math.max(1, statistics.tableRows(scan.tableId()));
    for (LogicalNode.ColumnRead read : scan.reads()) {
      ColumnStatistics known = statistics.column(scan.tableId(), read.columnId()).orElse(null);
      columns.put(
          read.column(),
          known != null
              ? new ColumnFacts(
                  known.distinct(), known.nullFraction(), known.min(), known.max(), known.bounds())
              : new ColumnFacts(guess(scan.tableId(), read.columnId(), count), 0, null, null));
    }
    return count;
  }

  /// Keys are distinct; a foreign key has as many values as the table it names has rows.
  private double guess(int tableId, int columnId, double count) {
    return catalog
        .table(tableId)
        .map(table -> {
          if (table.primaryKey().equals(List.of(columnId))) {
            return count;
          }
          return table.foreignKeys().stream()
              .filter(k -> k.columns().equals(List.of(columnId)))
              .findFirst()
              .map(k -> Math.min(count, Math.max(1, statistics.tableRows(k.targetTable()))))
              .orElse(Math.max(1, count / 10));
        })
        .orElse(Math.max(1, count / 10));
  }

  private double nodes(LabelExpr labels) {
    double all = Math.max(1, statistics.nodes());
    return switch (labels) {
      case LabelExpr.Any _, LabelExpr.Labelled _ -> all;
      case LabelExpr.Has(var label) -> Math.min(all, statistics.nodesWithLabel(label));
      case LabelExpr.And(var parts) -> parts.stream().mapToDouble(this::nodes).min().orElse(all);
      case LabelExpr.Or(var parts) -> Math.min(all, parts.stream().mapToDouble(this::nodes).sum());
      case LabelExpr.Not(var part) -> Math.max(1, all - nodes(part));
    };
  }

  private double edgesOf(LabelExpr types) {
    double all = Math.max(1, statistics.edges());
    return switch (types) {
      case LabelExpr.Has(var type) -> Math.min(all, Math.max(0.1, statistics.edgesOfType(type)));
      case LabelExpr.Or(var parts) ->
          Math.min(all, parts.stream().mapToDouble(this::edgesOf).sum());
      case LabelExpr.Any _, LabelExpr.Labelled _, LabelExpr.And _, LabelExpr.Not _ -> all;
    };
  }

  private double edges(LogicalNode.EdgeScan scan) {
    boolean both = scan.direction() == io.sabot.plan.logical.Direction.BOTH;
    double count = edgesOf(scan.types()) * (both ? 2 : 1);
    EdgeStatistics ends = ends(scan.types());
    double nodes = Math.max(1, Math.min(count, statistics.nodes()));
    double sources = both ? ends.sources() + ends.targets() : ends.sources();
    double targets = both ? sources : ends.targets();
    columns.put(scan.edge(), new ColumnFacts(count, 0, null, null));
    columns.put(scan.source(), new ColumnFacts(Math.clamp(sources, 1, nodes), 0, null, null));
    columns.put(scan.target(), new ColumnFacts(Math.clamp(targets, 1, nodes), 0, null, null));
    return count;
  }

  /// Edges with their distinct ends; those of several types may share nodes, which is not known.
  private EdgeStatistics ends(LabelExpr types) {
    return switch (types) {
      case LabelExpr.Has(var type) -> statistics.edgeType(type);
      case LabelExpr.Or(var parts) -> {
        double sources = 0;
        double targets = 0;
        for (LabelExpr part : parts) {
          EdgeStatistics one = ends(part);
          sources += one.sources();
          targets += one.targets();
        }
        yield new EdgeStatistics(edgesOf(types), sources, targets);
      }
      case LabelExpr.Any _, LabelExpr.Labelled _, LabelExpr.And _, LabelExpr.Not _ ->
          new EdgeStatistics(edgesOf(types), statistics.nodes(), statistics.nodes());
    };
  }

  private double quads(LogicalNode.QuadScan scan) {
    PredicateStatistics facts =
        scan.predicate() instanceof QuadTerm.Constant(var predicate)
            ? statistics.predicate(predicate)
            : new PredicateStatistics(
                statistics.quads(),
                Math.max(1, statistics.quads() / 5.0),
                Math.max(1, statistics.quads() / 3.0));
    double count = Math.max(0.1, facts.triples());
    bound(scan.subject(), facts.subjects());
    bound(scan.object(), facts.objects());
    bound(scan.predicate(), 30);
    bound(scan.graph(), Math.max(1, statistics.namedGraphs()));
    count /= scan.subject() instanceof QuadTerm.Constant ? Math.max(1, facts.subjects()) : 1;
    count /= scan.object() instanceof QuadTerm.Constant ? Math.max(1, facts.objects()) : 1;
    return count;
  }

  private void bound(QuadTerm term, double distinct) {
    if (term instanceof QuadTerm.Bind(var column)) {
      columns.put(column, new ColumnFacts(Math.max(1, distinct), 0, null, null));
    }
  }

  private double paths(LogicalNode.PathScan scan) {
    if (scan.spec() instanceof PathSpec.Reach reach) {
      ReachEstimate found = new ReachEstimate(reach, statistics);
      columns.put(scan.source(), new ColumnFacts(found.sources(), 0, null, null));
      columns.put(scan.target(), new ColumnFacts(found.targets(), 0, null, null));
      return found.pairs();
    }
    double nodes = Math.max(1, statistics.nodes() + mappedNodes());
    double count =
        switch (scan.spec()) {
          case PathSpec.Trail trail -> {
            boolean both = trail.direction() == io.sabot.plan.logical.Direction.BOTH;
            double edges = edgesOf(trail.types()) + mappedEdges(trail.types());
            double degree = Math.max(0.1, edges * (both ? 2 : 1) / nodes);
            double sum = 0;
            for (int length = trail.min(); length <= Math.min(trail.max(), 6); length++) {
              sum += nodes * Math.pow(degree, length);
            }
            yield Math.min(sum, nodes * nodes);
          }
          case PathSpec.Sections sections -> {
            double sum = 1;
            for (PathSpec.Section section : sections.sections()) {
              sum *= Math.max(1, section.steps().size()) * Math.min(3, Math.max(1, section.max()));
            }
            yield Math.min(sum * nodes, nodes * nodes);
          }
          case PathSpec.Reach _ -> throw new IllegalStateException("estimated apart");
        };
    columns.put(scan.source(), new ColumnFacts(Math.min(nodes, count), 0, null, null));
    columns.put(scan.target(), new ColumnFacts(Math.min(nodes, count), 0, null, null));
    return count;
  }

  /// The rows of tables that are nodes of the graph.
  private double mappedNodes() {
    return mapping().nodeTables().stream()
        .mapToDouble(node -> statistics.tableRows(node.table().id()))
        .sum();
  }

  /// The rows of tables that are edges of these types.
  private double mappedEdges(LabelExpr types) {
    return mapping().edgeTables(types).stream()
        .mapToDouble(edge -> statistics.tableRows(edge.table().id()))
        .sum();
  }

  private GraphMapping mapping() {
    if (mapping == null) {
      mapping = new GraphMapping(catalog);
    }
    return mapping;
  }

  private double join(JoinKind kind, double left, double right, Expr condition) {
    double matched = left * right;
    for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
      matched *= joinSelectivity(conjunct, left, right);
    }
    return switch (kind) {
      case INNER -> matched;
      case LEFT, SINGLE -> Math.max(left, matched);
      case RIGHT -> Math.max(right, matched);
      case FULL -> Math.max(left + right, matched);
      case SEMI -> Math.min(left, Math.max(matched, left * 0.1)) * 0.8;
      case ANTI -> left * 0.4;
      case MARK -> left;
    };
  }

  private double joinSelectivity(Expr conjunct, double left, double right) {
    if (conjunct instanceof Expr.Call(var function, var args, _)
        && args.size() == 2
        && args.get(0) instanceof Expr.Col(var a)
        && args.get(1) instanceof Expr.Col(var b)
        && Selectivity.isEquality(function)) {
      double limit = Math.max(left, right);
      return 1 / Math.max(distinct(a, limit), distinct(b, limit));
    }
    return selectivity(conjunct);
  }
}
