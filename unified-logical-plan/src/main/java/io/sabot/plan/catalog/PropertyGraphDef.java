package io.sabot.plan.catalog;

import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A property graph over tables, as `CREATE PROPERTY GRAPH` describes it.
///
/// In a plan the elements of such a graph go by labels that start with its name: `g::person`. Each
/// element table has one label more that is its own, `g::#person`, so that a pattern can mean it
/// and no other.
public record PropertyGraphDef(int id, String schema, String name, List<Element> elements) {
  private static final String SEPARATOR = "::";
  private static final String OWN = "#";

  public PropertyGraphDef {
    elements = List.copyOf(elements);
  }

  /// A table whose rows are vertices or edges.
  ///
  /// @param template the entity template of its elements
  /// @param name unique within the graph
  /// @param key ids of the columns that tell its elements apart
  /// @param source null for a vertex table
  /// @param target null for a vertex table
  public record Element(
      int template,
      String name,
      int tableId,
      List<Integer> key,
      List<Label> labels,
      @Nullable End source,
      @Nullable End target) {
    public Element {
      key = List.copyOf(key);
      labels = List.copyOf(labels);
    }

    public boolean isEdge() {
      return source != null;
    }

    Element withTemplate(int number) {
      return new Element(number, name, tableId, key, labels, source, target);
    }

    /// The property as any of these labels gives it; labels that share one agree about it.
    public Optional<Property> property(String property, Set<String> among) {
      return labels.stream()
          .filter(l -> among.stream().anyMatch(l.name()::equalsIgnoreCase))
          .flatMap(l -> l.properties().stream())
          .filter(p -> p.name().equalsIgnoreCase(property))
          .findFirst();
    }
  }

  public record Label(String name, List<Property> properties) {
    public Label {
      properties = List.copyOf(properties);
    }
  }

  /// @param columnId the column that the property is, 0 where it is computed
  /// @param text the SQL expression of a computed property, empty for a column
  public record Property(String name, int columnId, String text) {}

  /// Where an edge starts or ends.
  ///
  /// @param columns of the edge table, in the order of the vertex table's key
  /// @param vertex the name of the vertex table
  public record End(List<Integer> columns, String vertex) {
    public End {
      columns = List.copyOf(columns);
    }
  }

  public Optional<Element> element(String elementName) {
    return elements.stream().filter(e -> e.name().equalsIgnoreCase(elementName)).findFirst();
  }

  public boolean uses(int tableId) {
    return elements.stream().anyMatch(e -> e.tableId() == tableId);
  }

  /// The name before each label.
  public String qualifier() {
    return schema.equalsIgnoreCase("main") ? name : schema + "." + name;
  }

  /// The label as plans know it.
  public String qualified(String label) {
    return qualifier() + SEPARATOR + label;
  }

  /// The label that only this element table has.
  public String own(Element element) {
    return qualified(OWN + element.name());
  }

  /// All labels of an element table as plans know them.
  public Set<String> planLabels(Element element) {
    Set<String> names = new LinkedHashSet<>();
    element.labels().forEach(label -> names.add(qualified(label.name())));
    names.add(own(element));
    return names;
  }

  /// Elements of some of the tables; nothing for none of them.
  public LabelExpr oneOf(List<Element> wanted) {
    return wanted.isEmpty()
        ? new LabelExpr.Has(qualified(OWN))
        : LabelExpr.oneOf(wanted.stream().map(this::own).toList());
  }

  /// Whether a label names elements of a property graph and not of the database.
  public static boolean isQualified(String label) {
    return label.contains(SEPARATOR);
  }

  /// Labels as results show them: without the graph, and without those that are only for plans.
  public static List<String> shown(List<String> labels) {
    List<String> shown = new ArrayList<>();
    for (String label : labels) {
      int at = label.indexOf(SEPARATOR);
      String plain = at < 0 ? label : label.substring(at + SEPARATOR.length());
      if (at < 0 || !plain.startsWith(OWN)) {
        shown.add(plain);
      }
    }
    return shown;
  }

  public PropertyGraphDef withId(int newId) {
    return new PropertyGraphDef(newId, schema, name, elements);
  }

  /// The same graph with entity templates from `first` on.
  public PropertyGraphDef withTemplates(int first) {
    List<Element> numbered = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      numbered.add(elements.get(i).withTemplate(first + i));
    }
    return new PropertyGraphDef(id, schema, name, numbered);
  }
}
