package io.sabot.parser.sql;

import io.sabot.plan.catalog.GraphMapping.PropertyColumns;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.PropertyGraphDef.Element;
import io.sabot.plan.catalog.PropertyGraphDef.Label;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A property graph over tables, whose properties have types.
final class PropertyGraphView implements GraphView {
  private final PropertyGraphDef graph;
  private final SqlBinder binder;

  PropertyGraphView(PropertyGraphDef graph, SqlBinder binder) {
    this.graph = graph;
    this.binder = binder;
  }

  private List<Element> elements(boolean vertex) {
    return graph.elements().stream().filter(e -> e.isEdge() != vertex).toList();
  }

  private static Set<String> labelNames(Collection<Element> elements) {
    Set<String> names = new TreeSet<>();
    elements.forEach(e -> e.labels().forEach(label -> names.add(label.name())));
    return names;
  }

  private LabelExpr known(boolean vertex, LabelExpr written, Map<String, SourceSpan> places) {
    Set<String> names = labelNames(elements(vertex));
    return GraphView.rename(
        written,
        name ->
            GraphView.known(name, names)
                .orElseThrow(() -> GraphView.unknownLabel(name, vertex, names, places.get(name))));
  }

  private List<Element> matching(boolean vertex, LabelExpr known) {
    return elements(vertex).stream().filter(e -> known.matches(labelNames(List.of(e)))).toList();
  }

  @Override
  public LabelExpr labels(
      boolean vertex, LabelExpr written, Map<String, SourceSpan> places, boolean whole) {
    if (written.equals(LabelExpr.ANY) && !whole) {
      return LabelExpr.ANY;
    }
    LabelExpr known = known(vertex, written, places);
    return GraphView.isPositive(known)
        ? GraphView.rename(known, graph::qualified)
        : graph.oneOf(matching(vertex, known));
  }

  // ---- properties

  /// A property as one element table has it.
  private record Found(Element element, PropertyGraphDef.Property property) {}

  private List<Found> found(GraphVariable variable, String name) {
    LabelExpr known = known(variable.isVertex(), variable.labels(), variable.labelPlaces());
    List<Found> found = new ArrayList<>();
    for (Element element : matching(variable.isVertex(), known)) {
      element
          .property(name, visible(known, element))
          .ifPresent(property -> found.add(new Found(element, property)));
    }
    return found;
  }

  /// The labels of an element whose properties a variable has: those that it names.
  private static Set<String> visible(LabelExpr known, Element element) {
    return GraphView.isPositive(known) ? known.names() : labelNames(List.of(element));
  }

  private Set<String> names(GraphVariable variable) {
    LabelExpr known = known(variable.isVertex(), variable.labels(), variable.labelPlaces());
    Set<String> names = new LinkedHashSet<>();
    Set<String> lower = new HashSet<>();
    for (Element element : matching(variable.isVertex(), known)) {
      Set<String> visible = visible(known, element);
      for (Label label : element.labels()) {
        if (visible.contains(label.name())) {
          for (PropertyGraphDef.Property property : label.properties()) {
            if (lower.add(property.name().toLowerCase(Locale.ROOT))) {
              names.add(property.name());
            }
          }
        }
      }
    }
    return names;
  }

  @Override
  public Property property(GraphVariable variable, String name, SourceSpan place) {
    List<Found> found = found(variable, name);
    if (found.isEmpty()) {
      throw Errors.unknownColumn(
          place, name, variable.word() + " '" + variable.name + "'", names(variable));
    }
    List<Type> types = found.stream().map(this::type).distinct().toList();
    Type type = types.size() == 1 ? types.getFirst() : Coercion.common(types);
    String canonical = found.getFirst().property().name();
    boolean stored =
        types.size() == 1
            && found.stream()
                .allMatch(
                    f -> f.property().columnId() != 0 && f.property().name().equals(canonical));
    return stored
        ? new Property(canonical, type, owner -> read(owner, canonical, type))
        : new Property(canonical, type, owner -> perTable(found, owner, type));
  }

  @Override
  public List<Property> properties(GraphVariable variable, SourceSpan place) {
    return names(variable).stream().map(name -> property(variable, name, place)).toList();
  }

  @Override
  public Expr has(GraphVariable variable, String name, Expr element, SourceSpan place) {
    List<Element> having = found(variable, name).stream().map(Found::element).toList();
    return new Expr.LabelTest(element, graph.oneOf(having));
  }

  private static Expr read(Expr owner, String key, Type type) {
    Expr property = new Expr.Property(owner, key, Type.ANY);
    return type == Type.ANY ? property : new Expr.Cast(property, type, CastMode.FORM);
  }

  /// What each table makes of the property, by the table that an element is from.
  private Expr perTable(List<Found> found, Expr owner, Type type) {
    if (found.size() == 1) {
      return Coercion.cast(value(found.getFirst(), owner), type);
    }
    List<Expr.When> cases = new ArrayList<>();
    for (Found one : found) {
      cases.add(
          new Expr.When(
              new Expr.LabelTest(owner, graph.oneOf(List.of(one.element()))),
              Coercion.cast(value(one, owner), type)));
    }
    return new Expr.Case(cases, Expr.nullOf(type), type);
  }

  private TableDef table(Element element) {
    return binder
        .catalog
        .table(element.tableId())
        .orElseThrow(() -> new IllegalStateException("no table of id " + element.tableId()));
  }

  private Type type(Found found) {
    return found.property().columnId() != 0
        ? table(found.element()).column(found.property().columnId()).type()
        : computed(found).condition().type();
  }

  private RowCondition computed(Found found) {
    return RowCondition.expression(
        binder, table(found.element()), found.property().text(), "PROPERTIES");
  }

  private Expr value(Found found, Expr owner) {
    TableDef table = table(found.element());
    int columnId = found.property().columnId();
    if (columnId != 0) {
      return read(owner, PropertyColumns.raw(columnId), table.column(columnId).type());
    }
    RowCondition computed = computed(found);
    Map<Column, Expr> columns = new HashMap<>();
    for (ColumnRead read : computed.scan().reads()) {
      columns.put(
          read.column(), read(owner, PropertyColumns.raw(read.columnId()), read.column().type()));
    }
    return computed.condition().transform(e -> replaced(e, columns));
  }

  private static Expr replaced(Expr expr, Map<Column, Expr> columns) {
    @Nullable Expr put = expr instanceof Expr.Col(Column column) ? columns.get(column) : null;
    return put == null ? expr : put;
  }
}
