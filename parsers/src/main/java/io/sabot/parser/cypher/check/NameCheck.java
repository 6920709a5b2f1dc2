package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Repeat;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.error.Errors;
import io.sabot.plan.statement.UnknownName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds labels and relationship types in the MATCH clauses of a query that nothing has. A query
/// that writes may make them itself, so it is not looked at.
public final class NameCheck {
  private final Set<String> labels;
  private final Set<String> types;
  private final List<UnknownName> unknown = new ArrayList<>();
  private boolean writes;

  private NameCheck(Catalog catalog) {
    GraphMapping mapping = new GraphMapping(catalog);
    labels = new TreeSet<>(catalog.nodeLabels());
    mapping.nodeTables().forEach(table -> labels.add(table.label()));
    types = new TreeSet<>(catalog.edgeTypes());
    mapping.edgeTables().forEach(table -> types.add(table.type()));
  }

  public static List<UnknownName> of(Query query, Catalog catalog) {
    NameCheck check = new NameCheck(catalog);
    check.query(query, true);
    return check.writes ? List.of() : List.copyOf(check.unknown);
  }

  /// @param required whether the whole query has no row when this one has none
  private void query(Query query, boolean required) {
    boolean only = required && query.unions().isEmpty();
    single(query.first(), only);
    query.unions().forEach(union -> single(union.query(), only));
  }

  private void single(SingleQuery query, boolean required) {
    for (Clause clause : query.clauses()) {
      writes |= clause.isUpdating();
      switch (clause) {
        case Clause.Match match -> {
          boolean must = required && !match.optional();
          match.pattern().forEach(part -> part(part, must));
        }
        case Clause.SubqueryCall call -> query(call.query(), required);
        case Clause.Unwind _,
            Clause.Create _,
            Clause.Merge _,
            Clause.Set _,
            Clause.Remove _,
            Clause.Delete _,
            Clause.Foreach _,
            Clause.Call _,
            Clause.Use _,
            Clause.Finish _,
            Clause.With _,
            Clause.Return _ -> {}
      }
    }
  }

  private void part(PatternPart part, boolean required) {
    part.nodes().forEach(node -> node(node, required));
    part.relationships().forEach(relationship -> relationship(relationship, required));
  }

  /// A plain list asks for all of its labels; of any other condition no one can say.
  private void node(NodePattern node, boolean required) {
    if (node.isPlain()) {
      for (Name label : node.labels()) {
        add("label", label, labels, required);
      }
      return;
    }
    for (String label : node.labelTest().names()) {
      add("label", new Name(label, node.place()), labels, false);
    }
  }

  /// One of the types is enough.
  private void relationship(RelationshipPattern relationship, boolean required) {
    Repeat repeat = relationship.repeat();
    if (repeat != null) {
      boolean must = required && repeat.min() > 0;
      repeat.nodes().forEach(node -> node(node, must));
      repeat.relationships().forEach(inner -> relationship(inner, must));
    }
    boolean none = relationship.types().stream().noneMatch(t -> types.contains(t.text()));
    boolean mayBeEmpty =
        relationship.length() != null && Long.valueOf(0).equals(relationship.length().min());
    for (Name type : relationship.types()) {
      add("relationship type", type, types, required && none && !mayBeEmpty);
    }
  }

  private void add(String kind, Name name, Set<String> known, boolean findsNothing) {
    if (known.contains(name.text())) {
      return;
    }
    String hint = Errors.didYouMean(name.text(), known);
    unknown.add(new UnknownName(kind, name.text(), name.place().span(), hint, findsNothing));
  }
}
