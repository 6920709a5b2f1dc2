package io.sabot.parser.sparql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.QuadTemplate;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.rdf.RdfMapping.Rule;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.shared.PrefixMapping;
import org.jspecify.annotations.Nullable;

/// Refuses updates of triples that a mapping of the user gives: they come and go with the rows of
/// its tables. A triple that no row can give is stored like any other.
final class MappedUpdates {
  private final Catalog catalog;
  private final String text;
  private final Map<String, String> prefixes;

  MappedUpdates(Catalog catalog, String text, PrefixMapping prefixes) {
    this.catalog = catalog;
    this.text = text;
    this.prefixes = new TreeMap<>(prefixes.getNsPrefixMap());
  }

  void check(LogicalNode plan) {
    if (catalog.rdfMapping().isEmpty()) {
      return;
    }
    if (plan instanceof LogicalNode.QuadModify modify) {
      modify.inserts().forEach(this::checkInsert);
      modify.deletes().forEach(this::checkDelete);
    }
    plan.inputs().forEach(this::check);
  }

  /// A triple whose predicate is not written is stored, and is there once all the same.
  private void checkInsert(QuadTemplate template) {
    if (template.predicate() instanceof QuadTerm.Constant) {
      checkDelete(template);
    }
  }

  private void checkDelete(QuadTemplate template) {
    for (Rule rule : catalog.rdfMapping().rules()) {
      boolean mayGive =
          isSameGraph(rule.graph(), template.graph())
              && mayGive(rule.subject(), template.subject())
              && mayGive(rule.predicate(), template.predicate())
              && mayGive(rule.object(), template.object());
      if (mayGive) {
        refuse(template, rule);
      }
    }
  }

  private static boolean isSameGraph(@Nullable TermMap graph, QuadTerm term) {
    boolean isDefault = term instanceof QuadTerm.Constant(Value value) && value.isNull();
    return isDefault == (graph == null) && (graph == null || mayGive(graph, term));
  }

  private static boolean mayGive(TermMap map, QuadTerm term) {
    return switch (term) {
      case QuadTerm.Constant(Value value) -> map.mayGive(value);
      case QuadTerm.Computed _, QuadTerm.Bind _, QuadTerm.Wildcard _ -> true;
      case QuadTerm.FreshBlank _, QuadTerm.Quoted _ -> false;
    };
  }

  private void refuse(QuadTemplate template, Rule rule) {
    String predicate =
        template.predicate() instanceof QuadTerm.Constant(Value.Iri(String iri)) ? iri : "";
    throw Errors.unsupported(
        predicate.isEmpty() ? null : place(predicate),
        "changing triples that the RDF mapping '"
            + rule.mapping()
            + "' gives"
            + (predicate.isEmpty() ? " (any predicate" : " (predicate <" + predicate + ">")
            + ", "
            + rule.place()
            + "; use SQL)");
  }

  /// Where an IRI stands first, in full or by a prefix.
  private @Nullable SourceSpan place(String iri) {
    int at = text.indexOf("<" + iri + ">");
    for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
      if (iri.startsWith(prefix.getValue())) {
        String local = prefix.getKey() + ":" + iri.substring(prefix.getValue().length());
        Matcher name =
            Pattern.compile("(?<![\\w:])" + Pattern.quote(local) + "(?![\\w:-])").matcher(text);
        if (name.find() && (at < 0 || name.start() < at)) {
          at = name.start();
        }
      }
    }
    if (at < 0 && iri.equals(Xsd.RDF_TYPE)) {
      Matcher a = Pattern.compile("(?<=\\s)a(?=\\s)").matcher(text);
      at = a.find() ? a.start() : -1;
    }
    return at < 0 ? null : span(at);
  }

  private SourceSpan span(int at) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    return SourceSpan.at(line, at - text.lastIndexOf('\n', at - 1));
  }
}
