package io.sabot.parser.sql;

import io.sabot.plan.catalog.Comments;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.statement.Statement;

/// COMMENT ON.
final class CommentParser {
  private final TokenReader in;
  private final DdlParser names;
  private final SqlBinder binder;

  CommentParser(TokenReader in, DdlParser names, SqlBinder binder) {
    this.in = in;
    this.names = names;
    this.binder = binder;
  }

  /// `TABLE|VIEW|SEQUENCE|SCHEMA|COLUMN name IS 'text'|NULL`.
  Statement comment() {
    String about = about();
    in.expect("IS");
    if (in.take("NULL")) {
      return new Statement.Comment(about, null);
    }
    if (in.peek().kind() != Token.Kind.STRING) {
      throw in.unexpected("a text or NULL");
    }
    return new Statement.Comment(about, in.next().text());
  }

  private String about() {
    SourceSpan place = in.span();
    if (in.take("COLUMN")) {
      return column();
    }
    if (in.take("SCHEMA")) {
      String name = in.name();
      return binder.catalog.schemas().stream()
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .map(Comments::ofSchema)
          .orElseThrow(() -> missing(place, "schema", name));
    }
    if (in.take("TABLE")) {
      return Comments.ofRelation(names.table(names.qualified()).id());
    }
    boolean isView = in.take("VIEW");
    if (!isView && !in.take("SEQUENCE")) {
      throw Errors.unsupported(place, "COMMENT ON " + in.peek().text());
    }
    DdlParser.Name name = names.qualified();
    if (!isView) {
      return binder
          .catalog
          .sequence(name.schema(), name.name())
          .map(SequenceDef::id)
          .map(Comments::ofRelation)
          .orElseThrow(() -> missing(place, "sequence", name.name()));
    }
    return binder.catalog.views().stream()
        .filter(v -> v.schema().equalsIgnoreCase(name.schema()))
        .filter(v -> v.name().equalsIgnoreCase(name.name()))
        .findFirst()
        .map(ViewDef::id)
        .map(Comments::ofRelation)
        .orElseThrow(() -> missing(place, "view", name.name()));
  }

  /// `[schema.]table.column`.
  private String column() {
    int start = in.place();
    in.name();
    in.expect(".");
    in.name();
    boolean isQualified = in.peek().is(".");
    in.goTo(start);
    String schema = isQualified ? in.name() : CatalogReader.DEFAULT_SCHEMA;
    if (isQualified) {
      in.expect(".");
    }
    TableDef table = names.table(new DdlParser.Name(schema, in.name()));
    in.expect(".");
    return Comments.ofColumn(table.id(), in.column(table).id());
  }

  private static QueryException missing(SourceSpan place, String kind, String name) {
    return new QueryException(
        ErrorCode.UNKNOWN_TABLE, place, kind + " '" + name + "' does not exist", "");
  }
}
