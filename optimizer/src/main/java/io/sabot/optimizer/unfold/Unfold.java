package io.sabot.optimizer.unfold;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.Predicate;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.List;

/// Replaces each view of data by the family that stores it: tables seen as a graph or as RDF, and
/// the native graph seen as RDF.
public final class Unfold {
  private final Catalog catalog;
  private final GraphMapping mapping;
  private final GraphUnfold graph;
  private final QuadUnfold quads;

  private Unfold(Catalog catalog, ColumnAllocator allocator, boolean creates) {
    this.catalog = catalog;
    this.mapping = new GraphMapping(catalog);
    this.graph = new GraphUnfold(catalog, mapping, allocator, creates);
    this.quads = new QuadUnfold(catalog, mapping, allocator, creates);
  }

  public static LogicalNode apply(LogicalNode root, Catalog catalog, ColumnAllocator allocator) {
    LogicalNode reading = PushPropertyReads.apply(root, catalog, allocator);
    return new Unfold(catalog, allocator, Updates.in(root)).rewrite(reading);
  }

  private LogicalNode rewrite(LogicalNode node) {
    LogicalNode own = PlanExprs.map(node.mapInputs(this::rewrite), this::canonical);
    return switch (own) {
      case LogicalNode.NodeScan scan -> graph.nodes(scan);
      case LogicalNode.EdgeScan scan -> graph.edges(scan);
      case LogicalNode.QuadScan scan -> quads.quads(scan);
      case LogicalNode.GraphNames names -> quads.graphs(names);
      case LogicalNode.PathScan scan -> path(scan);
      case LogicalNode.QuadModify n ->
          new LogicalNode.QuadModify(n.input(), templates(n.deletes()), templates(n.inserts()));
      default -> own;
    };
  }

  private LogicalNode path(LogicalNode.PathScan scan) {
    return switch (scan.spec()) {
      case PathSpec.Trail trail -> graph.paths(scan, trail);
      case PathSpec.Sections _ -> scan;
      case PathSpec.Reach reach -> {
        refuseMapped(reach.step());
        refuseUserMapped(reach);
        yield scan;
      }
    };
  }

  private void refuseMapped(RegularPath path) {
    switch (path) {
      case RegularPath.Predicate(Value.Iri(var iri)) -> {
        boolean mapped =
            !iri.equals(Xsd.RDF_TYPE) && !mapping.predicates(iri).isEmpty()
                || mapping.graphName(iri).isPresent();
        if (mapped) {
          throw Errors.unsupported(
              null, "a path of any length over <" + iri + ">, which a table or the graph gives,");
        }
      }
      case RegularPath.Predicate _, RegularPath.NotIn _ -> {}
      case RegularPath.Inverse(var inner) -> refuseMapped(inner);
      case RegularPath.Sequence(var parts) -> parts.forEach(this::refuseMapped);
      case RegularPath.Alternative(var parts) -> parts.forEach(this::refuseMapped);
      case RegularPath.Repeat(var inner, _, _) -> refuseMapped(inner);
    }
  }

  /// A path runs over stored quads; what rules give is not among them.
  private void refuseUserMapped(PathSpec.Reach reach) {
    if (catalog.rdfMapping().isEmpty()) {
      return;
    }
    refuseUserMapped(reach.step());
    // A path of no step starts at each node of the graph, nodes that rules give included.
    boolean free = reach.sourceConstant().isNull() && reach.targetConstant().isNull();
    if (free && (reach.min() == 0 || maySkip(reach.step()))) {
      throw Errors.unsupported(
          null, "a path of no step between two variables where an RDF mapping gives nodes,");
    }
  }

  /// Whether a path may have no step.
  private static boolean maySkip(RegularPath path) {
    return switch (path) {
      case RegularPath.Predicate _, RegularPath.NotIn _ -> false;
      case RegularPath.Inverse(var inner) -> maySkip(inner);
      case RegularPath.Sequence(var parts) -> parts.stream().allMatch(Unfold::maySkip);
      case RegularPath.Alternative(var parts) -> parts.stream().anyMatch(Unfold::maySkip);
      case RegularPath.Repeat(var inner, int min, _) -> min == 0 || maySkip(inner);
    };
  }

  private void refuseUserMapped(RegularPath path) {
    switch (path) {
      case RegularPath.Predicate(Value iri) ->
          refuseIf(
              rule -> rule.mayGive(iri),
              iri instanceof Value.Iri(String text) ? "<" + text + ">" : iri.toString());
      case RegularPath.NotIn(var forward, var backward) ->
          refuseIf(
              rule ->
                  !(rule instanceof TermMap.Constant(Value iri))
                      || !forward.contains(iri)
                      || !backward.isEmpty() && !backward.contains(iri),
              "a negated property set");
      case RegularPath.Inverse(var inner) -> refuseUserMapped(inner);
      case RegularPath.Sequence(var parts) -> parts.forEach(this::refuseUserMapped);
      case RegularPath.Alternative(var parts) -> parts.forEach(this::refuseUserMapped);
      case RegularPath.Repeat(var inner, _, _) -> refuseUserMapped(inner);
    }
  }

  private void refuseIf(java.util.function.Predicate<TermMap> gives, String step) {
    if (catalog.rdfMapping().rules().stream().anyMatch(rule -> gives.test(rule.predicate()))) {
      throw Errors.unsupported(
          null, "a path of any length over " + step + ", which an RDF mapping gives,");
    }
  }

  // ---- constants

  /// An IRI that names a row or node, compared with something, is the entity it names.
  private Expr canonical(Expr expr) {
    return expr.transform(e -> {
      if (!(e instanceof Expr.Call(var function, var args, var type))
          || args.size() != 2
          || !function.equals(ComparisonFunctions.SAME_TERM)
              && ComparisonFunctions.opOf(function) == null) {
        return e instanceof Expr.Lit lit && expr instanceof Expr.Lit ? literal(lit) : e;
      }
      List<Expr> mapped = args.stream().map(a -> a instanceof Expr.Lit l ? literal(l) : a).toList();
      return mapped.equals(args) ? e : new Expr.Call(function, mapped, type);
    });
  }

  private Expr literal(Expr.Lit lit) {
    Value canonical = mapping.canonical(lit.value());
    return canonical.equals(lit.value()) ? lit : new Expr.Lit(canonical, lit.type());
  }

  // ---- templates

  private List<LogicalNode.QuadTemplate> templates(List<LogicalNode.QuadTemplate> templates) {
    return templates.stream()
        .map(t -> {
          refuseMapped(t);
          return new LogicalNode.QuadTemplate(
              t.graph(), term(t.subject()), t.predicate(), term(t.object()));
        })
        .toList();
  }

  private QuadTerm term(QuadTerm term) {
    return term instanceof QuadTerm.Constant(var value)
        ? new QuadTerm.Constant(mapping.canonical(value))
        : term;
  }

  /// Triples of a table's rows come and go with the rows.
  private void refuseMapped(LogicalNode.QuadTemplate template) {
    if (!(template.predicate() instanceof QuadTerm.Constant(Value.Iri(var iri)))) {
      return;
    }
    boolean type = iri.equals(Xsd.RDF_TYPE);
    boolean mapped =
        type
            ? template.object() instanceof QuadTerm.Constant(Value.Iri(var object))
                && mapping.classTable(object).isPresent()
            : mapping.predicates(iri).stream().anyMatch(p -> !(p instanceof Predicate.OfClass));
    if (mapped) {
      throw Errors.unsupported(
          null, "changing the triples of a table by SPARQL (predicate <" + iri + ">; use SQL)");
    }
  }
}
