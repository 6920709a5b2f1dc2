package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.Predicate;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Triple patterns over tables and over the native graph: classes become tables and labels,
/// predicates columns, foreign keys, properties and relationship types.
final class QuadUnfold {
  private final Catalog catalog;
  private final GraphMapping mapping;
  private final ColumnAllocator allocator;
  private final UserTriples user;

  /// @param writes whether the statement may store quads that the catalog does not know yet
  QuadUnfold(Catalog catalog, GraphMapping mapping, ColumnAllocator allocator, boolean writes) {
    this.catalog = catalog;
    this.mapping = mapping;
    this.allocator = allocator;
    this.user = new UserTriples(catalog, mapping, allocator, writes);
  }

  LogicalNode quads(LogicalNode.QuadScan scan) {
    LogicalNode.QuadScan canonical =
        new LogicalNode.QuadScan(
            scan.scope(),
            scan.graph(),
            canonical(scan.subject()),
            scan.predicate(),
            canonical(scan.object()));
    return catalog.rdfMapping().isEmpty()
        ? others(canonical, true)
        : user.quads(canonical, this::others);
  }

  LogicalNode graphs(LogicalNode.GraphNames names) {
    return catalog.rdfMapping().isEmpty() ? names : user.graphs(names);
  }

  /// All triples but those that a mapping of the user gives.
  private LogicalNode others(LogicalNode.QuadScan scan, boolean mayBeStored) {
    return switch (scan.scope()) {
      case GraphScope.Default _ -> withMapped(scan, mayBeStored);
      case GraphScope.Merge merge when merge.holdsDefault() -> merged(scan, mayBeStored);
      case GraphScope.Merge _, GraphScope.Named _, GraphScope.NamedOnly _ ->
          mayBeStored ? scan : LogicalNode.Values.empty(PlanColumns.of(scan));
    };
  }

  /// A triple of a table may be in another graph of the merge as well.
  private LogicalNode merged(LogicalNode.QuadScan scan, boolean mayBeStored) {
    LogicalNode all = withMapped(scan, mayBeStored);
    return all == scan ? scan : new LogicalNode.Distinct(all, EqMode.TERM);
  }

  private LogicalNode withMapped(LogicalNode.QuadScan scan, boolean mayBeStored) {
    Branches branches = new Branches(PlanColumns.of(scan), allocator);
    String predicate = iri(scan.predicate());
    List<Predicate> mapped = mapping.predicates(predicate);
    boolean unmapped = mapped.isEmpty() && graphNames(predicate).isEmpty();
    boolean labels =
        predicate != null && predicate.equals(Xsd.RDF_TYPE) && !catalog.nodeLabels().isEmpty();
    if (unmapped && !labels) {
      return mayBeStored ? scan : LogicalNode.Values.empty(PlanColumns.of(scan));
    }
    boolean stored =
        scan.scope() instanceof GraphScope.Merge || mayBeStored(scan, predicate, mapped);
    if (stored && mayBeStored) {
      LogicalNode.QuadScan copy = fresh(scan, allocator);
      branches.add(copy, PlanColumns.of(copy));
    }
    mapped.forEach(p -> table(scan, p, branches));
    nativeGraph(scan, predicate, branches);
    return branches.build();
  }

  private QuadTerm canonical(QuadTerm term) {
    return term instanceof QuadTerm.Constant(var value)
        ? new QuadTerm.Constant(mapping.canonical(value))
        : term;
  }

  private static @Nullable String iri(QuadTerm term) {
    return term instanceof QuadTerm.Constant(Value.Iri(var iri)) ? iri : null;
  }

  /// Whether quads as such may match: those with a predicate or class of a table are never stored,
  /// because writing them is refused.
  private boolean mayBeStored(
      LogicalNode.QuadScan scan, @Nullable String predicate, List<Predicate> mapped) {
    if (predicate == null || mapped.isEmpty()) {
      return true;
    }
    if (predicate.equals(Xsd.RDF_TYPE)) {
      String type = iri(scan.object());
      return type == null || mapping.classTable(type).isEmpty();
    }
    return false;
  }

  /// The same pattern with other columns.
  static LogicalNode.QuadScan fresh(LogicalNode.QuadScan scan, ColumnAllocator allocator) {
    return new LogicalNode.QuadScan(
        scan.scope(),
        fresh(scan.graph(), allocator),
        fresh(scan.subject(), allocator),
        fresh(scan.predicate(), allocator),
        fresh(scan.object(), allocator));
  }

  private static QuadTerm fresh(QuadTerm term, ColumnAllocator allocator) {
    return term instanceof QuadTerm.Bind(var column)
        ? new QuadTerm.Bind(allocator.like(column))
        : term;
  }

