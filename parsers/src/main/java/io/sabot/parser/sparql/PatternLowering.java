package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.BasicPattern;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.path.P_Alt;
import org.apache.jena.sparql.path.P_Inverse;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_OneOrMoreN;
import org.apache.jena.sparql.path.P_Path0;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.P_ZeroOrMore1;
import org.apache.jena.sparql.path.P_ZeroOrMoreN;
import org.apache.jena.sparql.path.P_ZeroOrOne;
import org.apache.jena.sparql.path.Path;
import org.jspecify.annotations.Nullable;

/// Basic graph patterns and property paths. Every triple pattern is a `QuadScan` with columns of
/// its own; a variable that occurs again is a condition between two of them.
final class PatternLowering {
  private final Context context;

  PatternLowering(Context context) {
    this.context = context;
  }

  Solutions lower(BasicPattern pattern) {
    Solutions result = Solutions.UNIT;
    for (Triple triple : pattern.getList()) {
      result = join(result, triple(triple.getSubject(), triple.getPredicate(), triple.getObject()));
    }
    return result;
  }

  Solutions lower(TriplePath path) {
    if (path.isTriple()) {
      return triple(path.getSubject(), path.getPredicate(), path.getObject());
    }
    return path(path.getSubject(), path.getPath(), path.getObject());
  }

  /// Joins two solutions whose shared variables are bound on both sides.
  private Solutions join(Solutions left, Solutions right) {
    if (left == Solutions.UNIT) {
      return right;
    }
    List<Expr> conditions = new ArrayList<>();
    Map<String, Column> variables = new LinkedHashMap<>(left.variables());
    right
        .variables()
        .forEach((name, column) -> {
          Column known = variables.putIfAbsent(name, column);
          if (known != null) {
            conditions.add(ComparisonFunctions.sameTerm(known.ref(), column.ref()));
          }
        });
    LogicalNode join =
        new LogicalNode.Join(
            JoinKind.INNER, left.plan(), right.plan(), LogicFunctions.and(conditions), null);
    return new Solutions(join, variables);
  }

  /// The positions of one pattern, with the conditions for variables that occur twice in it.
  private final class Positions {
    private final Map<String, Column> variables = new LinkedHashMap<>();
    private final List<Expr> conditions = new ArrayList<>();

    /// What the triple terms must be before their parts can be read.
    private final List<Expr> shapes = new ArrayList<>();

    private final List<Assignment> parts = new ArrayList<>();

    QuadTerm term(Node node) {
      if (Var.isVar(node) || node.isBlank()) {
        String name = name(node);
        Value fixed = context.constant(name);
        if (fixed != null) {
          return new QuadTerm.Constant(fixed);
        }
        if (context.isLate(name)) {
          return new QuadTerm.Bind(equalTo(name, Context.late(name)));
        }
        return new QuadTerm.Bind(bind(name));
      }
      if (isOpen(node)) {
        return new QuadTerm.Bind(quoted(node));
      }
      return new QuadTerm.Constant(RdfTerms.value(node));
    }

    /// A column for a triple term with variables, which are bound to its parts.
    Column quoted(Node node) {
      Column column = context.variable("triple", false);
      part(node, column.ref());
      return column;
    }

    /// Binds or tests one part of a triple term.
    private void part(Node node, Expr value) {
      String name = node.isTripleTerm() ? "" : isFree(node) ? name(node) : "";
      if (isOpen(node)) {
        shapes.add(Functions.named("sp.istriple").call(value));
        part(node.getTriple().getSubject(), Functions.named("sp.subject").call(value));
        part(node.getTriple().getPredicate(), Functions.named("sp.predicate").call(value));
        part(node.getTriple().getObject(), Functions.named("sp.object").call(value));
      } else if (name.isEmpty()) {
        Expr wanted =
            Var.isVar(node) && context.isLate(node.getName())
                ? Context.late(node.getName())
                : new Expr.Lit(constant(node), Type.ANY);
        shapes.add(ComparisonFunctions.sameTerm(value, wanted));
      } else {
        parts.add(new Assignment(bind(name), value));
      }
    }

