package io.sabot.parser.sql;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// COPY between tables and files.
final class CopyParser {
  private static final List<String> FORMATS = List.of("csv", "jsonl", "parquet", "arrow");

  private final TokenReader in;
  private final DdlParser names;
  private final SqlBinder binder;

  CopyParser(String text, List<Token> tokens, SqlBinder binder) {
    this.in = new TokenReader(text, tokens);
    this.names = new DdlParser(in, binder);
    this.binder = binder;
  }

  /// `COPY table FROM 'file'`, `COPY table|(query) TO 'file' [[WITH] (FORMAT name, HEADER)]`.
  Statement statement() {
    in.expect("COPY");
    SourceSpan place = in.span();
    if (in.peek().is("(")) {
      LogicalNode.Output rows = binder.plan(in.query());
      in.expect("TO");
      return to(rows);
    }
    DdlParser.Name name = names.qualified();
    if (in.peek().is("(")) {
      throw Errors.unsupported(in.span(), "COPY of some columns; COPY (SELECT ...) TO");
    }
    if (in.take("TO")) {
      String table = quoted(name.schema()) + "." + quoted(name.name());
      if (!isView(name)) {
        names.table(name);
      }
      return to(binder.plan("SELECT * FROM " + table));
    }
    in.expect("FROM");
    TableDef table = names.changeable(name, place);
    if (!table.schema().equalsIgnoreCase(CatalogReader.DEFAULT_SCHEMA)) {
      throw Errors.unsupported(place, "COPY into a table of another schema");
    }
    String file = file();
    String format = format();
    if (format != null && !file.toLowerCase(Locale.ROOT).contains("." + format)) {
      throw Errors.unsupported(place, "COPY FROM a file whose ending is not that of its format");
    }
    in.end();
    return new Statement.CopyFrom(table.id(), file);
  }

  private boolean isView(DdlParser.Name name) {
    return binder.catalog.views().stream()
        .anyMatch(v ->
            v.schema().equalsIgnoreCase(name.schema()) && v.name().equalsIgnoreCase(name.name()));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private Statement to(LogicalNode.Output rows) {
    SourceSpan place = in.span();
    String file = file();
    String asked = format();
    in.end();
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String format = asked != null ? asked : ending;
    if (!FORMATS.contains(format)) {
      throw Errors.semantic(
          place,
          "CopyFormat",
          "there is no format '" + format + "'",
          "formats are " + String.join(", ", FORMATS) + "; give one with (FORMAT name)");
    }
    return new Statement.CopyTo(rows, file, format);
  }

  private String file() {
    if (in.peek().kind() != Token.Kind.STRING) {
      throw in.unexpected("the name of a file in quotes");
    }
    return in.next().text();
  }

  /// The format of the options; null when they say none.
  private @Nullable String format() {
    in.take("WITH");
    String format = null;
    if (in.take("(")) {
      do {
        if (in.take("FORMAT")) {
          format = in.next().text().toLowerCase(Locale.ROOT);
        } else if (in.take("HEADER")) {
          if (!in.take("TRUE") && !in.take("ON") && !in.peek().is(",") && !in.peek().is(")")) {
            throw Errors.unsupported(in.span(), "COPY without a line of column names");
          }
        } else {
          throw Errors.unsupported(in.span(), "the option " + in.peek().text() + " of COPY");
        }
      } while (in.take(","));
      in.expect(")");
    }
    return "json".equals(format) || "ndjson".equals(format) ? "jsonl" : format;
  }
}
