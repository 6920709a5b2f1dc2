package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.MapEntry;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Repeat;
import io.sabot.parser.cypher.ast.PatternPart.Search;
import io.sabot.parser.cypher.ast.PatternPart.Step;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.PathFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Turns parts of a path pattern into sections of a {@link PathSpec.Sections}.
final class SectionLowering {
  /// What a variable is made of, once the path is found.
  private record Variable(Name name, int section, int stride, int place, Kind kind) {}

  private enum Kind {
    NODE,
    EDGE,
    NODES,
    EDGES
  }

  private final Lowering lowering;
  private final Bindings outside;
  private final List<PathSpec.Section> sections = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final Map<String, Expr> arguments = new TreeMap<>();
  private final Map<String, Column> argumentColumns = new TreeMap<>();
  private final Map<Column, String> argumentNames = new LinkedHashMap<>();

  /// @param outside what is known before the clause
  SectionLowering(Lowering lowering, Bindings outside) {
    this.lowering = lowering;
    this.outside = outside;
  }

  PathSpec.Sections spec(PathSpec.Mode mode, PathSpec.Selector selector, long count) {
    return new PathSpec.Sections(sections, mode, selector, count, argumentColumns);
  }

  static PathSpec.Mode mode(Search search) {
    PatternPart.Mode mode = search.mode();
    if (mode == null || mode == PatternPart.Mode.WALK) {
      return search.repeatable() ? PathSpec.Mode.WALK : PathSpec.Mode.TRAIL;
    }
    return switch (mode) {
      case WALK, TRAIL -> PathSpec.Mode.TRAIL;
      case ACYCLIC -> PathSpec.Mode.ACYCLIC;
      case SIMPLE -> PathSpec.Mode.SIMPLE;
    };
  }

  /// The values from outside that conditions read.
  Map<String, Expr> arguments() {
    return arguments;
  }

  // ---- sections

  void add(Repeat repeat) {
    Block block = new Block(repeat.start());
    repeat.steps().forEach(block::step);
    if (repeat.where() != null) {
      block.condition(repeat.where());
    }
    long max = repeat.max() == null ? PathSpec.UNBOUNDED : repeat.max();
    int number = sections.size();
    sections.add(block.section((int) repeat.min(), (int) Math.min(max, PathSpec.UNBOUNDED)));
    int stride = repeat.steps().size();
    for (int i = 0; i <= stride; i++) {
      variable(repeat.nodes().get(i).variable(), number, stride, i, Kind.NODES);
      if (i < stride) {
        variable(repeat.relationships().get(i).variable(), number, stride, i, Kind.EDGES);
      }
    }
  }

  private void variable(
      @org.jspecify.annotations.Nullable Name name, int section, int stride, int place, Kind kind) {
    if (name != null) {
      variables.add(new Variable(name, section, stride, place, kind));
    }
  }

  /// All of a path; conditions on its first and last node are left to the caller.
  void add(PatternPart part) {
    Set<String> seen = new HashSet<>();
    ends(part, seen);
    for (int i = 0; i < part.steps().size(); i++) {
      RelationshipPattern relationship = part.relationships().get(i);
      NodePattern node = part.nodes().get(i + 1);
      boolean last = i == part.steps().size() - 1;
      if (relationship.repeat() != null) {
        add(relationship.repeat());
      } else if (relationship.length() != null) {
        add(repeat(relationship));
      } else {
        single(relationship, seen);
      }
      if (!last) {
        inner(node, seen);
      }
    }
  }

  private static void ends(PatternPart part, Set<String> seen) {
    for (NodePattern node : List.of(part.nodes().getFirst(), part.nodes().getLast())) {
      if (node.variable() != null) {
        seen.add(node.variable().text());
      }
    }
  }

  /// `-[r*1..3]->` is a part with one relationship, repeated.
  private static Repeat repeat(RelationshipPattern relationship) {
    PatternPart.Length length = java.util.Objects.requireNonNull(relationship.length());
    NodePattern any =
        new NodePattern(null, List.of(), LabelExpr.ANY, null, null, relationship.place());
    RelationshipPattern one =
        new RelationshipPattern(
            relationship.variable(),
            relationship.types(),
            relationship.typeTest(),
            relationship.direction(),
            null,
            relationship.properties(),
            relationship.where(),
            null,
            relationship.place());
    return new Repeat(
        any,
        List.of(new Step(one, any)),
        null,
        length.min() == null ? 1 : length.min(),
        length.max(),
        relationship.place());
  }

  private void single(RelationshipPattern relationship, Set<String> seen) {
    NodePattern any =
        new NodePattern(null, List.of(), LabelExpr.ANY, null, null, relationship.place());
    Block block = new Block(any);
    Name name = relationship.variable();
    if (name != null && outside.contains(name.text())) {
      throw Errors.unsupported(
          name.place().span(), "a relationship known before inside a path that is chosen");
    }
    once(name, seen);
    block.step(new Step(relationship, any));
    variable(name, sections.size(), 1, 0, Kind.EDGE);
    sections.add(block.section(1, 1));
  }

