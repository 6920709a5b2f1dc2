package io.sabot.shell;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexText;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import java.util.Locale;
import java.util.stream.Collectors;

/// The catalog as text.
final class SchemaText {
  private SchemaText() {}

  static String of(Catalog catalog) {
    StringBuilder out = new StringBuilder();
    Statistics statistics = catalog.statistics();
    for (TableDef table : catalog.tables()) {
      table(table, catalog, statistics.tableRows(table.id()), out);
    }
    for (ViewDef view : catalog.views()) {
      out.append("view ").append(view.name()).append(" (").append(view.language()).append(")\n");
    }
    for (PropertyGraphDef graph : catalog.propertyGraphs()) {
      graph(graph, out);
    }
    catalog
        .rdfMappings()
        .forEach(mapping -> out.append("RDF mapping ").append(mapping.name()).append('\n'));
    for (IndexDef index : catalog.indexes()) {
      String kind = index.unique() ? "unique index " : "index ";
      out.append(kind + index.name() + " on " + IndexText.of(index.target(), catalog) + "\n");
    }
    for (GraphConstraint constraint : catalog.constraints()) {
      String target = IndexText.of(constraint.target(), catalog);
      out.append("constraint " + constraint.name() + " on " + target + " " + constraint.kind());
      out.append('\n');
    }
    for (String label : catalog.nodeLabels()) {
      line(out, "nodes :" + label, statistics.nodesWithLabel(label));
    }
    for (String type : catalog.edgeTypes()) {
      line(out, "relationships [:" + type + "]", statistics.edgesOfType(type));
    }
    if (statistics.quads() > 0) {
      line(out, "triples", statistics.quads());
    }
    catalog.prefixes().forEach((prefix, iri) -> out.append(prefix + ": <" + iri + ">\n"));
    return out.isEmpty() ? "the database is empty\n" : out.toString();
  }

  private static void graph(PropertyGraphDef graph, StringBuilder out) {
    out.append("property graph ").append(graph.name()).append('\n');
    for (PropertyGraphDef.Element element : graph.elements()) {
      out.append(element.isEdge() ? "  edges " : "  vertices ").append(element.name());
      for (PropertyGraphDef.Label label : element.labels()) {
        String properties =
            label.properties().stream()
                .map(PropertyGraphDef.Property::name)
                .collect(Collectors.joining(", "));
        out.append(" :").append(label.name()).append(" (").append(properties).append(")");
      }
      out.append('\n');
    }
  }

  private static void table(TableDef table, Catalog catalog, long rows, StringBuilder out) {
    boolean isView = catalog.materializedView(table.id()).isPresent();
    line(out, (isView ? "materialized view " : "table ") + table.name(), rows);
    for (ColumnDef column : table.columns()) {
      out.append("  ").append(column.name()).append(' ');
      out.append(column.type().toString().toLowerCase(Locale.ROOT));
      out.append(column.nullable() ? "" : " not null");
      out.append(table.primaryKey().contains(column.id()) ? " key" : "").append('\n');
    }
    for (ForeignKeyDef key : table.foreignKeys()) {
      String columns =
          key.columns().stream()
              .map(id -> table.column(id).name())
              .collect(Collectors.joining(", "));
      String target = catalog.table(key.targetTable()).map(TableDef::name).orElse("?");
      out.append("  " + key.name() + ": " + columns + " -> " + target + "\n");
    }
  }

  private static void line(StringBuilder out, String what, long count) {
    out.append(String.format(Locale.ROOT, "%s  (about %,d)%n", what, count));
  }
}
