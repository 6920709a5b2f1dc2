package io.sabot.optimizer.unfold;

import io.sabot.optimizer.unfold.UserTriples.Source;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.rdf.RdfMapping.Rule;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which sources of a triple pattern may give the same triple.
final class RuleOverlap {
  private final Catalog catalog;
  private final GraphMapping mapping;
  private final boolean writes;

  RuleOverlap(Catalog catalog, GraphMapping mapping, boolean writes) {
    this.catalog = catalog;
    this.mapping = mapping;
    this.writes = writes;
  }

  /// Sources in groups, such that those of two groups have no triple in common.
  ///
  /// @param byGraph whether triples of two graphs are different
  List<List<Source>> groups(List<Source> sources, boolean byGraph) {
    List<List<Source>> groups = new ArrayList<>();
    for (Source source : sources) {
      List<Source> group = new ArrayList<>();
      for (List<Source> other : List.copyOf(groups)) {
        if (other.stream().anyMatch(s -> mayMeet(s, source, byGraph))) {
          group.addAll(other);
          groups.remove(other);
        }
      }
      group.add(source);
      groups.add(group);
    }
    return groups;
  }

  private boolean mayMeet(Source one, Source two, boolean byGraph) {
    Rule a = one.rule();
    Rule b = two.rule();
    if (a == null || b == null) {
      Rule rule = a == null ? b : a;
      return rule == null || isElsewhere(rule);
    }
    return a.subject().mayMeet(b.subject())
        && a.predicate().mayMeet(b.predicate())
        && a.object().mayMeet(b.object())
        && (!byGraph || graphsMeet(a.graph(), b.graph()));
  }

  private static boolean graphsMeet(@Nullable TermMap a, @Nullable TermMap b) {
    return a == null || b == null || a.mayMeet(b);
  }

  /// Whether triples of the rule may be stored, or be given by the Direct Mapping or the native
  /// graph.
  private boolean isElsewhere(Rule rule) {
    if (writes || !(rule.predicate() instanceof TermMap.Constant(Value predicate))) {
      return true;
    }
    Value object =
        rule.object() instanceof TermMap.Constant(Value own) ? mapping.canonical(own) : Value.NULL;
    return catalog.mayHold(predicate, object)
        || predicate instanceof Value.Iri(String iri) && isOwn(iri, rule.object());
  }

  private boolean isOwn(String predicate, TermMap object) {
    if (!predicate.equals(Xsd.RDF_TYPE)) {
      return !mapping.predicates(predicate).isEmpty() || mapping.graphName(predicate).isPresent();
    }
    return !(object instanceof TermMap.Constant(Value.Iri(String type)))
        || mapping.classTable(type).isPresent()
        || mapping.graphName(type).isPresent();
  }
}