    QuadTerm graph() {
      return switch (context.graph()) {
        case ActiveGraph.Default _ -> new QuadTerm.Wildcard();
        case ActiveGraph.Named(Value name) -> new QuadTerm.Constant(name);
        case ActiveGraph.Variable(String name) -> new QuadTerm.Bind(bind(name));
        case ActiveGraph.Outer(Column name) -> new QuadTerm.Bind(equalTo(name.name(), name.ref()));
      };
    }

    /// A column of this pattern that must equal a value from outside of it.
    Column equalTo(String name, Expr outer) {
      Column column = context.variable(name, false);
      conditions.add(ComparisonFunctions.sameTerm(outer, column.ref()));
      return column;
    }

    private Column bind(String name) {
      Column column = context.variable(name, false);
      Column known = variables.putIfAbsent(name, column);
      if (known != null) {
        conditions.add(ComparisonFunctions.sameTerm(known.ref(), column.ref()));
      }
      return column;
    }

    Solutions over(LogicalNode scan) {
      LogicalNode shaped = filter(scan, shapes);
      LogicalNode bound = parts.isEmpty() ? shaped : new LogicalNode.Extend(shaped, parts);
      return new Solutions(filter(bound, conditions), variables);
    }

    private static LogicalNode filter(LogicalNode input, List<Expr> all) {
      return all.isEmpty() ? input : new LogicalNode.Filter(input, LogicFunctions.and(all));
    }
  }

  static String name(Node node) {
    return node.isBlank() ? "_:" + node.getBlankNodeLabel() : node.getName();
  }

  private Solutions triple(Node subject, Node predicate, Node object) {
    Positions positions = new Positions();
    LogicalNode scan =
        new LogicalNode.QuadScan(
            context.scope(),
            positions.graph(),
            positions.term(subject),
            positions.term(predicate),
            positions.term(object));
    return positions.over(scan);
  }

  private Solutions path(Node subject, Path path, Node object) {
    return switch (path) {
      case P_Link link -> triple(subject, link.getNode(), object);
      case P_Inverse inverse -> path(object, inverse.getSubPath(), subject);
      case P_Seq sequence -> {
        Node middle = fresh();
        Solutions joined =
            join(
                path(subject, sequence.getLeft(), middle),
                path(middle, sequence.getRight(), object));
        yield joined.without(middle.getName());
      }
      case P_Alt alternative ->
          union(
              path(subject, alternative.getLeft(), object),
              path(subject, alternative.getRight(), object));
      case P_NegPropSet negated -> negated(subject, negated, object);
      case P_ZeroOrMore1 star -> reach(subject, star.getSubPath(), 0, true, object);
      case P_ZeroOrMoreN star -> reach(subject, star.getSubPath(), 0, true, object);
      case P_OneOrMore1 plus -> reach(subject, plus.getSubPath(), 1, true, object);
      case P_OneOrMoreN plus -> reach(subject, plus.getSubPath(), 1, true, object);
      case P_ZeroOrOne optional -> reach(subject, optional.getSubPath(), 0, false, object);
      default -> throw Errors.unsupported(null, "the property path " + path);
    };
  }

  /// A variable that no query can name.
  private Node fresh() {
    return Var.alloc("/" + context.variable("path", false).id());
  }

  private Solutions union(Solutions left, Solutions right) {
    return new OpLowering(context).union(left, right);
  }

