package io.sabot.parser.sql;

import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.PropertyGraphDef.Element;
import io.sabot.plan.catalog.PropertyGraphDef.End;
import io.sabot.plan.catalog.PropertyGraphDef.Label;
import io.sabot.plan.catalog.PropertyGraphDef.Property;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a property graph makes sense over the tables of a catalog.
final class PropertyGraphCheck {
  private final PropertyGraphDef graph;
  private final SqlBinder binder;
  private final Map<String, Type> types = new HashMap<>();

  PropertyGraphCheck(PropertyGraphDef graph, SqlBinder binder) {
    this.graph = graph;
    this.binder = binder;
  }

  void run(SourceSpan place) {
    for (Element element : graph.elements()) {
      Map<String, Property> properties = new HashMap<>();
      for (Label label : element.labels()) {
        for (Property property : label.properties()) {
          Property known =
              properties.putIfAbsent(property.name().toLowerCase(Locale.ROOT), property);
          boolean differs =
              known != null
                  && (known.columnId() != property.columnId()
                      || !known.text().equals(property.text()));
          if (differs) {
            throw Errors.semantic(
                place,
                "PropertyMismatch",
                "property '" + property.name() + "' of '" + element.name() + "' means two things",
                "give it one meaning under all labels of a table, or two names");
          }
          type(element, property, place);
        }
      }
    }
  }

  /// A property has types that can be compared wherever it is.
  private void type(Element element, Property property, SourceSpan place) {
    Type type = typeOf(element, property);
    String key = property.name().toLowerCase(Locale.ROOT);
    Type known = types.putIfAbsent(key, type);
    if (known == null || known.equals(type)) {
      return;
    }
    Type common = Coercion.common(List.of(known, type));
    if (common == Type.ANY) {
      throw Errors.semantic(
          place,
          "PropertyType",
          "property '"
              + property.name()
              + "' is "
              + known
              + " and, in '"
              + element.name()
              + "', "
              + type,
          "give one of them another name with AS");
    }
    types.put(key, common);
  }

  private Type typeOf(Element element, Property property) {
    TableDef table =
        binder
            .catalog
            .table(element.tableId())
            .orElseThrow(() -> new IllegalStateException("no table " + element.tableId()));
    return property.columnId() != 0
        ? table.column(property.columnId()).type()
        : RowCondition.expression(binder, table, property.text(), "PROPERTIES").condition().type();
  }

  /// What a graph needs that a changed table does not have.
  static Optional<String> fault(PropertyGraphDef graph, TableDef after, SqlBinder binder) {
    for (Element element : graph.elements()) {
      if (element.tableId() != after.id()) {
        continue;
      }
      List<Integer> needed = new ArrayList<>(element.key());
      addColumns(element.source(), needed);
      addColumns(element.target(), needed);
      for (Label label : element.labels()) {
        for (Property property : label.properties()) {
          if (property.columnId() != 0) {
            needed.add(property.columnId());
          } else {
            String fault = fault(property, after, binder);
            if (!fault.isEmpty()) {
              return Optional.of(fault);
            }
          }
        }
      }
      for (int id : needed) {
        if (after.columns().stream().noneMatch(c -> c.id() == id)) {
          return Optional.of("element table '" + element.name() + "' has the column");
        }
      }
    }
    return Optional.empty();
  }

  private static void addColumns(@Nullable End end, List<Integer> into) {
    if (end != null) {
      into.addAll(end.columns());
    }
  }

  private static String fault(Property property, TableDef after, SqlBinder binder) {
    try {
      RowCondition.expression(binder, after, property.text(), "PROPERTIES");
      return "";
    } catch (QueryException broken) {
      return broken.message();
    }
  }
}
