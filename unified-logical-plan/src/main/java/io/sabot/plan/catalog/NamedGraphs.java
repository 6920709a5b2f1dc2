package io.sabot.plan.catalog;

import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.GraphMapping.End;
import io.sabot.plan.catalog.GraphMapping.NodeKey;
import io.sabot.plan.catalog.GraphMapping.NodeTable;
import io.sabot.plan.catalog.GraphMapping.PropertyColumns;
import io.sabot.plan.catalog.PropertyGraphDef.Element;
import io.sabot.plan.catalog.PropertyGraphDef.Label;
import io.sabot.plan.catalog.PropertyGraphDef.Property;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The property graphs of a catalog as tables of nodes and edges.
///
/// Their elements have templates of their own, so a row is another node in each graph that has it.
final class NamedGraphs {
  private final Catalog catalog;
  private final List<PropertyGraphDef> graphs;
  private final Map<Integer, NodeTable> nodes = new LinkedHashMap<>();
  private final Map<Integer, EdgeTable> edges = new LinkedHashMap<>();

  NamedGraphs(Catalog catalog) {
    this.catalog = catalog;
    this.graphs = catalog.propertyGraphs();
    graphs.forEach(this::add);
  }

  boolean isEmpty() {
    return graphs.isEmpty();
  }

  private void add(PropertyGraphDef graph) {
    Map<String, NodeTable> vertices = new HashMap<>();
    for (Element element : graph.elements()) {
      TableDef table = catalog.table(element.tableId()).orElse(null);
      if (table != null && !element.isEdge()) {
        NodeTable node =
            new NodeTable(
                element.template(),
                prefix(graph, element),
                table,
                element.key(),
                graph.planLabels(element),
                properties(element));
        nodes.put(element.template(), node);
        vertices.put(element.name(), node);
      }
    }
    for (Element element : graph.elements()) {
      TableDef table = catalog.table(element.tableId()).orElse(null);
      End from = end(element.source(), vertices);
      End to = end(element.target(), vertices);
      if (table != null && from != null && to != null) {
        edges.put(element.template(), edge(graph, element, table, from, to));
      }
    }
  }

  private EdgeTable edge(
      PropertyGraphDef graph, Element element, TableDef table, End from, End to) {
    return new EdgeTable(
        element.template(),
        prefix(graph, element),
        graph.planLabels(element),
        table,
        element.key(),
        foreignKey(from),
        foreignKey(to),
        from,
        to,
        properties(element));
  }

  private static @Nullable End end(
      PropertyGraphDef.@Nullable End end, Map<String, NodeTable> vertices) {
    NodeTable node = end == null ? null : vertices.get(end.vertex());
    return end == null || node == null ? null : new End(end.columns(), node);
  }

  private static ForeignKeyDef foreignKey(End end) {
    return new ForeignKeyDef("", end.columns(), end.node().table().id(), end.node().key());
  }

  private String prefix(PropertyGraphDef graph, Element element) {
    String own = RowKeys.encode(graph.qualifier()) + "/" + RowKeys.encode(element.name());
    return catalog.baseIri() + "property-graph/" + own + "/";
  }

  private static PropertyColumns properties(Element element) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (Label label : element.labels()) {
      for (Property property : label.properties()) {
        if (property.columnId() != 0) {
          columns.put(property.name(), property.columnId());
        }
      }
    }
    return new PropertyColumns(columns, false);
  }

  private static boolean names(LabelExpr labels, Set<String> some) {
    return labels.names().stream().anyMatch(some::contains);
  }

  List<NodeTable> nodeTables(LabelExpr labels) {
    return nodes.values().stream()
        .filter(t -> names(labels, t.labels()) && labels.matches(t.labels()))
        .toList();
  }

  List<EdgeTable> edgeTables(LabelExpr types) {
    return edges.values().stream()
        .filter(t -> names(types, t.types()) && types.matches(t.types()))
        .toList();
  }

  List<NodeTable> allNodes(LabelExpr names) {
    List<NodeTable> all = new ArrayList<>();
    for (PropertyGraphDef graph : graphs) {
      String start = graph.qualified("");
      if (names.names().stream().anyMatch(name -> name.startsWith(start))) {
        for (Element element : graph.elements()) {
          NodeTable node = nodes.get(element.template());
          if (node != null && !element.isEdge()) {
            all.add(node);
          }
        }
      }
    }
    return all;
  }

  Optional<NodeTable> nodeTable(int template) {
    return Optional.ofNullable(nodes.get(template));
  }

  Optional<EdgeTable> edgeTable(int template) {
    return Optional.ofNullable(edges.get(template));
  }

  Stream<EdgeTable> edges() {
    return edges.values().stream();
  }

  Optional<NodeKey> node(String iri) {
    int slash = iri.lastIndexOf('/');
    String prefix = iri.substring(0, slash + 1);
    return nodes.values().stream()
        .filter(node -> node.prefix().equals(prefix))
        .findFirst()
        .flatMap(node ->
            RowKeys.parse(iri.substring(slash + 1), types(node.table(), node.key()))
                .map(key -> new NodeKey(node, key)));
  }

  static List<Type> types(TableDef table, List<Integer> key) {
    return key.stream().map(id -> table.column(id).type()).toList();
  }
}
