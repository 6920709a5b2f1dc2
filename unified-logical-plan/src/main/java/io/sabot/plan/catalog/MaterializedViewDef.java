package io.sabot.plan.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A named query whose rows are kept in a table of the same name, as they were at the last refresh.
///
/// @param tableId of the table with the rows
/// @param language of the query: `sql`, `cypher` or `sparql`
/// @param sources ids of the tables that the query reads
/// @param isPopulated whether there has been a refresh since it was made or emptied
public record MaterializedViewDef(
    int id,
    int tableId,
    String language,
    String query,
    List<Integer> sources,
    boolean isPopulated) {
  /// What stands for the language of a stored view that is a materialized one.
  public static final String LANGUAGE = "materialized";

  /// They are stored under names of their own: no schema can be called so.
  public static final String SCHEMA = "$materialized";

  public MaterializedViewDef {
    sources = List.copyOf(sources);
  }

  public MaterializedViewDef withPopulated(boolean populated) {
    return new MaterializedViewDef(id, tableId, language, query, sources, populated);
  }

  /// The stored form: a line with all but the query, then the query.
  public ViewDef stored() {
    String first =
        tableId
            + (isPopulated ? " populated " : " empty ")
            + language
            + sources.stream().map(id -> " " + id).collect(Collectors.joining());
    return new ViewDef(id, SCHEMA, String.valueOf(tableId), LANGUAGE, first + "\n" + query);
  }

  public static MaterializedViewDef read(ViewDef stored) {
    int end = stored.text().indexOf('\n');
    String[] words = stored.text().substring(0, end).split(" ", -1);
    return new MaterializedViewDef(
        stored.id(),
        Integer.parseInt(words[0]),
        words[2],
        stored.text().substring(end + 1),
        Stream.of(words).skip(3).map(Integer::valueOf).toList(),
        words[1].equals("populated"));
  }
}
