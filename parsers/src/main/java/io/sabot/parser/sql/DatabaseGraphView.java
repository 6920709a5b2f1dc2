package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.GraphMapping.NodeTable;
import io.sabot.plan.catalog.GraphMapping.PropertyColumns;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The graph of the whole database: native nodes and relationships, whose properties may be of any
/// type, and tables with keys.
final class DatabaseGraphView implements GraphView {
  private final SqlBinder binder;
  private final GraphMapping mapping;

  DatabaseGraphView(SqlBinder binder) {
    this.binder = binder;
    this.mapping = new GraphMapping(binder.catalog);
  }

  private Set<String> names(boolean vertex) {
    Set<String> names =
        new TreeSet<>(vertex ? binder.catalog.nodeLabels() : binder.catalog.edgeTypes());
    mapping.nodeTables().stream().filter(_ -> vertex).forEach(t -> names.add(t.label()));
    mapping.edgeTables().stream().filter(_ -> !vertex).forEach(t -> names.add(t.type()));
    return names;
  }

  @Override
  public LabelExpr labels(
      boolean vertex, LabelExpr written, Map<String, SourceSpan> places, boolean whole) {
    Set<String> names = names(vertex);
    return GraphView.rename(
        written,
        name ->
            GraphView.known(name, names)
                .orElseThrow(() -> GraphView.unknownLabel(name, vertex, names, places.get(name))));
  }

  // ---- properties

  private record Rows(TableDef table, PropertyColumns properties) {}

  /// The tables whose rows a variable may stand for; nothing where native elements may be meant.
  private Optional<List<Rows>> tables(GraphVariable variable) {
    boolean vertex = variable.isVertex();
    LabelExpr labels = labels(vertex, variable.labels(), variable.labelPlaces(), false);
    Set<String> natives = vertex ? binder.catalog.nodeLabels() : binder.catalog.edgeTypes();
    if (!GraphView.isPositive(labels) || labels.names().stream().anyMatch(natives::contains)) {
      return Optional.empty();
    }
    List<Rows> rows = new ArrayList<>();
    if (vertex) {
      for (NodeTable table : mapping.nodeTables(labels)) {
        rows.add(new Rows(table.table(), table.properties()));
      }
    } else {
      for (EdgeTable table : mapping.edgeTables(labels)) {
        rows.add(new Rows(table.table(), table.properties()));
      }
    }
    return Optional.of(rows);
  }

  private List<Type> types(List<Rows> tables, String name) {
    return tables.stream()
        .flatMap(t -> t.properties().column(t.table(), name).stream())
        .map(ColumnDef::type)
        .distinct()
        .toList();
  }

  @Override
  public Property property(GraphVariable variable, String name, SourceSpan place) {
    List<Rows> tables = tables(variable).orElse(null);
    if (tables == null) {
      String key = GraphView.known(name, keys()).orElse(name);
      return new Property(key, Type.ANY, owner -> new Expr.Property(owner, key, Type.ANY));
    }
    Set<String> known = columns(tables);
    String key = GraphView.known(name, known).orElse(name);
    List<Type> types = types(tables, key);
    if (types.isEmpty()) {
      throw Errors.unknownColumn(place, name, variable.word() + " '" + variable.name + "'", known);
    }
    Type type = types.size() == 1 ? types.getFirst() : Type.ANY;
    return new Property(
        key,
        type,
        owner -> {
          Expr property = new Expr.Property(owner, key, Type.ANY);
          return type == Type.ANY ? property : new Expr.Cast(property, type, CastMode.FORM);
        });
  }

  private static Set<String> columns(List<Rows> tables) {
    Set<String> names = new TreeSet<>();
    tables.forEach(t -> names.addAll(t.properties().all(t.table()).keySet()));
    return names;
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>(binder.catalog.propertyKeys());
    for (TableDef table : binder.catalog.tables()) {
      table.columns().forEach(column -> keys.add(column.name()));
    }
    return keys;
  }

  @Override
  public List<Property> properties(GraphVariable variable, SourceSpan place) {
    List<Rows> tables =
        tables(variable)
            .orElseThrow(() ->
                Errors.unsupported(
                    place, "'" + variable.name + ".*' of elements that may have any properties"));
    List<Property> all = new ArrayList<>();
    for (Rows rows : tables) {
      for (ColumnDef column : rows.table().columns()) {
        boolean isNew = all.stream().noneMatch(p -> p.name().equals(column.name()));
        if (isNew && rows.properties().column(rows.table(), column.name()).isPresent()) {
          all.add(property(variable, column.name(), place));
        }
      }
    }
    return all;
  }

  @Override
  public Expr has(GraphVariable variable, String name, Expr element, SourceSpan place) {
    String key = GraphView.known(name, keys()).orElse(name);
    return LogicFunctions.IS_NOT_NULL.call(new Expr.Property(element, key, Type.ANY));
  }
}
