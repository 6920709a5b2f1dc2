package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.RdfTermFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping.Equal;
import io.sabot.plan.rdf.RdfMapping.Parent;
import io.sabot.plan.rdf.RdfMapping.Rule;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.rdf.TermMap.Form;
import io.sabot.plan.rdf.TermTemplate;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows that one rule makes triples of, with the terms of the triples over them.
final class RuleRows {
  private static final TermTemplate PLAIN = new TermTemplate(List.of("", ""), false);

  private final Rule rule;
  private final GraphMapping mapping;
  private final TermTemplate ownIris;
  private final SourceRows child;
  private final @Nullable SourceRows parent;
  private final Expr joined;

  RuleRows(Rule rule, Catalog catalog, GraphMapping mapping, ColumnAllocator allocator) {
    this.rule = rule;
    this.mapping = mapping;
    this.ownIris = TermTemplate.startingWith(catalog.baseIri());
    this.child = SourceRows.of(rule.source(), catalog, mapping, allocator);
    Parent other = rule.parent();
    this.parent = other == null ? null : SourceRows.of(other.source(), catalog, mapping, allocator);
    this.joined = other == null || parent == null ? Expr.TRUE : joined(other, child, parent);
  }

  private static Expr joined(Parent other, SourceRows child, SourceRows parent) {
    List<Expr> conditions = new ArrayList<>();
    for (Equal equal : other.joins()) {
      conditions.add(
          ComparisonFunctions.compare(
              ComparisonFunctions.Op.EQ,
              ComparisonFunctions.Rules.SQL,
              child.column(equal.child()),
              parent.column(equal.parent())));
    }
    return LogicFunctions.and(conditions);
  }

  Expr subject() {
    return term(rule.subject(), child);
  }

  Expr predicate() {
    return term(rule.predicate(), child);
  }

  Expr object() {
    return term(rule.object(), objectRows());
  }

  /// The graph, null for the default graph. Names of graphs are never entities.
  @Nullable Expr graph() {
    TermMap graph = rule.graph();
    if (graph == null) {
      return null;
    }
    if (graph instanceof TermMap.Constant(Value name)) {
      return new Expr.Lit(name, Type.ANY);
    }
    Expr name = term(graph, child);
    return name instanceof Expr.Call(var function, var args, _)
            && function.equals(RdfTermFunctions.ENTITY)
        ? args.getFirst()
        : name;
  }

  private SourceRows objectRows() {
    return parent == null ? child : parent;
  }

  /// To be called when all terms were asked for.
  LogicalNode plan() {
    return parent == null
        ? child.plan()
        : new LogicalNode.Join(JoinKind.INNER, child.plan(), parent.plan(), joined, null);
  }

  // ---- terms

  private Expr term(TermMap map, SourceRows rows) {
    return switch (map) {
      case TermMap.Constant(Value value) -> new Expr.Lit(mapping.canonical(value), Type.ANY);
      case TermMap.OfColumn(_, String name, Form form) -> ofColumn(rows.column(name), form);
      case TermMap.OfTemplate(_, TermTemplate template, List<String> columns, Form form) ->
          ofTemplate(template, columns.stream().map(rows::column).toList(), form);
    };
  }

  private static Expr ofColumn(Expr column, Form form) {
    return switch (form) {
      case Form.Iri(String base) -> resolved(base, text(column));
      case Form.Blank _ -> RdfTermFunctions.call(RdfTermFunctions.BLANK, PLAIN, List.of(column));
      case Form.Literal(String datatype, String language) -> literal(column, datatype, language);
    };
  }

  private Expr ofTemplate(TermTemplate template, List<Expr> values, Form form) {
    return switch (form) {
      case Form.Iri(String base) when base != null ->
          resolved(base, RdfTermFunctions.call(RdfTermFunctions.SAFE_TEXT, template, values));
      case Form.Iri _ -> {
        Expr iri = RdfTermFunctions.call(RdfTermFunctions.IRI, template, values);
        yield template.mayMeet(ownIris) ? RdfTermFunctions.ENTITY.call(iri) : iri;
      }
      case Form.Blank _ -> RdfTermFunctions.call(RdfTermFunctions.BLANK, template, values);
      case Form.Literal(String datatype, String language) ->
          literal(
              RdfTermFunctions.call(RdfTermFunctions.TEXT, template, values), datatype, language);
    };
  }

  private static Expr resolved(@Nullable String base, Expr text) {
    Expr iri = RdfTermFunctions.RESOLVE.call(Expr.lit(Value.of(base == null ? "" : base)), text);
    return RdfTermFunctions.ENTITY.call(iri);
  }

  private static Expr text(Expr column) {
    return column.type() == Type.STRING
        ? column
        : RdfTermFunctions.call(RdfTermFunctions.TEXT, PLAIN, List.of(column));
  }

  private static Expr literal(Expr value, @Nullable String datatype, @Nullable String language) {
    if (language != null) {
      return RdfTermFunctions.LANGUAGE.call(value, Expr.lit(Value.of(language)));
    }
    return datatype == null || datatype.equals(naturalType(value.type()))
        ? value
        : RdfTermFunctions.TYPED.call(value, Expr.lit(Value.of(datatype)));
  }

  /// The datatype of the literals that a column of this type gives (R2RML §10.2); null where they
  /// differ.
  static @Nullable String naturalType(Type type) {
    return switch (type) {
      case Type.Int _ -> Xsd.INTEGER;
      case Type.Floating _ -> Xsd.DOUBLE;
      case Type.Decimal _ -> Xsd.DECIMAL;
      case Type.ListOf _ -> null;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> Xsd.BOOLEAN;
            case STRING -> Xsd.STRING;
            case BYTES -> Xsd.HEX_BINARY;
            case DATE -> Xsd.DATE;
            case TIME -> Xsd.TIME;
            case TIMESTAMP, TIMESTAMPTZ -> Xsd.DATE_TIME;
            case INTERVAL, UUID, JSON, JSONB, NODE, EDGE, PATH, IRI, MAP, ANY -> null;
          };
    };
  }

  // ---- duplicates

  /// Whether no two rows give the same triple. To be called when all terms were asked for.
  boolean areDistinct() {
    Set<String> ofChild = new HashSet<>();
    Set<String> ofParent = new HashSet<>();
    shown(rule.subject(), child, ofChild);
    shown(rule.predicate(), child, ofChild);
    shown(rule.object(), objectRows(), parent == null ? ofChild : ofParent);
    Parent other = rule.parent();
    if (parent == null || other == null) {
      return child.areTold(ofChild);
    }
    boolean childTold = child.areTold(ofChild);
    boolean parentTold = parent.areTold(ofParent);
    for (Equal equal : other.joins()) {
      if (childTold) {
        ofParent.add(equal.parent());
      }
      if (parentTold) {
        ofChild.add(equal.child());
      }
    }
    return child.areTold(ofChild) && parent.areTold(ofParent);
  }

  /// Adds the columns whose values can be read off the term.
  private static void shown(TermMap map, SourceRows rows, Set<String> shown) {
    boolean all =
        switch (map) {
          case TermMap.Constant _ -> true;
          case TermMap.OfColumn(_, _, Form form) -> !(form instanceof Form.Iri);
          case TermMap.OfTemplate(_, TermTemplate template, _, Form form) ->
              template.isUnambiguous() && !(form instanceof Form.Iri(String base) && base != null);
        };
    for (String column : map.columns()) {
      if (all && !(rows.column(column).type() instanceof Type.Floating)) {
        shown.add(column);
      }
    }
  }
}
