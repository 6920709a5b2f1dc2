package io.sabot.optimizer.joinorder;

import io.sabot.optimizer.access.AccessPaths;
import io.sabot.optimizer.cost.Estimator;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A region as a graph: inputs are vertices, conditions between them edges. Sets of inputs are bits
/// of a long.
final class QueryGraph {
  static final int ATOMS_MAX = 60;

  /// Inputs of at most as many rows are worth a product, to look something up by both.
  private static final double END_ROWS_MAX = 2;

  private static final int ENDS_MAX = 4;

  /// One input.
  ///
  /// @param rows of the input alone; for a dependent one, how many rows it makes of one
  /// @param cost of computing it alone
  /// @param planRows of the input alone, also for a dependent one
  /// @param needs the inputs whose columns a dependent one reads
  /// @param leaf the input as a scan that can be looked up; null for any other
  /// @param indexed the input as a scan that an index could search; null for any other
  /// @param correlated a dependent input with its condition inside, to be run for each row
  record Vertex(
      Region.Atom atom,
      LogicalNode plan,
      double rows,
      double planRows,
      double cost,
      long needs,
      @Nullable Leaf leaf,
      @Nullable Leaf indexed,
      JoinOrder.@Nullable Planned correlated) {
    boolean isDependent() {
      return atom.isDependent();
    }
  }

  /// A condition, and the inputs whose columns it reads.
  record Edge(Expr condition, long inputs, double selectivity) {}

  /// A column of an input that is equal to others.
  record Member(Column column, int input) {}

  private final Estimator estimator;
  private final Catalog catalog;
  private final JoinOrder order;
  private final AccessPaths paths;

  /// One input and the conditions that tie it to others.
  private record Search(int input, List<Expr> between) {}

  private final Map<Search, Optional<AccessPaths.Path>> searches = new HashMap<>();
  private final Map<Column, Integer> owners = new HashMap<>();
  private final Set<Integer> dependent = new HashSet<>();
  final List<Vertex> vertices = new ArrayList<>();
  final List<Edge> edges = new ArrayList<>();
  final List<List<Member>> classes = new ArrayList<>();

  /// Conditions that stay above the whole region: those that may raise an error or are volatile,
  /// and those that read no input.
  final List<Expr> top = new ArrayList<>();

  private long[] neighbours = new long[0];
  private long[] classInputs = new long[0];
  private long[] equalityInputs = new long[0];

  QueryGraph(Region region, Estimator estimator, Catalog catalog, JoinOrder order) {
    this.estimator = estimator;
    this.catalog = catalog;
    this.order = order;
    this.paths = order.paths();
    for (int i = 0; i < region.atoms().size(); i++) {
      for (Column column : delivered(region.atoms().get(i))) {
        owners.put(column, i);
      }
      if (region.atoms().get(i).isDependent()) {
        dependent.add(i);
      }
    }
    List<List<Expr>> filters = new ArrayList<>();
    region.atoms().forEach(_ -> filters.add(new ArrayList<>()));
    List<Expr> between = sort(region, filters);
    EqualColumns equal = new EqualColumns(between.stream().filter(this::isPlain).toList());
    derive(equal, region, filters);
    for (int i = 0; i < region.atoms().size(); i++) {
      vertices.add(vertex(region.atoms().get(i), filters.get(i), i));
    }
    for (List<Column> members : equal.classes()) {
      classes.add(members.stream().map(c -> new Member(c, owner(c))).toList());
    }
    for (Expr conjunct : between) {
      if (!isInClass(conjunct)) {
        edges.add(new Edge(conjunct, inputs(conjunct), estimator.selectivity(conjunct)));
      }
    }
    classInputs = classes.stream().mapToLong(QueryGraph::inputs).toArray();
    equalityInputs =
        edges.stream().filter(e -> isEquality(e.condition())).mapToLong(Edge::inputs).toArray();
    connect();
  }

  private static long inputs(List<Member> members) {
    return members.stream().mapToLong(m -> 1L << m.input()).reduce(0, (a, b) -> a | b);
  }

