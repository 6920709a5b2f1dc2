package io.sabot.plan.text;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.text.Tokens.Kind;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the parts of nodes that are more than columns and expressions.
final class PartReader {
  private final Tokens in;
  private final ExprReader exprs;

  PartReader(ExprReader exprs) {
    this.in = exprs.in;
    this.exprs = exprs;
  }

  List<PropertyRead> properties() {
    return exprs.list(() -> {
      Column column = exprs.column();
      in.expect("=");
      return new PropertyRead(column, in.take(Kind.STRING));
    });
  }

  LogicalNode edges() {
    Column edge = exprs.column();
    List<Column> ends = exprs.items("(", ")", exprs::column);
    LabelExpr types = exprs.labels();
    Direction direction = exprs.constant(Direction.class);
    return new LogicalNode.EdgeScan(edge, ends.get(0), ends.get(1), types, direction, properties());
  }

  LogicalNode quads() {
    GraphScope scope = scope();
    List<QuadTerm> quad = quad();
    return new LogicalNode.QuadScan(scope, quad.get(0), quad.get(1), quad.get(2), quad.get(3));
  }

  private List<QuadTerm> quad() {
    return exprs.items("(", ")", this::term);
  }

  private QuadTerm term() {
    if (in.accept("?")) {
      return new QuadTerm.Bind(exprs.column());
    }
    if (in.accept("_")) {
      return new QuadTerm.Wildcard();
    }
    if (in.accept("=")) {
      return new QuadTerm.Computed(exprs.expr());
    }
    if (in.is("@") && in.peek(1).text().equals("fresh")) {
      in.expect("@");
      in.expect("fresh");
      return new QuadTerm.FreshBlank(exprs.items("(", ")", () -> in.take(Kind.STRING)).getFirst());
    }
    if (in.is("@") && in.peek(1).text().equals("triple")) {
      in.expect("@");
      in.expect("triple");
      List<QuadTerm> parts = quad();
      return new QuadTerm.Quoted(parts.get(0), parts.get(1), parts.get(2));
    }
    return new QuadTerm.Constant(exprs.value());
  }

  List<LogicalNode.QuadTemplate> templates() {
    return exprs.list(() -> {
      List<QuadTerm> quad = quad();
      return new LogicalNode.QuadTemplate(quad.get(0), quad.get(1), quad.get(2), quad.get(3));
    });
  }

  GraphScope scope() {
    String word = in.take(Kind.NAME);
    return switch (word) {
      case "default" -> new GraphScope.Default();
      case "merge" -> new GraphScope.Merge(exprs.valueList());
      case "named" -> new GraphScope.Named();
      case "named_only" -> new GraphScope.NamedOnly(exprs.valueList());
      default -> throw new IllegalArgumentException("no scope is called " + word);
    };
  }

  LogicalNode paths() {
    List<Column> ends = exprs.items("(", ")", exprs::column);
    Column edges = in.accept("edges") ? exprs.column() : null;
    PathSpec spec = in.accept("trail") ? trail() : in.accept("sections") ? sections() : reach();
    Map<String, Expr> properties = new TreeMap<>();
    exprs.items(
        "{",
        "}",
        () -> {
          String key = in.take(Kind.STRING);
          in.expect(":");
          return properties.put(key, exprs.expr());
        });
    return new LogicalNode.PathScan(ends.get(0), ends.get(1), edges, spec, properties);
  }

  private PathSpec trail() {
    LabelExpr types = exprs.labels();
    Direction direction = exprs.constant(Direction.class);
    int min = (int) in.integer();
    int max = in.accept("unbounded") ? PathSpec.UNBOUNDED : (int) in.integer();
    return new PathSpec.Trail(types, direction, min, max, exprs.constant(PathSpec.Selector.class));
  }

  private PathSpec sections() {
    List<PathSpec.Section> sections = exprs.list(this::section);
    PathSpec.Mode mode = exprs.constant(PathSpec.Mode.class);
    PathSpec.Selector selector = exprs.constant(PathSpec.Selector.class);
    long count = in.integer();
    Map<String, Column> arguments = new TreeMap<>();
    exprs.items(
        "{",
        "}",
        () -> {
          String key = in.take(Kind.STRING);
          in.expect(":");
          return arguments.put(key, exprs.column());
        });
    return new PathSpec.Sections(sections, mode, selector, count, arguments);
  }

  private PathSpec.Section section() {
    Column start = exprs.column();
    List<PathSpec.PathStep> steps = exprs.list(this::step);
    int min = (int) in.integer();
    int max = in.accept("unbounded") ? PathSpec.UNBOUNDED : (int) in.integer();
    return new PathSpec.Section(start, steps, min, max, exprs.list(exprs::expr));
  }

  private PathSpec.PathStep step() {
    Column edge = exprs.column();
    Column node = exprs.column();
    LabelExpr types = exprs.labels();
    Direction direction = exprs.constant(Direction.class);
    return new PathSpec.PathStep(edge, node, types, direction, in.accept("turned"));
  }

