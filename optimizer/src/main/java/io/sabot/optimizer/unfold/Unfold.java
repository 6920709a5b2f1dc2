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
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.List;

/// Replaces each view of data by the family that stores it: tables seen as a graph or as RDF, and
/// the native graph seen as RDF.
public final class Unfold {
  private final GraphMapping mapping;
  private final GraphUnfold graph;
  private final QuadUnfold quads;
  private final ReachUnfold reaches;

  private Unfold(Catalog catalog, ColumnAllocator allocator, boolean creates) {
    this.mapping = new GraphMapping(catalog);
    this.graph = new GraphUnfold(catalog, mapping, allocator, creates);
    this.quads = new QuadUnfold(catalog, mapping, allocator, creates);
    this.reaches = new ReachUnfold(mapping, allocator, quads);
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
      case PathSpec.Reach reach -> reaches.paths(scan, reach);
    };
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
