package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.MappingFunctions;
import io.sabot.plan.function.RdfTermFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/// The graph and the quads as tables: `graph.nodes`, `graph.relationships`, a table in schema
/// `graph` for each label and relationship type, and `rdf.quads`. They are read only.
final class NativeTables {
  static final String GRAPH = "graph";
  static final String RDF = "rdf";
  static final List<String> SCHEMAS = List.of(GRAPH, RDF);

  /// What a type is called whose name a label has.
  private static final String OF_TYPE = "_relationships";

  private final SqlBinder binder;
  private final Catalog catalog;
  private final GraphMapping mapping;

  private NativeTables(SqlBinder binder) {
    this.binder = binder;
    this.catalog = binder.catalog;
    this.mapping = new GraphMapping(catalog);
  }

  /// Made with each use.
  static final class NativeTable extends AbstractTable {
    private final Supplier<Relation> rows;
    private final Supplier<List<String>> names;

    private NativeTable(Supplier<List<String>> names, Supplier<Relation> rows) {
      this.names = names;
      this.rows = rows;
    }

    Relation scan() {
      return rows.get();
    }

    List<Column> columns() {
      return rows.get().fields();
    }

    List<String> names() {
      return names.get();
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder builder = types.builder();
      List<Column> columns = columns();
      List<String> all = names();
      for (int i = 0; i < all.size(); i++) {
        builder.add(all.get(i), TypeMapping.toCalcite(columns.get(i).type(), true, types));
      }
      return builder.uniquify().build();
    }
  }

  /// Those of a schema with the stored tables in it, which hide them. A name means the same in any
  /// case.
  static Map<String, Table> of(String schema, Map<String, Table> stored, SqlBinder binder) {
    Map<String, Table> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(stored);
    of(schema, binder).forEach(all::putIfAbsent);
    return all;
  }

  /// Those of a schema, by name.
  static Map<String, Table> of(String schema, SqlBinder binder) {
    NativeTables tables = new NativeTables(binder);
    return switch (schema.toLowerCase(Locale.ROOT)) {
      case GRAPH -> tables.graph();
      case RDF -> Map.of("quads", tables.quads());
      default -> Map.of();
    };
  }

  private Map<String, Table> graph() {
    Map<String, Table> graph = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    graph.put("nodes", nodes());
    graph.put("relationships", relationships());
    for (String label : catalog.nodeLabels()) {
      graph.putIfAbsent(label, label(label));
    }
    for (String type : catalog.edgeTypes()) {
      graph.putIfAbsent(graph.containsKey(type) ? type + OF_TYPE : type, type(type));
    }
    return graph;
  }

  // ---- the graph

  private static Expr call(String function, Expr argument) {
    return Functions.named(function).call(List.of(argument));
  }

  private Column any(String name) {
    return binder.columns.column(name, Type.ANY, true);
  }

  private static Expr id(Expr element) {
    return MappingFunctions.NATIVE_ID.call(List.of(element));
  }

  // Rows of tables are in the graph too, and are no part of these tables.

  private Set<String> mapped(boolean isEdge) {
    Set<String> names = new TreeSet<>();
    if (isEdge) {
      mapping.edgeTables().forEach(table -> names.addAll(table.types()));
    } else {
      mapping.nodeTables().forEach(table -> names.addAll(table.labels()));
    }
    return names;
  }

  private Set<String> known(boolean isEdge) {
    return isEdge ? catalog.edgeTypes() : catalog.nodeLabels();
  }

  /// The elements with a label, or all but those with a label that only rows have.
  private LabelExpr others(@Nullable String label, boolean isEdge) {
    if (label != null) {
      return new LabelExpr.Has(label);
    }
    Set<String> onlyMapped = mapped(isEdge);
    onlyMapped.removeAll(known(isEdge));
    List<LabelExpr> parts = new ArrayList<>();
    onlyMapped.forEach(name -> parts.add(new LabelExpr.Not(new LabelExpr.Has(name))));
    return parts.isEmpty()
        ? LabelExpr.ANY
        : parts.size() == 1 ? parts.getFirst() : new LabelExpr.And(parts);
  }

  /// Whether there may be rows among what {@link #others} finds.
  private boolean hides(@Nullable String label, boolean isEdge) {
    Set<String> both = mapped(isEdge);
    both.retainAll(known(isEdge));
    return label == null ? !both.isEmpty() : both.contains(label);
  }

  private static LogicalNode owned(LogicalNode scan, Column element, boolean isTested) {
    return isTested
        ? new LogicalNode.Filter(scan, LogicFunctions.IS_NOT_NULL.call(List.of(id(element.ref()))))
        : scan;
  }

