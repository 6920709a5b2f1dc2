package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.QuadScan;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.rdf.RdfMapping.Rule;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Triple patterns over tables that a mapping of the user (R2RML) shows as RDF: each rule that may
/// give a matching triple becomes a source of the pattern.
///
/// A graph holds a triple once. So sources that may give the same triple, or one that may give it
/// twice, come without duplicates; as far as keys and templates show that there are none, nothing
/// is compared.
final class UserTriples {
  private final Catalog catalog;
  private final GraphMapping mapping;
  private final ColumnAllocator allocator;
  private final RuleOverlap overlap;
  private final boolean writes;

  /// @param writes whether the statement may store quads that the catalog does not know yet
  UserTriples(Catalog catalog, GraphMapping mapping, ColumnAllocator allocator, boolean writes) {
    this.catalog = catalog;
    this.mapping = mapping;
    this.allocator = allocator;
    this.overlap = new RuleOverlap(catalog, mapping, writes);
    this.writes = writes;
  }

  /// Makes the plan of all triples of a pattern that no rule gives.
  @FunctionalInterface
  interface Others {
    /// @param mayBeStored whether quads as such may be among them
    LogicalNode plan(QuadScan scan, boolean mayBeStored);
  }

  /// Triples of the pattern.
  ///
  /// @param rule null for those that no rule gives
  /// @param values the columns of the pattern
  /// @param distinct whether none comes twice
  record Source(
      @Nullable Rule rule, LogicalNode plan, Map<Column, Expr> values, boolean distinct) {}

  /// The triples of the pattern, whether or not a rule gives them.
  LogicalNode quads(QuadScan scan, Others others) {
    QuadScan named = withoutWildcards(scan);
    List<Source> sources = new ArrayList<>();
    for (Rule rule : catalog.rdfMapping().rules()) {
      Source source = fits(rule, scan) ? source(rule, named) : null;
      if (source != null) {
        sources.add(source);
      }
    }
    if (sources.isEmpty()) {
      return others.plan(scan, true);
    }
    List<Column> columns = PlanColumns.of(named);
    QuadScan rest = QuadUnfold.fresh(named, allocator);
    LogicalNode plan = others.plan(rest, mayBeStored(scan));
    if (!(plan instanceof LogicalNode.Values(_, var rows) && rows.isEmpty())) {
      List<Column> own = PlanColumns.of(rest);
      sources.addFirst(new Source(null, plan, references(columns, own), true));
    }
    Branches all = new Branches(columns, allocator);
    for (List<Source> group : overlap.groups(sources, isByGraph(scan.scope()))) {
      Source only = group.getFirst();
      if (group.size() == 1 && only.distinct()) {
        all.add(only.plan(), only.values());
      } else {
        List<Column> own = columns.stream().map(allocator::like).toList();
        all.add(new LogicalNode.Distinct(union(group, columns, own), EqMode.TERM), own);
      }
    }
    List<Column> wanted = PlanColumns.of(scan);
    LogicalNode union = all.build();
    return columns.equals(wanted)
        ? union
        : new LogicalNode.Project(union, wanted.stream().map(Assignment::same).toList());
  }

  private LogicalNode union(List<Source> group, List<Column> columns, List<Column> own) {
    Branches branches = new Branches(own, allocator);
    for (Source source : group) {
      Map<Column, Expr> values = new HashMap<>();
      for (int i = 0; i < own.size(); i++) {
        Expr value = source.values().get(columns.get(i));
        if (value != null) {
          values.put(own.get(i), value);
        }
      }
      branches.add(source.plan(), values);
    }
    return branches.build();
  }