  /// `!(a|^b)` counts every triple, so it is a scan with a condition and not a reachability path.
  private Solutions negated(Node subject, P_NegPropSet negated, Node object) {
    List<Value> forward = new ArrayList<>();
    List<Value> backward = new ArrayList<>();
    for (P_Path0 step : negated.getNodes()) {
      (step.isForward() ? forward : backward).add(RdfTerms.value(step.getNode()));
    }
    Solutions result = null;
    if (!forward.isEmpty() || backward.isEmpty()) {
      result = anyBut(subject, forward, object);
    }
    if (!backward.isEmpty()) {
      Solutions reverse = anyBut(object, backward, subject);
      result = result == null ? reverse : union(result, reverse);
    }
    if (result == null) {
      throw new IllegalStateException("an empty negated property set");
    }
    return result;
  }

  private Solutions anyBut(Node subject, List<Value> excluded, Node object) {
    Node predicate = fresh();
    Solutions scan = triple(subject, predicate, object);
    Column column = scan.variables().get(predicate.getName());
    if (column == null) {
      throw new IllegalStateException("no predicate column");
    }
    List<Expr> conditions = new ArrayList<>();
    for (Value iri : excluded) {
      conditions.add(LogicFunctions.not(ComparisonFunctions.sameTerm(column.ref(), Expr.lit(iri))));
    }
    LogicalNode filter = new LogicalNode.Filter(scan.plan(), LogicFunctions.and(conditions));
    return scan.over(filter).without(predicate.getName());
  }

  private Solutions reach(Node subject, Path step, int min, boolean unbounded, Node object) {
    Positions positions = new Positions();
    Column source = end(subject, positions);
    Column target = end(object, positions);
    Column graph = positions.graph() instanceof QuadTerm.Bind(Column column) ? column : null;
    PathSpec.Reach spec =
        new PathSpec.Reach(
            regular(step), min, unbounded, reachScope(), constant(subject), constant(object));
    Solutions found =
        positions.over(new LogicalNode.PathScan(source, target, graph, spec, Map.of()));
    return !spec.mayBeEmpty() || isOpen(subject) || isOpen(object)
        ? found
        : withEmptyPaths(found, subject, object);
  }

  /// A path scan knows the terms of the graph and those of the query. Where a value from outside
  /// stands for an end, as in an EXISTS, the empty path from it to itself is there, too, whatever
  /// the graph holds (SPARQL 1.1 §18.5).
  private Solutions withEmptyPaths(Solutions found, Node subject, Node object) {
    List<Expr> values = new ArrayList<>();
    for (Node end : List.of(subject, object)) {
      Expr outside = outside(end);
      if (outside != null) {
        values.add(outside);
      }
    }
    if (values.isEmpty()) {
      return found;
    }
    context.emptyPaths().found();
    Expr value = values.size() == 1 ? values.getFirst() : LogicFunctions.COALESCE.call(values);
    return switch (context.emptyPaths().mode()) {
      case OF_THE_GRAPH -> found;
      case OF_THE_ROW -> emptyPath(value, subject, object);
      case ALL -> {
        // So that a search begins where the row says.
        Solutions agreeing = new OpLowering(context).agreeing(found, Map.of());
        yield distinct(union(agreeing, emptyPath(value, subject, object)));
      }
    };
  }

  private @Nullable Expr outside(Node end) {
    if (!Var.isVar(end)) {
      return null;
    }
    Column outer = context.outer().get(end.getName());
    return context.isLate(end.getName())
        ? Context.late(end.getName())
        : outer == null ? null : outer.ref();
  }

  private Solutions emptyPath(Expr value, Node subject, Node object) {
    Solutions graph = new OpLowering(context).withGraph(Solutions.UNIT);
    Map<String, Column> variables = new LinkedHashMap<>(graph.variables());
    List<Expr> conditions = new ArrayList<>();
    conditions.add(LogicFunctions.not(LogicFunctions.IS_NULL.call(value)));
    List<Assignment> ends = new ArrayList<>();
    for (Node end : List.of(subject, object)) {
      if (isFree(end)) {
        Column column = context.variable(name(end), false);
        if (variables.putIfAbsent(name(end), column) == null) {
          ends.add(new Assignment(column, value));
        }
      } else {
        Expr other =
            Var.isVar(end) && context.isLate(end.getName())
                ? Context.late(end.getName())
                : new Expr.Lit(constant(end), Type.ANY);
        conditions.add(ComparisonFunctions.sameTerm(value, other));
      }
    }
    LogicalNode rows = new LogicalNode.Filter(graph.plan(), LogicFunctions.and(conditions));
    return new Solutions(new LogicalNode.Extend(rows, ends), variables);
  }