  private static List<Column> delivered(Region.Atom atom) {
    return switch (atom.kind()) {
      case SEMI, ANTI -> List.of();
      case MARK -> atom.mark() == null ? List.of() : List.of(atom.mark());
      case INNER, LEFT, RIGHT, FULL, SINGLE -> PlanColumns.of(atom.plan());
    };
  }

  /// Puts conditions on one plain input with it; returns those between inputs.
  private List<Expr> sort(Region region, List<List<Expr>> filters) {
    List<Expr> between = new ArrayList<>();
    for (Expr conjunct : region.conjuncts()) {
      long inputs = inputs(conjunct);
      boolean one = Long.bitCount(inputs) == 1;
      int first = Long.numberOfTrailingZeros(inputs);
      if (inputs == 0 || ExprFacts.isVolatile(conjunct) || one && ExprFacts.mayThrow(conjunct)) {
        top.add(conjunct);
      } else if (one && !region.atoms().get(first).isDependent()) {
        filters.get(first).add(conjunct);
      } else {
        between.add(conjunct);
      }
    }
    return between;
  }

  private int owner(Column column) {
    Integer owner = owners.get(column);
    if (owner == null) {
      throw new IllegalStateException("no input delivers " + column);
    }
    return owner;
  }

  /// The inputs whose columns an expression reads; those of enclosing left sides are constants.
  long inputs(Expr expr) {
    long inputs = 0;
    for (Column column : expr.columns()) {
      Integer owner = owners.get(column);
      if (owner != null) {
        inputs |= 1L << owner;
      }
    }
    return inputs;
  }

  /// An equality of two columns of plain inputs, which may be chained with others.
  private boolean isPlain(Expr conjunct) {
    return conjunct instanceof Expr.Call(_, var args, _)
        && args.size() == 2
        && args.get(0) instanceof Expr.Col(var a)
        && args.get(1) instanceof Expr.Col(var b)
        && a.type().equals(b.type())
        && owners.containsKey(a)
        && owners.containsKey(b)
        && !dependent.contains(owner(a))
        && !dependent.contains(owner(b));
  }

  private boolean isInClass(Expr conjunct) {
    return isPlain(conjunct) && new EqualColumns(List.of(conjunct)).classes().size() == 1;
  }

  /// Adds to each input what equal columns of other inputs are compared with: with `a = b` and `a =
  /// 5` also `b = 5`; and equalities within one input that follow over another.
  private void derive(EqualColumns equal, Region region, List<List<Expr>> filters) {
    for (List<Column> members : equal.classes()) {
      Column first = members.getFirst();
      Set<Expr> found = new LinkedHashSet<>();
      for (Column member : members) {
        for (Expr conjunct : constraints(region, member, filters)) {
          if (isConstant(conjunct, member)) {
            found.add(ExprFacts.substitute(conjunct, Map.of(member, first.ref())));
          }
        }
      }
      for (Column member : members) {
        List<Expr> there = constraints(region, member, filters);
        for (Expr conjunct : found) {
          Expr mine = ExprFacts.substitute(conjunct, Map.of(first, member.ref()));
          if (!there.contains(mine)) {
            filters.get(owner(member)).add(mine);
          }
        }
      }
      within(members, filters);
    }
  }

  private void within(List<Column> members, List<List<Expr>> filters) {
    Map<Integer, Column> seen = new HashMap<>();
    for (Column member : members) {
      Column earlier = seen.putIfAbsent(owner(member), member);
      if (earlier != null) {
        filters.get(owner(member)).add(equality(earlier, member));
      }
    }
  }

  static Expr equality(Column a, Column b) {
    return ComparisonFunctions.sameKind(a.type(), b.type())
        ? ComparisonFunctions.compare(Op.EQ, Rules.SQL, a.ref(), b.ref())
        : ComparisonFunctions.sameTerm(a.ref(), b.ref());
  }

  /// What is known to hold on the input that delivers a column.
  private List<Expr> constraints(Region region, Column column, List<List<Expr>> filters) {
    List<Expr> all = new ArrayList<>(filters.get(owner(column)));
    LogicalNode node = region.atoms().get(owner(column)).plan();
    while (node instanceof LogicalNode.Filter(var input, var predicate)) {
      all.addAll(LogicFunctions.conjuncts(predicate));
      node = input;
    }
    return all;
  }