  /// Rows with these columns alone.
  private Relation computed(LogicalNode input, List<String> names, List<Expr> values) {
    List<Assignment> assignments = new ArrayList<>();
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Column column = binder.columns.column(names.get(i), values.get(i).type(), true);
      fields.add(column);
      assignments.add(new Assignment(column, values.get(i)));
    }
    return new Relation(new LogicalNode.Project(input, assignments), fields);
  }

  private NativeTable nodes() {
    List<String> names = List.of("id", "labels", "properties");
    return new NativeTable(
        () -> names,
        () -> {
          Column node = binder.columns.column("node", Type.NODE, false);
          return computed(
              owned(
                  new LogicalNode.NodeScan(node, others(null, false), List.of()),
                  node,
                  hides(null, false)),
              names,
              List.of(
                  id(node.ref()),
                  call("cy.labels", node.ref()),
                  call("cy.properties", node.ref())));
        });
  }

  private NativeTable relationships() {
    List<String> names = List.of("id", "type", "start_id", "end_id", "properties");
    return new NativeTable(
        () -> names,
        () -> {
          Ends ends = new Ends();
          return computed(
              ends.scan(null, List.of()),
              names,
              List.of(
                  id(ends.edge.ref()),
                  call("cy.type", ends.edge.ref()),
                  id(ends.source.ref()),
                  id(ends.target.ref()),
                  call("cy.properties", ends.edge.ref())));
        });
  }

  private NativeTable label(String label) {
    return new NativeTable(
        () -> names(List.of("id"), label, false),
        () -> {
          Column node = binder.columns.column("node", Type.NODE, false);
          List<PropertyRead> reads = reads(label, false);
          LogicalNode scan = new LogicalNode.NodeScan(node, others(label, false), reads);
          return computed(
              owned(scan, node, hides(label, false)),
              names(List.of("id"), label, false),
              values(List.of(id(node.ref())), reads));
        });
  }

  private NativeTable type(String type) {
    List<String> own = List.of("id", "start_id", "end_id");
    return new NativeTable(
        () -> names(own, type, true),
        () -> {
          Ends ends = new Ends();
          List<PropertyRead> reads = reads(type, true);
          List<Expr> ids =
              List.of(id(ends.edge.ref()), id(ends.source.ref()), id(ends.target.ref()));
          return computed(ends.scan(type, reads), names(own, type, true), values(ids, reads));
        });
  }

  /// The columns of an edge and its ends.
  private final class Ends {
    final Column edge = binder.columns.column("edge", Type.EDGE, false);
    final Column source = binder.columns.column("source", Type.NODE, false);
    final Column target = binder.columns.column("target", Type.NODE, false);

    /// @param type null for all
    LogicalNode scan(@Nullable String type, List<PropertyRead> reads) {
      LabelExpr types = others(type, true);
      return owned(
          new LogicalNode.EdgeScan(edge, source, target, types, Direction.OUT, reads),
          edge,
          hides(type, true));
    }
  }

  private List<PropertyRead> reads(String label, boolean isEdge) {
    return catalog.propertyKeys(label, isEdge).stream()
        .map(key -> new PropertyRead(any(key), key))
        .toList();
  }

  /// A key that is called like one of our own columns gets a number.
  private List<String> names(List<String> own, String label, boolean isEdge) {
    List<String> names = new ArrayList<>(own);
    for (String key : catalog.propertyKeys(label, isEdge)) {
      String name = key;
      for (int i = 2; names.stream().anyMatch(name::equalsIgnoreCase); i++) {
        name = key + "_" + i;
      }
      names.add(name);
    }
    return names;
  }

  private static List<Expr> values(List<Expr> ids, List<PropertyRead> reads) {
    List<Expr> values = new ArrayList<>(ids);
    reads.forEach(read -> values.add(read.column().ref()));
    return values;
  }

  // ---- quads

  private NativeTable quads() {
    List<String> names =
        List.of(
            "graph", "subject", "predicate", "object", "datatype", "language", "g", "s", "p", "o");
    return new NativeTable(
        () -> names,
        () -> {
          List<Column> terms = List.of(any("g"), any("s"), any("p"), any("o"));
          Expr object = terms.get(3).ref();
          List<Expr> values =
              new ArrayList<>(terms.stream().limit(3).map(NativeTables::resource).toList());
          values.add(
              LogicFunctions.COALESCE.call(
                  List.of(
                      resource(terms.get(3)), Coercion.cast(call("sp.str", object), Type.STRING))));
          values.add(RdfTermFunctions.RESOURCE.call(List.of(call("sp.datatype", object))));
          values.add(Coercion.cast(call("sp.lang", object), Type.STRING));
          terms.forEach(term -> values.add(term.ref()));
          return computed(terms(terms), names, values);
        });
  }

  private static Expr resource(Column term) {
    return RdfTermFunctions.RESOURCE.call(List.of(term.ref()));
  }

  /// The triples of the default graph, then those of the named ones.
  private LogicalNode terms(List<Column> out) {
    List<Column> plain = List.of(any("s"), any("p"), any("o"));
    LogicalNode standard =
        new LogicalNode.QuadScan(
            new GraphScope.Default(),
            new QuadTerm.Wildcard(),
            new QuadTerm.Bind(plain.get(0)),
            new QuadTerm.Bind(plain.get(1)),
            new QuadTerm.Bind(plain.get(2)));
    List<Column> quad = List.of(any("g"), any("s"), any("p"), any("o"));
    LogicalNode named =
        new LogicalNode.QuadScan(
            new GraphScope.Named(),
            new QuadTerm.Bind(quad.get(0)),
            new QuadTerm.Bind(quad.get(1)),
            new QuadTerm.Bind(quad.get(2)),
            new QuadTerm.Bind(quad.get(3)));
    List<@Nullable Column> left = Arrays.asList(null, plain.get(0), plain.get(1), plain.get(2));
    return new LogicalNode.SetOp(
        SetKind.UNION,
        true,
        EqMode.TERM,
        standard,
        named,
        out,
        left,
        new ArrayList<@Nullable Column>(quad));
  }
}
