package io.sabot.optimizer.joinorder;

import io.sabot.optimizer.access.AccessPaths;
import io.sabot.optimizer.cost.Estimator;
import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Orders the joins of a plan, those of tables, graph and RDF data together.
///
/// A lookup is written as a correlated join whose right side is a scan tied to the left row: the
/// physical planner makes an expansion or another lookup of it.
public final class JoinOrder {
  private static final int REPEATS_MAX = 100;

  private final Catalog catalog;
  private final Estimator estimator;
  private final AccessPaths paths;
  private final int budget;

  /// How many inputs may still be planned a second time, as lookups: each doubles the work on what
  /// is nested in it.
  private int repeats = REPEATS_MAX;

  private int pairs;

  private JoinOrder(Catalog catalog, int budget) {
    this.catalog = catalog;
    this.estimator = new Estimator(catalog);
    this.paths = new AccessPaths(catalog, estimator);
    this.budget = budget;
  }

  /// @param budget how many pairs of sides to look at in one region
  public static LogicalNode apply(LogicalNode root, Catalog catalog, int budget) {
    return of(catalog, budget).whole(root).plan();
  }

  static JoinOrder of(Catalog catalog, int budget) {
    return new JoinOrder(catalog, budget);
  }

  Planned whole(LogicalNode root) {
    estimator.rows(root);
    return plan(root);
  }

  /// How many pairs of sides have been looked at.
  int pairs() {
    return pairs;
  }

  /// Plans an input once more; null when that has been done too often.
  @Nullable Planned again(LogicalNode node) {
    return repeats-- > 0 ? plan(node) : null;
  }

  /// A plan with its joins in order.
  record Planned(LogicalNode plan, double rows, double cost) {}

  Planned plan(LogicalNode node) {
    if (Region.isRoot(node) && !Updates.in(node)) {
      return region(Region.of(node));
    }
    double[] cost = {0};
    LogicalNode rewritten =
        node.mapInputs(input -> {
          Planned planned = plan(input);
          cost[0] += planned.cost();
          return planned.plan();
        });
    Planned planned = new Planned(rewritten, estimator.rows(node), cost[0] + own(rewritten));
    return node instanceof LogicalNode.Filter filter ? searched(filter, planned) : planned;
  }

  AccessPaths paths() {
    return paths;
  }

  /// Whether an index serves the conditions of a filter, whatever their values come from.
  boolean isSearched(LogicalNode.Filter filter) {
    return path(filter) != null;
  }

  private AccessPaths.@Nullable Path path(LogicalNode.Filter filter) {
    return paths.best(filter.input(), LogicFunctions.conjuncts(filter.predicate()), null);
  }

  /// What a search in an index makes cheaper, and how few rows it says there are.
  private Planned searched(LogicalNode.Filter filter, Planned planned) {
    AccessPaths.Path path = path(filter);
    if (path == null) {
      return planned;
    }
    double rows = Math.clamp(path.entries(), 0.01, planned.rows());
    double cost = path.cost() + Costs.OUT * path.entries();
    return new Planned(planned.plan(), rows, Math.min(planned.cost(), cost));
  }

  /// What a node costs besides its inputs.
  private double own(LogicalNode node) {
    double rows = estimator.rows(node);
    return switch (node) {
      case LogicalNode.Filter(var input, _) -> {
        Leaf leaf = Leaf.of(node);
        // A scan tied to a constant is a lookup: what reading it all costs is taken off again.
        yield leaf != null && leaf.isTied()
            ? Costs.lookup(leaf.scan())
                + rows * Costs.scan(leaf.scan())
                - estimator.rows(leaf.scan()) * Costs.scan(leaf.scan())
            : Costs.OUT * estimator.rows(input);
      }
      case LogicalNode.TableScan _,
          LogicalNode.FileScan _,
          LogicalNode.NodeScan _,
          LogicalNode.EdgeScan _,
          LogicalNode.QuadScan _,
          LogicalNode.PathScan _ ->
          rows * Costs.scan(node);
      case LogicalNode.Aggregate n -> Costs.BUILD * estimator.rows(n.input());
      case LogicalNode.Distinct n -> Costs.BUILD * estimator.rows(n.input());
      case LogicalNode.Sort n -> 2 * Costs.BUILD * estimator.rows(n.input());
      default -> Costs.OUT * rows;
    };
  }

  private Planned region(Region region) {
    return region.atoms().size() > QueryGraph.ATOMS_MAX ? chunks(region) : ordered(region);
  }

  private Planned ordered(Region region) {
    QueryGraph graph = new QueryGraph(region, estimator, catalog, this);
    Enumerator enumerator = new Enumerator(graph, budget);
    JoinTree tree = enumerator.run();
    pairs += enumerator.pairs();
    return new Planned(new PlanAssembly(graph).build(tree), tree.rows(), tree.cost());
  }

  /// Too many inputs for a set of bits: orders the first ones, then their result with the next.
  private Planned chunks(Region region) {
    List<Region.Atom> rest = new ArrayList<>(region.atoms());
    List<Expr> conjuncts = new ArrayList<>(region.conjuncts());
    while (rest.size() > QueryGraph.ATOMS_MAX) {
      List<Region.Atom> head = rest.subList(0, QueryGraph.ATOMS_MAX);
      List<Region.Atom> first = new ArrayList<>(head);
      head.clear();
      Set<Column> later = new HashSet<>();
      for (Region.Atom atom : rest) {
        later.addAll(PlanColumns.of(atom.plan()));
        if (atom.mark() != null) {
          later.add(atom.mark());
        }
      }
      List<Expr> now = new ArrayList<>();
      List<Expr> then = new ArrayList<>();
      for (Expr conjunct : conjuncts) {
        (conjunct.columns().stream().noneMatch(later::contains) ? now : then).add(conjunct);
      }
      conjuncts = then;
      rest.addFirst(Region.Atom.plain(ordered(new Region(first, now)).plan()));
    }
    return ordered(new Region(rest, conjuncts));
  }
}