  private static Solutions distinct(Solutions solutions) {
    List<Assignment> kept = solutions.variables().values().stream().map(Assignment::same).toList();
    LogicalNode project = new LogicalNode.Project(solutions.plan(), kept);
    return solutions.over(new LogicalNode.Distinct(project, EqMode.TERM));
  }

  private GraphScope reachScope() {
    GraphScope scope = context.scope();
    if (!(context.graph() instanceof ActiveGraph.Named(Value name))) {
      return scope;
    }
    boolean excluded = scope instanceof GraphScope.NamedOnly(var graphs) && !graphs.contains(name);
    return new GraphScope.Merge(excluded ? List.of() : List.of(name));
  }

  /// Whether a node is a triple term with a variable in it; blank nodes are variables here.
  private boolean isOpen(Node node) {
    return node.isTripleTerm()
        && (isOpen(node.getTriple().getSubject())
            || isFree(node.getTriple().getSubject())
            || isFree(node.getTriple().getPredicate())
            || isFree(node.getTriple().getObject())
            || !node.isConcrete()
            || isOpen(node.getTriple().getObject()));
  }

  private Column end(Node node, Positions positions) {
    if (isOpen(node)) {
      return positions.quoted(node);
    }
    if (isFree(node)) {
      return positions.bind(name(node));
    }
    return Var.isVar(node) && context.isLate(node.getName())
        ? positions.equalTo(node.getName(), Context.late(node.getName()))
        : context.variable("end", false);
  }

  private boolean isFree(Node node) {
    return (Var.isVar(node) || node.isBlank()) && !context.parameters().containsKey(name(node));
  }

  private Value constant(Node node) {
    if (isFree(node) || isOpen(node)) {
      return Value.NULL;
    }
    if (node.isConcrete()) {
      return RdfTerms.value(node);
    }
    Value fixed = context.constant(name(node));
    return fixed == null ? Value.NULL : fixed;
  }

  private RegularPath regular(Path path) {
    return switch (path) {
      case P_Link link -> new RegularPath.Predicate(RdfTerms.value(link.getNode()));
      case P_Inverse inverse -> new RegularPath.Inverse(regular(inverse.getSubPath()));
      case P_Seq sequence ->
          new RegularPath.Sequence(
              List.of(regular(sequence.getLeft()), regular(sequence.getRight())));
      case P_Alt alternative ->
          new RegularPath.Alternative(
              List.of(regular(alternative.getLeft()), regular(alternative.getRight())));
      case P_NegPropSet negated -> {
        List<Value> forward = new ArrayList<>();
        List<Value> backward = new ArrayList<>();
        for (P_Path0 step : negated.getNodes()) {
          (step.isForward() ? forward : backward).add(RdfTerms.value(step.getNode()));
        }
        yield new RegularPath.NotIn(forward, backward);
      }
      case P_ZeroOrMore1 star -> new RegularPath.Repeat(regular(star.getSubPath()), 0, true);
      case P_ZeroOrMoreN star -> new RegularPath.Repeat(regular(star.getSubPath()), 0, true);
      case P_OneOrMore1 plus -> new RegularPath.Repeat(regular(plus.getSubPath()), 1, true);
      case P_OneOrMoreN plus -> new RegularPath.Repeat(regular(plus.getSubPath()), 1, true);
      case P_ZeroOrOne optional -> new RegularPath.Repeat(regular(optional.getSubPath()), 0, false);
      default -> throw Errors.unsupported(null, "the property path " + path);
    };
  }
}