  /// Whether a condition compares just this column with a literal.
  private static boolean isConstant(Expr conjunct, Column column) {
    return conjunct instanceof Expr.Call(var function, var args, _)
        && args.size() == 2
        && (function.name().equals("same_term")
            || ComparisonFunctions.opOf(function) != null && function.name().indexOf('.') < 0)
        && (args.get(0).equals(column.ref()) && args.get(1) instanceof Expr.Lit
            || args.get(1).equals(column.ref()) && args.get(0) instanceof Expr.Lit);
  }

  private Vertex vertex(Region.Atom atom, List<Expr> filters, int index) {
    if (!atom.isDependent()) {
      LogicalNode filtered =
          filters.isEmpty()
              ? atom.plan()
              : new LogicalNode.Filter(atom.plan(), LogicFunctions.and(filters));
      JoinOrder.Planned planned = order.plan(filtered);
      return new Vertex(
          atom,
          planned.plan(),
          planned.rows(),
          planned.rows(),
          planned.cost(),
          0,
          Leaf.of(planned.plan()),
          Leaf.indexed(planned.plan(), paths),
          null);
    }
    JoinOrder.Planned planned = order.plan(atom.plan());
    Set<Column> reads = new LinkedHashSet<>(atom.condition().columns());
    if (atom.correlated()) {
      reads.addAll(PlanExprs.free(atom.plan()));
    }
    long needs = 0;
    for (Column column : reads) {
      Integer owner = owners.get(column);
      if (owner != null && owner != index) {
        needs |= 1L << owner;
      }
    }
    double matches = planned.rows() * conditionSelectivity(atom.condition(), planned.rows());
    double factor =
        switch (atom.kind()) {
          case LEFT -> Math.max(1, matches);
          case SEMI -> Math.clamp(matches * 0.8, 0.05, 0.9);
          case ANTI -> Math.clamp(1 - matches * 0.8, 0.1, 0.9);
          case MARK -> 1;
          case INNER, RIGHT, FULL, SINGLE -> matches;
        };
    return new Vertex(
        atom,
        planned.plan(),
        factor,
        planned.rows(),
        planned.cost(),
        needs,
        null,
        null,
        repeated(atom));
  }

  /// An outer, semi or anti-joined input with its condition inside, where that makes it a lookup.
  private JoinOrder.@Nullable Planned repeated(Region.Atom atom) {
    boolean possible =
        !atom.correlated()
            && switch (atom.kind()) {
              case LEFT, SEMI, ANTI -> true;
              case INNER, RIGHT, FULL, MARK, SINGLE -> false;
            };
    if (!possible || !ExprFacts.isMovable(atom.condition())) {
      return null;
    }
    boolean tied =
        LogicFunctions.conjuncts(atom.condition()).stream().anyMatch(QueryGraph::isIdentity);
    LogicalNode.Filter inside = new LogicalNode.Filter(atom.plan(), atom.condition());
    return tied || order.isSearched(inside) ? order.again(inside) : null;
  }

  private static boolean isIdentity(Expr conjunct) {
    return conjunct instanceof Expr.Call(var function, _, _)
        && function.equals(ComparisonFunctions.SAME_TERM);
  }