  private static Map<Column, Expr> references(List<Column> columns, List<Column> to) {
    Map<Column, Expr> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), to.get(i).ref());
    }
    return values;
  }

  private static boolean isByGraph(GraphScope scope) {
    return switch (scope) {
      case GraphScope.Default _, GraphScope.Merge _ -> false;
      case GraphScope.Named _, GraphScope.NamedOnly _ -> true;
    };
  }

  /// Whether a triple comes once is for all of its terms to say, wanted or not.
  private QuadScan withoutWildcards(QuadScan scan) {
    return new QuadScan(
        scan.scope(),
        isByGraph(scan.scope()) ? bound(scan.graph()) : scan.graph(),
        bound(scan.subject()),
        bound(scan.predicate()),
        bound(scan.object()));
  }

  private QuadTerm bound(QuadTerm term) {
    return term instanceof QuadTerm.Wildcard
        ? new QuadTerm.Bind(allocator.column("any", Type.ANY, false))
        : term;
  }

  private boolean mayBeStored(QuadScan scan) {
    Value object = scan.object() instanceof QuadTerm.Constant(Value value) ? value : Value.NULL;
    return writes
        || !(scan.predicate() instanceof QuadTerm.Constant(Value predicate))
        || catalog.mayHold(predicate, object);
  }

  // ---- rules

  private boolean fits(Rule rule, QuadScan scan) {
    return isInScope(rule.graph(), scan)
        && mayGive(rule.subject(), scan.subject())
        && mayGive(rule.predicate(), scan.predicate())
        && mayGive(rule.object(), scan.object());
  }

  private boolean isInScope(@Nullable TermMap graph, QuadScan scan) {
    return switch (scan.scope()) {
      case GraphScope.Default _ -> graph == null;
      case GraphScope.Merge(List<Value> graphs) -> isAmong(graph, graphs);
      case GraphScope.Named _ -> graph != null && mayGive(graph, scan.graph());
      case GraphScope.NamedOnly(List<Value> graphs) ->
          graph != null && isAmong(graph, graphs) && mayGive(graph, scan.graph());
    };
  }

  private static boolean isAmong(@Nullable TermMap graph, List<Value> graphs) {
    return graph == null ? graphs.contains(Value.NULL) : graphs.stream().anyMatch(graph::mayGive);
  }

  private boolean mayGive(TermMap map, QuadTerm term) {
    return !(term instanceof QuadTerm.Constant(Value value)) || map.mayGive(mapping.asIri(value));
  }

  /// The triples of the pattern that a rule gives; null when types of columns show that none are.
  private @Nullable Source source(Rule rule, QuadScan scan) {
    RuleRows rows = new RuleRows(rule, catalog, mapping, allocator);
    Map<Column, Expr> values = new HashMap<>();
    List<Expr> tests = new ArrayList<>();
    Expr object = rows.object();
    if (scan.object() instanceof QuadTerm.Constant(Value value) && cannotBe(object, value)) {
      return null;
    }
    QuadUnfold.match(scan.subject(), rows.subject(), values, tests);
    QuadUnfold.match(scan.predicate(), rows.predicate(), values, tests);
    QuadUnfold.match(scan.object(), object, values, tests);
    Expr graph = rows.graph();
    if (graph != null) {
      if (isByGraph(scan.scope())) {
        QuadUnfold.match(scan.graph(), graph, values, tests);
      }
      among(graph, scan.scope(), tests);
    }
    if (tests.contains(Expr.FALSE)) {
      return null;
    }
    LogicalNode plan = rows.plan();
    LogicalNode matching =
        tests.isEmpty() ? plan : new LogicalNode.Filter(plan, LogicFunctions.and(tests));
    return new Source(rule, matching, values, rows.areDistinct());
  }

  private static boolean cannotBe(Expr literal, Value value) {
    String natural = literal instanceof Expr.Lit ? null : RuleRows.naturalType(literal.type());
    return natural != null && !natural.equals(RdfLiterals.datatype(value));
  }

  private static void among(Expr graph, GraphScope scope, List<Expr> tests) {
    List<Value> graphs =
        switch (scope) {
          case GraphScope.Merge(List<Value> merged) -> merged;
          case GraphScope.NamedOnly(List<Value> named) -> named;
          case GraphScope.Default _, GraphScope.Named _ -> List.of();
        };
    if (graph instanceof Expr.Lit || graphs.isEmpty()) {
      return;
    }
    List<Expr> ways = new ArrayList<>();
    for (Value one : graphs) {
      if (!one.isNull()) {
        ways.add(ComparisonFunctions.sameTerm(graph, new Expr.Lit(one, Type.ANY)));
      }
    }
    tests.add(LogicFunctions.or(ways));
  }

  // ---- names of graphs

  /// The graphs that hold a triple, whether or not a rule gives it.
  LogicalNode graphs(LogicalNode.GraphNames names) {
    QuadTerm any = new QuadTerm.Wildcard();
    QuadScan scan = new QuadScan(names.scope(), new QuadTerm.Bind(names.graph()), any, any, any);
    Branches branches = new Branches(List.of(names.graph()), allocator);
    boolean found = false;
    for (Rule rule : catalog.rdfMapping().rules()) {
      Source source = fits(rule, scan) ? source(rule, withoutWildcards(scan)) : null;
      if (source != null) {
        // Of a constant graph one row is as good as all.
        boolean one = rule.graph() instanceof TermMap.Constant;
        LogicalNode plan =
            one
                ? new LogicalNode.Limit(source.plan(), null, Expr.lit(Value.of(1L)), false)
                : source.plan();
        branches.add(plan, source.values());
        found = true;
      }
    }
    if (!found) {
      return names;
    }
    Column own = allocator.like(names.graph());
    branches.add(new LogicalNode.GraphNames(own, names.scope()), List.of(own));
    return new LogicalNode.Distinct(branches.build(), EqMode.TERM);
  }
}
