package io.sabot.parser.sql;

import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.Errors;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlShuttle;

/// Parts of a statement whose skeleton Calcite's grammar does not have. Each part is read by
/// Calcite's parser where it stands, so positions are those of the statement.
final class Fragments {
  private static final String SELECT = "SELECT";

  private final ParameterText parameters;
  private final List<Integer> parameterStarts;

  Fragments(ParameterText parameters, List<Token> tokens) {
    this.parameters = parameters;
    this.parameterStarts =
        tokens.stream().filter(t -> t.kind() == Token.Kind.PARAMETER).map(Token::start).toList();
  }

  ParameterText parameters() {
    return parameters;
  }

  SqlNode expression(Range range) throws SqlParseException {
    if (range.isEmpty()) {
      throw Errors.syntax(span(range), "an expression is missing here");
    }
    return numbered(read(padded(range), SqlParser::parseExpression), range);
  }

  SqlNode query(Range range) throws SqlParseException {
    if (range.isEmpty()) {
      throw Errors.syntax(span(range), "a query is missing here");
    }
    return numbered(read(padded(range), SqlParser::parseQuery), range);
  }

  /// What stands after a word of at least six letters, as the results of a SELECT.
  SqlNodeList results(Token word, Range range) throws SqlParseException {
    if (range.isEmpty()) {
      throw Errors.syntax(span(range), "an expression is missing here");
    }
    StringBuilder text = padded(range);
    text.replace(word.start(), word.start() + SELECT.length(), SELECT);
    return ((SqlSelect) numbered(read(text, SqlParser::parseQuery), range)).getSelectList();
  }

  /// Tables with commas and joins between them, after `word`, which has at least four letters.
  ///
  /// @param verb the first word of the statement, at least six letters
  /// @param second the word after it
  SqlNode tables(Token verb, Token second, Token word, Range range) throws SqlParseException {
    if (range.isEmpty()) {
      throw Errors.syntax(span(range), "a table is missing here");
    }
    StringBuilder text = padded(range);
    text.replace(verb.start(), verb.start() + SELECT.length(), SELECT);
    text.setCharAt(second.start(), '*');
    text.replace(word.start(), word.start() + 4, "FROM");
    SqlSelect select = (SqlSelect) numbered(read(text, SqlParser::parseQuery), range);
    return Objects.requireNonNull(select.getFrom());
  }

  /// One table or query with its name: the source of the MERGE that starts with `verb`.
  SqlNode source(Token verb, Range range) throws SqlParseException {
    if (range.isEmpty()) {
      throw Errors.syntax(span(range), "a table is missing here");
    }
    // MERGE INTO t USING ... ON is, for Calcite's grammar, whole with one clause more.
    StringBuilder text = new StringBuilder(parameters.text().substring(0, range.to()));
    blank(text, 0, verb.start());
    text.append(" ON TRUE WHEN MATCHED THEN UPDATE SET x = 1");
    return ((SqlMerge) numbered(read(text, SqlParser::parseStmt), range)).getSourceTableRef();
  }

  /// The queries of a WITH clause.
  SqlNodeList withList(Range range) throws SqlParseException {
    StringBuilder text = padded(range).append(" SELECT 1");
    return ((SqlWith) numbered(read(text, SqlParser::parseQuery), range)).withList;
  }

  /// `INSERT INTO` with some parts left out.
  SqlInsert insert(Range range, List<Range> holes) throws SqlParseException {
    StringBuilder text = padded(range);
    for (Range hole : holes) {
      blank(text, hole.from(), hole.to());
    }
    return (SqlInsert) numbered(read(text, SqlParser::parseStmt), range);
  }

  private static SqlNode read(CharSequence text, PostgresForms.Reading reading)
      throws SqlParseException {
    return PostgresForms.read(text.toString(), reading);
  }

  private StringBuilder padded(Range range) {
    StringBuilder text = new StringBuilder(parameters.text().substring(0, range.to()));
    blank(text, 0, range.from());
    return text;
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  private io.sabot.plan.error.SourceSpan span(Range range) {
    return Scanner.span(parameters.text(), range.from());
  }

  /// Counts parameters from the start of the statement.
  private SqlNode numbered(SqlNode node, Range range) {
    int before = (int) parameterStarts.stream().filter(start -> start < range.from()).count();
    if (before == 0) {
      return node;
    }
    return Objects.requireNonNull(
        node.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlDynamicParam param) {
                return new SqlDynamicParam(param.getIndex() + before, param.getParserPosition());
              }
            }));
  }
}