  private void table(LogicalNode.QuadScan scan, Predicate predicate, Branches branches) {
    switch (predicate) {
      case Predicate.OfColumn(var table, var column) -> {
        MappedRows rows = rows(table);
        add(
            scan,
            rows,
            rows.node(),
            mapping.columnIri(table, column),
            rows.present(column.id()),
            branches);
      }
      case Predicate.OfReference(var table, var key) -> {
        MappedRows rows = rows(table);
        add(
            scan,
            rows,
            rows.node(),
            mapping.referenceIri(table, key),
            rows.reference(key),
            branches);
      }
      case Predicate.OfJoinTable(var edge) -> {
        if (edge.source() != null) {
          MappedRows rows = rows(edge.table());
          add(
              scan,
              rows,
              rows.reference(edge.source()),
              mapping.classIri(edge.table()),
              rows.reference(edge.target()),
              branches);
        }
      }
      case Predicate.OfClass(var table) -> {
        MappedRows rows = rows(table);
        Expr type = Expr.lit(new Value.Iri(mapping.classIri(table)));
        add(scan, rows, rows.node(), Xsd.RDF_TYPE, type, branches);
      }
    }
  }

  private MappedRows rows(TableDef table) {
    return new MappedRows(table, mapping, allocator);
  }

  private void add(
      LogicalNode.QuadScan scan,
      MappedRows rows,
      Expr subject,
      String predicate,
      Expr object,
      Branches branches) {
    add(scan, rows.plan(), subject, Expr.lit(new Value.Iri(predicate)), object, branches);
  }

  /// Adds the triples that expressions over `plan` give, as far as they match the pattern.
  private static void add(
      LogicalNode.QuadScan scan,
      LogicalNode plan,
      Expr subject,
      Expr predicate,
      Expr object,
      Branches branches) {
    Map<Column, Expr> values = new HashMap<>();
    List<Expr> tests = new ArrayList<>();
    match(scan.subject(), subject, values, tests);
    match(scan.predicate(), predicate, values, tests);
    match(scan.object(), object, values, tests);
    if (tests.contains(Expr.FALSE)) {
      return;
    }
    LogicalNode matching =
        tests.isEmpty() ? plan : new LogicalNode.Filter(plan, LogicFunctions.and(tests));
    branches.add(matching, values);
  }

  /// Adds what a position of a pattern asks of a term: its column, or a test.
  static void match(QuadTerm term, Expr expr, Map<Column, Expr> values, List<Expr> tests) {
    switch (term) {
      case QuadTerm.Bind(var column) -> values.put(column, expr);
      case QuadTerm.Constant(var value) -> {
        if (!(expr instanceof Expr.Lit(var own, _))) {
          tests.add(ComparisonFunctions.sameTerm(expr, new Expr.Lit(value, Type.ANY)));
        } else if (!own.equals(value)) {
          tests.add(Expr.FALSE);
        }
      }
      case QuadTerm.Wildcard _ -> {}
      case QuadTerm.Computed _, QuadTerm.FreshBlank _, QuadTerm.Quoted _ ->
          throw new IllegalArgumentException("not a pattern: " + term);
    }
  }

  // ---- the native graph

  /// The names of the native graph that a predicate may stand for; all for a variable.
  private List<String> graphNames(@Nullable String predicate) {
    if (predicate != null) {
      return mapping.graphName(predicate).map(List::of).orElse(List.of());
    }
    List<String> all = new ArrayList<>(catalog.propertyKeys());
    catalog.edgeTypes().stream().filter(t -> !all.contains(t)).forEach(all::add);
    return all;
  }

  private void nativeGraph(
      LogicalNode.QuadScan scan, @Nullable String predicate, Branches branches) {
    if (predicate == null || predicate.equals(Xsd.RDF_TYPE)) {
      catalog.nodeLabels().forEach(label -> label(scan, label, branches));
    }
    for (String name : graphNames(predicate)) {
      Expr iri = Expr.lit(new Value.Iri(mapping.graphNameIri(name)));
      if (catalog.propertyKeys().contains(name)) {
        Column node = allocator.column("node", Type.NODE, false);
        Column value = allocator.column(name, Type.ANY, true);
        LogicalNode nodes =
            new LogicalNode.NodeScan(node, LabelExpr.ANY, List.of(new PropertyRead(value, name)));
        Expr present = LogicFunctions.IS_NOT_NULL.call(value.ref());
        add(scan, new LogicalNode.Filter(nodes, present), node.ref(), iri, value.ref(), branches);
      }
      if (catalog.edgeTypes().contains(name)) {
        Column edge = allocator.column("edge", Type.EDGE, false);
        Column from = allocator.column("from", Type.NODE, false);
        Column to = allocator.column("to", Type.NODE, false);
        LogicalNode edges =
            new LogicalNode.EdgeScan(
                edge, from, to, new LabelExpr.Has(name), Direction.OUT, List.of());
        add(scan, edges, from.ref(), iri, to.ref(), branches);
      }
    }
  }

  private void label(LogicalNode.QuadScan scan, String label, Branches branches) {
    Column node = allocator.column("node", Type.NODE, false);
    LogicalNode nodes = new LogicalNode.NodeScan(node, new LabelExpr.Has(label), List.of());
    Expr type = Expr.lit(new Value.Iri(mapping.graphNameIri(label)));
    add(scan, nodes, node.ref(), Expr.lit(new Value.Iri(Xsd.RDF_TYPE)), type, branches);
  }
}
