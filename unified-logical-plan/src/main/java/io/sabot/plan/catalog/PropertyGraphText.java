package io.sabot.plan.catalog;

import io.sabot.plan.catalog.PropertyGraphDef.Element;
import io.sabot.plan.catalog.PropertyGraphDef.End;
import io.sabot.plan.catalog.PropertyGraphDef.Label;
import io.sabot.plan.catalog.PropertyGraphDef.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The stored form of a property graph: a line for each element table, label and property, words
/// with blanks between them.
///
/// ```
/// element 8192 person 3 1            template, name, table, key columns
/// label Person
/// property name 2                    name, column
/// property age 0 2024%20-%20born     name, no column, expression
/// element 8193 knows 4 1,2 1 person 2 person    ... and source and target
/// ```
public final class PropertyGraphText {
  /// What stands for the language of a view that is a property graph.
  public static final String LANGUAGE = "property graph";

  private PropertyGraphText() {}

  public static String write(PropertyGraphDef graph) {
    StringBuilder out = new StringBuilder();
    for (Element e : graph.elements()) {
      out.append("element ").append(e.template()).append(' ').append(RowKeys.encode(e.name()));
      out.append(' ').append(e.tableId()).append(' ').append(ids(e.key()));
      end(e.source(), out);
      end(e.target(), out);
      out.append('\n');
      for (Label label : e.labels()) {
        out.append("label ").append(RowKeys.encode(label.name())).append('\n');
        for (Property p : label.properties()) {
          out.append("property ").append(RowKeys.encode(p.name())).append(' ');
          out.append(p.columnId());
          out.append(p.columnId() == 0 ? " " + RowKeys.encode(p.text()) : "").append('\n');
        }
      }
    }
    return out.toString();
  }

  private static void end(@Nullable End end, StringBuilder out) {
    if (end != null) {
      out.append(' ').append(ids(end.columns())).append(' ').append(RowKeys.encode(end.vertex()));
    }
  }

  private static String ids(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  public static PropertyGraphDef read(ViewDef stored) {
    List<Element> elements = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    List<Property> properties = new ArrayList<>();
    List<String> lines = stored.text().lines().toList().reversed();
    // From the last line to the first each line owns what was read before it.
    for (String line : lines) {
      List<String> words = List.of(line.split(" ", -1));
      switch (words.getFirst()) {
        case "property" -> properties.addFirst(property(words));
        case "label" -> {
          labels.addFirst(new Label(RowKeys.decode(words.get(1)), properties));
          properties = new ArrayList<>();
        }
        case "element" -> {
          elements.addFirst(element(words, labels));
          labels = new ArrayList<>();
        }
        default -> throw new IllegalStateException("property graph with " + words.getFirst());
      }
    }
    return new PropertyGraphDef(stored.id(), stored.schema(), stored.name(), elements);
  }

  private static Property property(List<String> words) {
    int column = Integer.parseInt(words.get(2));
    String text = column == 0 ? RowKeys.decode(words.get(3)) : "";
    return new Property(RowKeys.decode(words.get(1)), column, text);
  }

  private static Element element(List<String> words, List<Label> labels) {
    return new Element(
        Integer.parseInt(words.get(1)),
        RowKeys.decode(words.get(2)),
        Integer.parseInt(words.get(3)),
        columns(words.get(4)),
        labels,
        end(words, 5),
        end(words, 7));
  }

  private static @Nullable End end(List<String> words, int at) {
    return at >= words.size()
        ? null
        : new End(columns(words.get(at)), RowKeys.decode(words.get(at + 1)));
  }

  private static List<Integer> columns(String ids) {
    return Stream.of(ids.split(",", -1)).map(Integer::valueOf).toList();
  }
}
