package io.sabot.plan.rdf;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A mapping as it was given.
///
/// @param tables ids of the tables whose rows it reads
/// @param document R2RML in Turtle
public record RdfMappingDef(int id, String name, List<Integer> tables, String document) {
  /// What stands for the language of a view that is a mapping.
  public static final String LANGUAGE = "r2rml";

  /// Mappings have names of their own: no schema can be called so.
  public static final String SCHEMA = "";

  public RdfMappingDef {
    tables = List.copyOf(tables);
  }

  /// The stored form: a line with the tables, then the document.
  public String text() {
    return tables.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n" + document;
  }

  public static RdfMappingDef read(int id, String name, String text) {
    int end = text.indexOf('\n');
    List<Integer> tables =
        Stream.of(text.substring(0, end).split(" ", -1))
            .filter(word -> !word.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new RdfMappingDef(id, name, tables, text.substring(end + 1));
  }
}