  private PathSpec reach() {
    in.expect("reach");
    RegularPath step = path();
    int min = (int) in.integer();
    boolean unbounded = unbounded();
    GraphScope scope = scope();
    in.expect("from");
    Value source = exprs.value();
    in.expect("to");
    return new PathSpec.Reach(step, min, unbounded, scope, source, exprs.value());
  }

  private boolean unbounded() {
    return in.take(Kind.NAME).equals("unbounded");
  }

  private RegularPath path() {
    if (in.peek().kind() == Kind.IRI) {
      return new RegularPath.Predicate(exprs.value());
    }
    String word = in.take(Kind.NAME);
    switch (word) {
      case "inverse" -> {
        return new RegularPath.Inverse(exprs.items("(", ")", this::path).getFirst());
      }
      case "sequence" -> {
        return new RegularPath.Sequence(exprs.items("(", ")", this::path));
      }
      case "alternative" -> {
        return new RegularPath.Alternative(exprs.items("(", ")", this::path));
      }
      case "not_in" -> {
        List<List<Value>> sides = exprs.items("(", ")", exprs::valueList);
        return new RegularPath.NotIn(sides.get(0), sides.get(1));
      }
      default -> {
        in.expect("(");
        RegularPath inner = path();
        in.expect(",");
        int min = (int) in.integer();
        in.expect(",");
        boolean unbounded = unbounded();
        in.expect(")");
        return new RegularPath.Repeat(inner, min, unbounded);
      }
    }
  }

  List<SortKey> sortKeys() {
    return exprs.list(() -> {
      Expr expr = exprs.expr();
      boolean descending = in.accept("desc");
      if (!descending) {
        in.expect("asc");
      }
      boolean nullsFirst = in.accept("nulls_first");
      if (!nullsFirst) {
        in.expect("nulls_last");
      }
      return new SortKey(expr, descending, nullsFirst, exprs.constant(OrderMode.class));
    });
  }

  List<AggregateCall> calls() {
    return exprs.list(() -> {
      Column out = exprs.column();
      in.expect("=");
      String name = in.take(Kind.NAME);
      AggregateFunction function = Aggregates.find(name);
      if (function == null) {
        throw new IllegalArgumentException("no aggregate function is called " + name);
      }
      List<Expr> args = exprs.arguments();
      boolean distinct = in.accept("distinct");
      EqMode mode = distinct ? exprs.constant(EqMode.class) : EqMode.SQL;
      Expr filter = in.accept("filter") ? exprs.expr() : null;
      List<SortKey> order = in.accept("order") ? sortKeys() : List.of();
      return new AggregateCall(out, function, args, distinct, mode, filter, order);
    });
  }

  List<WindowCall> windows() {
    return exprs.list(() -> {
      Column out = exprs.column();
      in.expect("=");
      String function = in.take(Kind.NAME);
      List<Expr> args = exprs.arguments();
      in.expect("partition");
      List<Expr> partition = exprs.list(exprs::expr);
      in.expect("order");
      List<SortKey> order = sortKeys();
      boolean ignoresNulls = in.accept("nonnull");
      WindowCall.Unit unit = exprs.constant(WindowCall.Unit.class);
      WindowCall.Bound start = bound();
      WindowCall.Bound end = bound();
      WindowCall.Exclusion excluded =
          in.accept("exclude")
              ? exprs.constant(WindowCall.Exclusion.class)
              : WindowCall.Exclusion.NO_OTHERS;
      WindowCall.Frame frame = new WindowCall.Frame(unit, start, end, excluded);
      return new WindowCall(out, function, args, partition, order, frame, ignoresNulls);
    });
  }

  private WindowCall.Bound bound() {
    return new WindowCall.Bound(exprs.constant(WindowCall.BoundKind.class), exprs.value());
  }

  List<GraphElement> elements() {
    return exprs.list(() -> {
      boolean node = in.accept("node");
      if (!node) {
        in.expect("edge");
      }
      Column out = exprs.column();
      if (node) {
        return new GraphElement.NewNode(out, exprs.list(in::name), exprs.expr());
      }
      String type = in.name();
      List<Expr> ends = exprs.arguments();
      return new GraphElement.NewEdge(out, type, ends.get(0), ends.get(1), exprs.expr());
    });
  }

  List<GraphWrite> writes() {
    return exprs.list(() -> {
      String word = in.take(Kind.NAME);
      Expr target = exprs.expr();
      return switch (word) {
        case "property" -> new GraphWrite.SetProperty(target, in.take(Kind.STRING), exprs.expr());
        case "replace" -> new GraphWrite.SetProperties(target, exprs.expr(), true);
        case "merge" -> new GraphWrite.SetProperties(target, exprs.expr(), false);
        case "add" -> new GraphWrite.SetLabels(target, exprs.list(in::name), true);
        case "remove" -> new GraphWrite.SetLabels(target, exprs.list(in::name), false);
        default -> throw new IllegalArgumentException("no write is called " + word);
      };
    });
  }
}
