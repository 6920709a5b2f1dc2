package io.sabot.plan.rdf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What R2RML mappings say, one rule for each kind of triple.
public record RdfMapping(List<Rule> rules) {
  public static final RdfMapping NONE = new RdfMapping(List.of());

  public RdfMapping {
    rules = List.copyOf(rules);
  }

  /// Where rows come from.
  public sealed interface Source {
    /// A table or a view, perhaps with its schema before it.
    record Table(String schema, String name) implements Source {}

    record Query(String sql) implements Source {}
  }

  /// A row gives one triple, or none where a term is missing.
  ///
  /// @param mapping the name of the mapping that says so
  /// @param place for messages: which triples map
  /// @param object over `source`, or over `parent` where there is one
  /// @param graph null for the default graph
  /// @param parent the other rows that the object is made of, joined with those of `source`
  public record Rule(
      String mapping,
      String place,
      Source source,
      TermMap subject,
      TermMap predicate,
      TermMap object,
      @Nullable TermMap graph,
      @Nullable Parent parent) {}

  /// @param joins pairs of a column of the child's rows and one of the parent's; at least one
  public record Parent(Source source, List<Equal> joins) {
    public Parent {
      joins = List.copyOf(joins);
    }
  }

  public record Equal(String child, String parent) {}

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  public static RdfMapping union(List<RdfMapping> mappings) {
    List<Rule> all = new ArrayList<>();
    mappings.forEach(mapping -> all.addAll(mapping.rules()));
    return all.isEmpty() ? NONE : new RdfMapping(all);
  }
}
