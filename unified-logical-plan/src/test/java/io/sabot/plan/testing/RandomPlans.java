package io.sabot.plan.testing;

import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
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
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Well-formed logical plans with every kind of node in them, for tests that must hold for any
/// plan.
public final class RandomPlans {
  private static final List<String> NAMES = List.of("a", "b", "n.name", "odd name", "é`x", "null");

  private final Random random;
  private final ColumnAllocator columns;

  public RandomPlans(Random random, ColumnAllocator columns) {
    this.random = random;
    this.columns = columns;
  }

  public LogicalNode plan(int depth) {
    LogicalNode input = node(depth);
    return new LogicalNode.Output(
        input,
        PlanColumns.of(input).stream()
            .map(c -> new LogicalNode.OutputColumn(c, c.name() + "'s"))
            .toList());
  }

  private Column column(Type type) {
    return columns.column(NAMES.get(random.nextInt(NAMES.size())), type, random.nextBoolean());
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private LogicalNode node(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (random.nextInt(19)) {
      case 0 -> {
        LogicalNode input = node(depth - 1);
        yield new LogicalNode.Filter(input, condition(input));
      }
      case 1 -> {
        LogicalNode input = node(depth - 1);
        yield new LogicalNode.Project(input, assignments(input, true));
      }
      case 2 -> {
        LogicalNode input = node(depth - 1);
        yield new LogicalNode.Extend(input, assignments(input, false));
      }
      case 3 -> aggregate(node(depth - 1));
      case 4 -> new LogicalNode.Distinct(node(depth - 1), pick(List.of(EqMode.values())));
      case 5 -> {
        LogicalNode input = node(depth - 1);
        yield new LogicalNode.Sort(input, List.of(sortKey(input)));
      }
      case 6 ->
          new LogicalNode.Limit(
              node(depth - 1),
              random.nextBoolean() ? Expr.lit(Value.of(2L)) : null,
              random.nextBoolean() ? new Expr.Param("n", Type.INT64) : null,
              random.nextBoolean());
      case 7 -> window(node(depth - 1));
      case 8 -> {
        LogicalNode input = node(depth - 1);
        Expr list = ListFunctions.LIST.call(scalar(input), Expr.lit(Value.of(1L)));
        yield new LogicalNode.Unnest(
            input,
            list,
            column(Type.ANY),
            random.nextBoolean() ? column(Type.INT64) : null,
            random.nextBoolean());
      }
      case 9 -> new LogicalNode.Eager(node(depth - 1), "it's \\ odd");
      case 10 -> join(depth);
      case 11 -> apply(depth);
      case 12 -> compatible(depth);
      case 13 -> union(depth);
      case 14 -> create(node(depth - 1));
      case 15 -> update(node(depth - 1));
      case 16 -> {
        LogicalNode input = node(depth - 1);
        yield new LogicalNode.DeleteElements(input, List.of(scalar(input)), random.nextBoolean());
      }
      case 17 -> new LogicalNode.Sequence(List.of(node(0), node(depth - 1)));
      default -> {
        LogicalNode input = node(depth - 1);
        yield new LogicalNode.Foreach(
            input,
            ListFunctions.LIST.call(scalar(input)),
            column(Type.ANY),
            new LogicalNode.DeleteElements(
                new LogicalNode.ForeachRow(), List.of(scalar(input)), true));
      }
    };
  }

  private LogicalNode leaf() {
    return switch (random.nextInt(8)) {
      case 7 ->
          new LogicalNode.FileScan(
              new FileSource("a 'b'.csv", "csv", new TreeMap<>(Map.of("header", "true")), 12),
              List.of(new LogicalNode.FileRead(column(Type.STRING), "odd name")));
      case 0 ->
          new LogicalNode.Values(
              List.of(column(Type.INT64), column(Type.ANY)),
              List.of(List.of(literal(), literal()), List.of(Expr.nullOf(Type.INT64), literal())));
      case 1 ->
          new LogicalNode.TableScan(
              3,
              "a table",
              List.of(
                  new LogicalNode.ColumnRead(column(Type.INT64), 1),
                  new LogicalNode.ColumnRead(column(new Type.Decimal(10, 2)), 2)),
              random.nextBoolean() ? column(Type.INT64) : null);
      case 2 -> new LogicalNode.NodeScan(column(Type.NODE), labels(), properties());
      case 3 ->
          new LogicalNode.EdgeScan(
              column(Type.EDGE),
              column(Type.NODE),
              column(Type.NODE),
              labels(),
              pick(List.of(Direction.values())),
              properties());
      case 4 ->
          new LogicalNode.QuadScan(
              pick(
                  List.of(
                      new GraphScope.Default(),
                      new GraphScope.Named(),
                      new GraphScope.Merge(List.of(new Value.Iri("http://x/>"))))),
              new QuadTerm.Wildcard(),
              new QuadTerm.Bind(column(Type.ANY)),
              new QuadTerm.Constant(new Value.Iri("http://x/p")),
              new QuadTerm.Bind(column(Type.ANY)));
      case 5 -> random.nextBoolean() ? sections() : trails();
      default ->
          new LogicalNode.PathScan(
              column(Type.ANY),
              column(Type.ANY),
              null,
              new PathSpec.Reach(
                  new PathSpec.RegularPath.Sequence(
                      List.of(
                          new PathSpec.RegularPath.Predicate(new Value.Iri("http://x/p")),
                          new PathSpec.RegularPath.Inverse(
                              new PathSpec.RegularPath.NotIn(
                                  List.of(new Value.Iri("http://x/q")), List.of())))),
                  0,
                  true,
                  new GraphScope.Default(),
                  Value.NULL,
                  random.nextBoolean() ? Value.NULL : new Value.Iri("http://x/o")),
              Map.of());
    };
  }

  private LogicalNode sections() {
    Column start = column(Type.NODE);
    Column edge = column(Type.EDGE);
    Column argument = column(Type.INT64);
    PathSpec.PathStep step =
        new PathSpec.PathStep(
            edge, column(Type.NODE), labels(), Direction.BOTH, random.nextBoolean());
    Expr condition = new Expr.LabelTest(edge.ref(), new LabelExpr.Labelled());
    return new LogicalNode.PathScan(
        column(Type.NODE),
        column(Type.NODE),
        column(new Type.ListOf(new Type.ListOf(Type.EDGE))),
        new PathSpec.Sections(
            List.of(
                new PathSpec.Section(
                    start,
                    List.of(step),
                    0,
                    random.nextBoolean() ? 3 : PathSpec.UNBOUNDED,
                    List.of(condition)),
                new PathSpec.Section(column(Type.NODE), List.of(), 1, 1, List.of())),
            pick(List.of(PathSpec.Mode.values())),
            pick(List.of(PathSpec.Selector.values())),
            random.nextInt(9),
            Map.of("limit", argument)),
        Map.of("limit", Expr.lit(Value.of(7))));
  }

  private LogicalNode trails() {
    return new LogicalNode.PathScan(
        column(Type.NODE),
        column(Type.NODE),
        column(new Type.ListOf(new Type.ListOf(Type.EDGE))),
        new PathSpec.Trail(
            labels(),
            Direction.BOTH,
            1,
            random.nextBoolean() ? 3 : PathSpec.UNBOUNDED,
            PathSpec.Selector.ALL),
        Map.of("k", literal()));
  }

  private LabelExpr labels() {
    return pick(
        List.of(
            LabelExpr.ANY,
            new LabelExpr.Has("Odd Label"),
            LabelExpr.all(List.of("A", "B")),
            new LabelExpr.Not(LabelExpr.oneOf(List.of("A", "B")))));
  }

  private List<PropertyRead> properties() {
    return random.nextBoolean() ? List.of() : List.of(new PropertyRead(column(Type.ANY), "k'"));
  }

  private Expr literal() {
    return Expr.lit(
        pick(
            List.of(
                Value.TRUE,
                Value.of(-7L),
                Value.of(1.5e300),
                Value.of(Double.NaN),
                Value.of(new BigDecimal("1.50")),
                Value.of("it's\n`odd`"),
                new Value.Date(LocalDate.of(2020, 2, 29)),
                new Value.Duration(1, 2, 3, 4),
                new Value.LangString("chat", "fr", ""),
                new Value.TypedLiteral("01", "http://x/t"),
                new Value.BlankNode("b"),
                new Value.NodeRef(22L << 56 | 5),
                Value.ListValue.of(Value.of(1L), Value.NULL),
                new Value.MapValue(Map.of("k", Value.of("v"))),
                new Value.TripleTerm(
                    new Value.Iri("http://x/s"), new Value.Iri("http://x/p"), Value.of(1L)))));
  }

  private Expr scalar(LogicalNode input) {
    List<Column> all = PlanColumns.of(input);
    Expr column = all.isEmpty() ? literal() : pick(all).ref();
    return switch (random.nextInt(7)) {
      case 0 -> literal();
      case 1 -> new Expr.Cast(column, Type.ANY, Expr.CastMode.FORM);
      case 2 -> new Expr.Property(column, "p q", Type.ANY);
      case 3 ->
          new Expr.Case(
              List.of(new Expr.When(LogicFunctions.IS_NULL.call(column), literal())),
              column,
              Type.ANY);
      case 4 -> {
        Column element = column(Type.ANY);
        yield new Expr.ListComprehension(
            element,
            ListFunctions.LIST.call(column),
            random.nextBoolean() ? Expr.TRUE : null,
            element.ref());
      }
      case 5 ->
          ArithmeticFunctions.of(ArithmeticFunctions.Op.ADD)
              .call(Expr.lit(Value.of(1L)), Expr.lit(Value.of(2L)));
      default -> column;
    };
  }

  private Expr condition(LogicalNode input) {
    Expr left = scalar(input);
    Expr right = scalar(input);
    Expr test =
        ComparisonFunctions.compare(
            pick(List.of(Op.values())), pick(List.of(Rules.values())), left, right);
    return random.nextBoolean()
        ? test
        : LogicFunctions.and(test, LogicFunctions.not(new Expr.LabelTest(right, labels())));
  }

  private List<Assignment> assignments(LogicalNode input, boolean same) {
    List<Assignment> all = new ArrayList<>();
    if (same) {
      PlanColumns.of(input).forEach(c -> all.add(Assignment.same(c)));
    }
    Expr expr = scalar(input);
    Column out = column(expr.type());
    all.add(new Assignment(out, expr));
    return all;
  }

  private SortKey sortKey(LogicalNode input) {
    return new SortKey(scalar(input), random.nextBoolean(), random.nextBoolean(), OrderMode.CYPHER);
  }

  private LogicalNode aggregate(LogicalNode input) {
    List<Column> keys = PlanColumns.of(input).stream().limit(2).toList();
    Expr argument = scalar(input);
    AggregateCall call =
        new AggregateCall(
            column(Type.INT64),
            Aggregates.COUNT,
            List.of(argument),
            random.nextBoolean(),
            EqMode.SQL,
            random.nextBoolean() ? condition(input) : null,
            random.nextBoolean() ? List.of(sortKey(input)) : List.of());
    return new LogicalNode.Aggregate(
        input,
        keys,
        random.nextBoolean() ? List.of() : List.of(keys, List.of()),
        List.of(call),
        EqMode.EQUIVALENT);
  }

  private LogicalNode window(LogicalNode input) {
    return new LogicalNode.Window(
        input,
        List.of(
            new WindowCall(
                column(Type.INT64),
                "row_number",
                List.of(),
                List.of(scalar(input)),
                List.of(sortKey(input)),
                new WindowCall.Frame(
                    pick(List.of(WindowCall.Unit.ROWS, WindowCall.Unit.GROUPS)),
                    new WindowCall.Bound(WindowCall.BoundKind.PRECEDING, Value.of(3L)),
                    WindowCall.Bound.of(WindowCall.BoundKind.CURRENT_ROW),
                    pick(List.of(WindowCall.Exclusion.values()))),
                random.nextBoolean())));
  }

  private LogicalNode join(int depth) {
    LogicalNode left = node(depth - 1);
    LogicalNode right = node(depth - 1);
    JoinKind kind = pick(List.of(JoinKind.values()));
    Column mark = kind == JoinKind.MARK ? column(Type.BOOL) : null;
    return new LogicalNode.Join(kind, left, right, condition(left), mark);
  }

  private LogicalNode apply(int depth) {
    LogicalNode left = node(depth - 1);
    LogicalNode right = new LogicalNode.Filter(node(depth - 1), condition(left));
    return new LogicalNode.Apply(JoinKind.LEFT, left, right, Expr.TRUE, null);
  }

  private LogicalNode compatible(int depth) {
    LogicalNode left = node(depth - 1);
    LogicalNode right = node(depth - 1);
    List<Column> l = PlanColumns.of(left);
    List<Column> r = PlanColumns.of(right);
    List<SharedColumn> shared =
        l.isEmpty() || r.isEmpty()
            ? List.of()
            : List.of(new SharedColumn(l.getFirst(), r.getFirst(), column(Type.ANY)));
    return new LogicalNode.CompatJoin(
        pick(List.of(CompatKind.values())), left, right, shared, Expr.TRUE);
  }

  private LogicalNode union(int depth) {
    LogicalNode left = node(depth - 1);
    LogicalNode right = node(depth - 1);
    List<Column> l = new ArrayList<>(PlanColumns.of(left).stream().limit(1).toList());
    List<Column> r = new ArrayList<>(PlanColumns.of(right).stream().limit(1).toList());
    if (l.isEmpty() || r.isEmpty()) {
      l.clear();
      r.clear();
    }
    List<Column> out = l.stream().map(_ -> column(Type.ANY)).toList();
    return new LogicalNode.SetOp(
        pick(List.of(LogicalNode.SetKind.values())),
        random.nextBoolean(),
        EqMode.TERM,
        left,
        right,
        out,
        new ArrayList<>(l),
        new ArrayList<>(r));
  }

  private LogicalNode create(LogicalNode input) {
    Column node = column(Type.NODE);
    return new LogicalNode.CreateElements(
        input,
        List.of(
            new GraphElement.NewNode(node, List.of("A", "odd label"), ListFunctions.MAP.call()),
            new GraphElement.NewEdge(
                column(Type.EDGE), "T", node.ref(), node.ref(), ListFunctions.MAP.call())));
  }

  private LogicalNode update(LogicalNode input) {
    return new LogicalNode.UpdateElements(
        input,
        List.of(
            new GraphWrite.SetProperty(scalar(input), "k", scalar(input)),
            new GraphWrite.SetProperties(scalar(input), scalar(input), random.nextBoolean()),
            new GraphWrite.SetLabels(scalar(input), List.of("L"), random.nextBoolean())));
  }
}
