package io.sabot.engine.infer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What may be inferred. Each set holds the smaller ones that its file includes.
public enum RuleSet {
  /// Subclasses, subproperties, domains and ranges: the rules that add to what was said (rdfs2, 3,
  /// 5, 7, 9 and 11 of RDF 1.1 Semantics §9.2.1).
  RDFS("rdfs"),
  /// All of RDF: every predicate is a property, and the axioms (§8).
  RDF_FULL("rdf-full"),
  /// All of RDFS: everything is a resource, classes and properties are within themselves, and the
  /// axioms (§9).
  RDFS_FULL("rdfs-full"),
  /// The rules of OWL 2 RL/RDF (OWL 2 Profiles §4.3) that give triples about individuals and
  /// hierarchies. Not sameness, which {@link #OWL_RL_SAME} adds.
  OWL_RL("owl-rl"),
  /// With owl:sameAs, functional and inverse functional properties.
  OWL_RL_SAME("owl-rl-same"),
  /// With what holds of every class, property and individual: each is within itself and the same as
  /// itself.
  OWL_RL_FULL("owl-rl-full");

  private final String word;

  RuleSet(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<RuleSet> named(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    return List.of(values()).stream().filter(set -> set.word.equals(wanted)).findFirst();
  }
}