  private double conditionSelectivity(Expr condition, double rows) {
    double selectivity = 1;
    for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
      selectivity *=
          conjunct instanceof Expr.Call(_, var args, _)
                  && args.size() == 2
                  && args.get(0) instanceof Expr.Col(var a)
                  && args.get(1) instanceof Expr.Col(var b)
              ? 1 / Math.max(estimator.distinct(a, rows), estimator.distinct(b, rows))
              : estimator.selectivity(conjunct);
    }
    return selectivity;
  }

  // ---- connections

  private void connect() {
    neighbours = new long[vertices.size()];
    for (List<Member> members : classes) {
      for (Member a : members) {
        for (Member b : members) {
          link(a.input(), b.input());
        }
      }
    }
    for (Edge edge : edges) {
      if (Long.bitCount(edge.inputs()) == 2) {
        int a = Long.numberOfTrailingZeros(edge.inputs());
        link(a, 63 - Long.numberOfLeadingZeros(edge.inputs()));
      }
    }
    for (int i = 0; i < vertices.size(); i++) {
      long needs = vertices.get(i).needs();
      for (int a = 0; a < vertices.size(); a++) {
        if ((needs >> a & 1) != 0) {
          link(i, a);
          for (int b = 0; b < a; b++) {
            if ((needs >> b & 1) != 0) {
              link(a, b);
            }
          }
        }
      }
    }
    for (int i = 0; i < vertices.size(); i++) {
      linkEnds(i);
    }
    bridge();
  }

  /// Links inputs of about a row each that fix positions of the same scan: together they make it a
  /// lookup of both ends, which is worth a product of theirs.
  private void linkEnds(int scan) {
    if (vertices.get(scan).leaf() == null) {
      return;
    }
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < vertices.size(); i++) {
      Vertex v = vertices.get(i);
      if ((neighbours[scan] >> i & 1) != 0 && !v.isDependent() && v.rows() <= END_ROWS_MAX) {
        ends.add(i);
      }
    }
    for (int end : ends.subList(0, Math.min(ends.size(), ENDS_MAX))) {
      link(ends.getFirst(), end);
    }
  }

  private void link(int a, int b) {
    if (a != b) {
      neighbours[a] |= 1L << b;
      neighbours[b] |= 1L << a;
    }
  }

  /// Links parts that no condition connects, over their smallest inputs.
  private void bridge() {
    long connected = component(0);
    long all = all();
    while (connected != all) {
      int inside = smallest(connected);
      int next = smallest(all & ~connected);
      link(inside, next);
      connected |= component(next);
    }
  }

  private int smallest(long set) {
    int best = Long.numberOfTrailingZeros(set);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < vertices.size(); i++) {
      Vertex v = vertices.get(i);
      double rows = v.isDependent() ? Double.MAX_VALUE : v.rows();
      if ((set >> i & 1) != 0 && rows < least) {
        best = i;
        least = rows;
      }
    }
    return best;
  }

  private long component(int start) {
    long seen = 1L << start;
    long frontier = seen;
    while (frontier != 0) {
      long next = neighbours(frontier) & ~seen;
      seen |= next;
      frontier = next;
    }
    return seen;
  }

  long all() {
    return (1L << vertices.size()) - 1;
  }

  long neighbours(long set) {
    long result = 0;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      result |= neighbours[Long.numberOfTrailingZeros(rest)];
    }
    return result & ~set;
  }

  // ---- rows

  /// The rows of the join of these inputs, whatever the order.
  double rows(long set) {
    double rows = 1;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      rows *= vertices.get(Long.numberOfTrailingZeros(rest)).rows();
    }
    for (int c = 0; c < classInputs.length; c++) {
      if (Long.bitCount(classInputs[c] & set) > 1) {
        rows *= classSelectivity(classes.get(c), set);
      }
    }
    for (Edge edge : edges) {
      if ((edge.inputs() & ~set) == 0) {
        rows *= edge.selectivity();
      }
    }
    for (long rest = set; rest != 0; rest &= rest - 1) {
      rows *= keyCorrection(Long.numberOfTrailingZeros(rest), set);
    }
    return Math.max(rows, 0.01);
  }

  /// Of `n` equal columns all but the one with the fewest values restrict the join.
  private double classSelectivity(List<Member> members, long set) {
    double product = 1;
    double least = Double.POSITIVE_INFINITY;
    long counted = 0;
    for (Member member : members) {
      long bit = 1L << member.input();
      if ((set & bit) != 0 && (counted & bit) == 0) {
        counted |= bit;
        double distinct =
            estimator.distinct(member.column(), Math.max(1, vertices.get(member.input()).rows()));
        product /= distinct;
        least = Math.min(least, distinct);
      }
    }
    return counted == 0 ? 1 : product * least;
  }

  /// A join on all columns of a composite key finds one row; taken one by one, its columns would
  /// seem to find far less.
  private double keyCorrection(int input, long set) {
    if (!(scan(vertices.get(input).plan()) instanceof LogicalNode.TableScan scan)) {
      return 1;
    }
    List<Integer> key = catalog.table(scan.tableId()).map(t -> t.primaryKey()).orElse(List.of());
    if (key.size() < 2) {
      return 1;
    }
    double product = 1;
    double limit = Math.max(1, vertices.get(input).rows());
    for (LogicalNode.ColumnRead read : scan.reads()) {
      if (key.contains(read.columnId())) {
        if (!isJoined(read.column(), input, set)) {
          return 1;
        }
        product *= estimator.distinct(read.column(), limit);
      }
    }
    return Math.max(1, product / limit);
  }

  private boolean isJoined(Column column, int input, long set) {
    for (List<Member> members : classes) {
      if (members.stream().anyMatch(m -> m.column().equals(column))) {
        return members.stream().anyMatch(m -> m.input() != input && (set >> m.input() & 1) != 0);
      }
    }
    return false;
  }

  private static LogicalNode scan(LogicalNode node) {
    return node instanceof LogicalNode.Filter(var input, _) ? scan(input) : node;
  }

  /// Whether a dependent input may be joined to these, or these are without dependent inputs whose
  /// columns are missing.
  boolean isComplete(long set) {
    if (Long.bitCount(set) == 1) {
      return true;
    }
    for (long rest = set; rest != 0; rest &= rest - 1) {
      if ((vertices.get(Long.numberOfTrailingZeros(rest)).needs() & ~set) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isHashable(long left, long right) {
    for (long inputs : classInputs) {
      if ((inputs & left) != 0 && (inputs & right) != 0) {
        return true;
      }
    }
    for (long inputs : equalityInputs) {
      if ((inputs & ~(left | right)) == 0 && (inputs & left) != 0 && (inputs & right) != 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEquality(Expr condition) {
    return condition instanceof Expr.Call(var function, _, _)
        && (function.equals(ComparisonFunctions.SAME_TERM)
            || ComparisonFunctions.opOf(function) == Op.EQ && !function.name().equals("sp.eq"));
  }

  /// One equality for each class of equal columns that both sides have.
  ///
  /// @param preferred columns of the right side to use where there is a choice
  List<Expr> equalities(long left, long right, Set<Column> preferred) {
    List<Expr> equalities = new ArrayList<>();
    for (List<Member> members : classes) {
      Column l = member(members, left, Set.of());
      Column r = member(members, right, preferred);
      if (l != null && r != null) {
        equalities.add(equality(l, r));
      }
    }
    return equalities;
  }

  private static @Nullable Column member(List<Member> members, long inputs, Set<Column> preferred) {
    Column found = null;
    for (Member member : members) {
      if ((inputs >> member.input() & 1) != 0) {
        if (preferred.contains(member.column())) {
          return member.column();
        }
        found = found == null ? member.column() : found;
      }
    }
    return found;
  }

  /// The cheapest search of one input by an index for each row of others; null when none ties it to
  /// them.
  AccessPaths.@Nullable Path search(int input, Leaf leaf, long left) {
    long right = 1L << input;
    if ((neighbours[input] & left) == 0) {
      return null;
    }
    List<Expr> between = new ArrayList<>(equalities(left, right, leaf.positions()));
    for (Edge edge : edges) {
      boolean isBetween = (edge.inputs() & right) != 0 && (edge.inputs() & left) != 0;
      if (isBetween && (edge.inputs() & ~(left | right)) == 0) {
        between.add(edge.condition());
      }
    }
    if (between.isEmpty()) {
      return null;
    }
    return searches
        .computeIfAbsent(
            new Search(input, between),
            key -> {
              List<Expr> all = new ArrayList<>(key.between());
              all.addAll(leaf.filter());
              boolean isTied = paths.best(leaf.scan(), key.between(), null) != null;
              return Optional.ofNullable(isTied ? paths.best(leaf.scan(), all, null) : null);
            })
        .orElse(null);
  }
}
