package io.sabot.plan.rdf;

import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the rows of a source give a term. No term where a column is null.
public sealed interface TermMap {
  record Constant(Value value) implements TermMap {}

  /// @param place for messages: which map of which triples map
  record OfColumn(String place, String column, Form form) implements TermMap {}

  /// @param columns what stands between the texts
  record OfTemplate(String place, TermTemplate template, List<String> columns, Form form)
      implements TermMap {
    public OfTemplate {
      columns = List.copyOf(columns);
    }
  }

  /// What a text becomes.
  sealed interface Form {
    /// @param base what a relative text is put behind; null for a template that is never relative
    record Iri(@Nullable String base) implements Form {}

    record Blank() implements Form {}

    /// @param datatype null for the natural one of the column, or a plain string
    /// @param language null for none
    record Literal(@Nullable String datatype, @Nullable String language) implements Form {}
  }

  /// Whether some row may give this term.
  default boolean mayGive(Value term) {
    return switch (this) {
      case Constant(Value own) -> own.equals(term);
      case OfColumn(_, _, Form form) -> mayBe(form, null, term);
      case OfTemplate(_, TermTemplate template, _, Form form) -> mayBe(form, template, term);
    };
  }

  private static boolean mayBe(Form form, @Nullable TermTemplate template, Value term) {
    return switch (form) {
      case Form.Iri(String base) ->
          term instanceof Value.Iri(String iri)
              && (template == null || base != null || template.mayMeet(TermTemplate.of(iri)));
      case Form.Blank _ -> term instanceof Value.BlankNode;
      case Form.Literal(String datatype, String language) ->
          RdfLiterals.isLiteral(term)
              && (datatype == null || datatype.equals(RdfLiterals.datatype(term)))
              && (language == null
                  ? !(term instanceof Value.LangString)
                  : term instanceof Value.LangString(_, String own, _)
                      && own.equalsIgnoreCase(language));
    };
  }

  /// Whether both may give the same term, as far as can be told without knowing types of columns.
  default boolean mayMeet(TermMap other) {
    if (this instanceof Constant(Value own)) {
      return other.mayGive(own);
    }
    if (other instanceof Constant(Value own)) {
      return mayGive(own);
    }
    Form form = form();
    Form others = other.form();
    return switch (form) {
      case Form.Iri _ -> others instanceof Form.Iri && iris(this, other);
      case Form.Blank _ -> others instanceof Form.Blank;
      case Form.Literal(_, String language) ->
          others instanceof Form.Literal(_, String otherLanguage)
              && (language == null
                  ? otherLanguage == null
                  : language.equalsIgnoreCase(otherLanguage));
    };
  }

  private static boolean iris(TermMap one, TermMap two) {
    return !(one instanceof OfTemplate(_, TermTemplate a, _, Form.Iri(String baseA)))
        || !(two instanceof OfTemplate(_, TermTemplate b, _, Form.Iri(String baseB)))
        || baseA != null
        || baseB != null
        || a.mayMeet(b);
  }

  /// The form of what is not a constant.
  private Form form() {
    return switch (this) {
      case OfColumn(_, _, Form form) -> form;
      case OfTemplate(_, _, _, Form form) -> form;
      case Constant _ -> throw new IllegalStateException("a constant has no form");
    };
  }

  /// The columns that must not be null.
  default List<String> columns() {
    return switch (this) {
      case Constant _ -> List.of();
      case OfColumn(_, String column, _) -> List.of(column);
      case OfTemplate(_, _, List<String> columns, _) -> columns;
    };
  }

  /// For messages.
  default String place() {
    return switch (this) {
      case Constant _ -> "";
      case OfColumn(String place, _, _) -> place;
      case OfTemplate(String place, _, _, _) -> place;
    };
  }
}