  private void inner(NodePattern node, Set<String> seen) {
    once(node.variable(), seen);
    Name name = node.variable();
    boolean known = name != null && outside.contains(name.text());
    Block block = new Block(node);
    if (known && name != null) {
      Expr outer = argument(outside.column(name.text()));
      block.conditions.add(ComparisonFunctions.sameTerm(block.start.ref(), outer));
    } else {
      variable(name, sections.size(), 1, 0, Kind.NODE);
    }
    sections.add(block.section(1, 1));
  }

  private static void once(@org.jspecify.annotations.Nullable Name name, Set<String> seen) {
    if (name != null && !seen.add(name.text())) {
      throw Errors.unsupported(
          name.place().span(), "'" + name + "' twice in a path that is chosen among others");
    }
  }

  /// One section while it is built.
  private final class Block {
    private final Bindings scope = outside.copy();
    private final Column start;
    private final List<PathSpec.PathStep> steps = new ArrayList<>();
    private final List<Expr> conditions = new ArrayList<>();
    private final Set<Column> own = new HashSet<>();

    Block(NodePattern first) {
      start = element(first.variable(), "node", Type.NODE);
      labels(first, start);
      late.add(() -> conditions(first.properties(), first.where(), start));
    }

    private final List<Runnable> late = new ArrayList<>();

    private Column element(
        @org.jspecify.annotations.Nullable Name name, String otherwise, Type type) {
      Column column = lowering.certain(name == null ? otherwise : name.text(), type);
      own.add(column);
      if (name != null) {
        scope.bind(name.text(), column);
      }
      return column;
    }

    private void labels(NodePattern node, Column column) {
      if (!node.labelTest().equals(LabelExpr.ANY)) {
        conditions.add(new Expr.LabelTest(column.ref(), node.labelTest()));
      }
    }

    void step(Step step) {
      RelationshipPattern relationship = step.relationship();
      Column edge = element(relationship.variable(), "edge", Type.EDGE);
      Column node = element(step.node().variable(), "node", Type.NODE);
      labels(step.node(), node);
      steps.add(
          new PathSpec.PathStep(
              edge,
              node,
              PatternLowering.types(relationship),
              PatternLowering.direction(relationship),
              relationship.direction() == PatternPart.Direction.IN));
      late.add(() -> {
        conditions(relationship.properties(), relationship.where(), edge);
        conditions(step.node().properties(), step.node().where(), node);
      });
    }

    void condition(Expression where) {
      late.add(() -> conditions.addAll(LogicFunctions.conjuncts(lowered(where, true))));
    }

    private void conditions(
        @org.jspecify.annotations.Nullable Expression properties,
        @org.jspecify.annotations.Nullable Expression where,
        Column owner) {
      if (properties instanceof Expression.MapLiteral map) {
        for (MapEntry entry : map.entries()) {
          Expr property = new Expr.Property(owner.ref(), entry.key(), Type.ANY);
          conditions.add(FunctionLowering.equal(property, lowered(entry.value(), false)));
        }
      }
      if (where != null) {
        conditions.addAll(LogicFunctions.conjuncts(lowered(where, true)));
      }
    }

    private Expr lowered(Expression expression, boolean condition) {
      Rows none = new Rows(LogicalNode.Values.UNIT);
      ExpressionLowering lowerings = new ExpressionLowering(lowering, scope, none);
      Expr lowered = condition ? lowerings.condition(expression) : lowerings.lower(expression);
      return lowered.transform(
          e -> e instanceof Expr.Col(Column column) && isOuter(column) ? argument(column) : e);
    }

    private boolean isOuter(Column column) {
      return !own.contains(column) && outside.all().containsValue(column);
    }

    PathSpec.Section section(int min, int max) {
      late.forEach(Runnable::run);
      return new PathSpec.Section(start, steps, min, max, conditions);
    }
  }

  private Expr argument(Column outer) {
    String name = argumentNames.get(outer);
    if (name == null) {
      name = outer.name() + argumentNames.size();
      argumentNames.put(outer, name);
      argumentColumns.put(name, lowering.column(outer.name(), outer.type()));
      arguments.put(name, outer.ref());
    }
    return java.util.Objects.requireNonNull(argumentColumns.get(name)).ref();
  }

  // ---- variables

  /// What each variable is, given the column of the path's first node and that of its edges.
  Map<Name, Expr> variables(Column source, Column edges) {
    Map<Name, Expr> values = new LinkedHashMap<>();
    BiConsumer<Variable, Expr> put = (variable, value) -> values.put(variable.name(), value);
    for (Variable v : variables) {
      Expr section = number(v.section());
      switch (v.kind()) {
        case NODE -> put.accept(v, PathFunctions.NODE.call(source.ref(), edges.ref(), section));
        case EDGE -> put.accept(v, PathFunctions.EDGE.call(edges.ref(), section));
        case EDGES ->
            put.accept(
                v,
                PathFunctions.GROUP_EDGES.call(
                    edges.ref(), section, number(v.stride()), number(v.place())));
        case NODES ->
            put.accept(
                v,
                PathFunctions.GROUP_NODES.call(
                    source.ref(), edges.ref(), section, number(v.stride()), number(v.place())));
      }
    }
    return values;
  }

  private static Expr number(int value) {
    return Expr.lit(Value.of((long) value));
  }
}
