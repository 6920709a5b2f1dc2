package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `value::type` and `time AT TIME ZONE 'name'`, which bind more tightly than every operator
/// (PostgreSQL manual, table 4.2). Calcite's grammar lacks the second, and takes all that stands
/// before `::` for the value of the first: `a + b::INT` would be a cast of the sum.
///
/// For the parser both are a subscript, `value['...']`, at the same place.
final class PostfixForms {
  private final String text;

  /// What stands for a subscript, by the line and column of the text inside.
  private final Map<List<Integer>, Form> forms;

  private sealed interface Form {
    record Cast(SqlDataTypeSpec type) implements Form {}

    record AtZone(SqlNode zone) implements Form {}
  }

  private PostfixForms(String text, Map<List<Integer>, Form> forms) {
    this.text = text;
    this.forms = forms;
  }

  static PostfixForms of(String text) throws SqlParseException {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    Map<List<Integer>, Form> forms = new HashMap<>();
    for (int i = 0; i + 3 < tokens.size(); i++) {
      int end = i;
      if (isCast(tokens, i)) {
        end = TypeTokens.end(tokens, i + 2);
        forms.put(inside(text, tokens.get(i)), new Form.Cast(type(text, tokens, i + 2, end)));
      } else if (isAtZone(tokens, i)) {
        end = zoneEnd(tokens, i + 3, text);
        forms.put(inside(text, tokens.get(i)), new Form.AtZone(zone(tokens, i + 3, end, text)));
      }
      if (end > i) {
        subscript(out, tokens.get(i).start(), tokens.get(end - 1).end());
        i = end - 1;
      }
    }
    return new PostfixForms(out.toString(), forms);
  }

  private static boolean isCast(List<Token> tokens, int at) {
    return tokens.get(at).is(":")
        && tokens.get(at + 1).is(":")
        && tokens.get(at).end() == tokens.get(at + 1).start()
        && tokens.get(at + 2).isName();
  }

  private static boolean isAtZone(List<Token> tokens, int at) {
    return tokens.get(at).is("AT")
        && tokens.get(at + 1).is("TIME")
        && tokens.get(at + 2).is("ZONE");
  }

  private static List<Integer> inside(String text, Token first) {
    SourceSpan place = Scanner.span(text, first.start());
    return List.of(place.line(), place.column() + 1);
  }

  private static void subscript(StringBuilder out, int from, int to) {
    for (int i = from + 2; i < to - 2; i++) {
      if (out.charAt(i) != '\n') {
        out.setCharAt(i, 'x');
      }
    }
    out.replace(from, from + 2, "['");
    out.replace(to - 2, to, "']");
  }

  /// The parser reads the type behind a CAST of its own.
  private static SqlDataTypeSpec type(String text, List<Token> tokens, int from, int to)
      throws SqlParseException {
    SourceSpan place = Scanner.span(text, tokens.get(from).start());
    SqlParserPos at = new SqlParserPos(place.line(), place.column());
    String cast = "CAST(NULL AS " + TypeTokens.text(text, tokens, from, to) + ")";
    SqlCall call;
    try {
      call = (SqlCall) SqlParser.create(cast, CalcitePlanner.PARSER).parseExpression();
    } catch (SqlParseException malformed) {
      throw Errors.syntax(
          place, "a type is expected behind ::", "such as INTEGER or NUMERIC(10, 2)");
    }
    SqlDataTypeSpec type = call.operand(1);
    if (type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named) {
      SqlIdentifier name = new SqlIdentifier(named.getTypeName().names, at);
      return new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(name, at), at);
    }
    return new SqlDataTypeSpec(type.getTypeNameSpec(), at);
  }

  /// Behind the last token of the zone that starts at one.
  private static int zoneEnd(List<Token> tokens, int first, String text) {
    Token token = tokens.get(first);
    if (token.kind() != Kind.STRING && !token.isName()) {
      throw Errors.syntax(
          Scanner.span(text, token.start()),
          "AT TIME ZONE takes a text or a column",
          "for another expression write timezone(zone, time)");
    }
    int last = first;
    while (token.isName() && tokens.get(last + 1).is(".") && tokens.get(last + 2).isName()) {
      last += 2;
    }
    return last + 1;
  }

  private static SqlNode zone(List<Token> tokens, int from, int to, String text) {
    SourceSpan place = Scanner.span(text, tokens.get(from).start());
    SqlParserPos at = new SqlParserPos(place.line(), place.column());
    if (tokens.get(from).kind() == Kind.STRING) {
      return SqlLiteral.createCharString(tokens.get(from).text(), at);
    }
    List<String> names = new ArrayList<>();
    tokens.subList(from, to).stream()
        .filter(Token::isName)
        .forEach(token -> names.add(token.text()));
    return new SqlIdentifier(names, at);
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return forms.isEmpty() ? read : Objects.requireNonNull(read.accept(new Rewriter()));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      Form form = form(call);
      SqlNode changed = Objects.requireNonNull(super.visit(call));
      SqlParserPos at = call.getParserPosition();
      return switch (form) {
        case null -> changed;
        case Form.Cast(SqlDataTypeSpec type) ->
            SqlLibraryOperators.INFIX_CAST.createCall(at, ((SqlCall) changed).operand(0), type);
        case Form.AtZone(SqlNode zone) ->
            DateOperators.AT_ZONE.createCall(at, ((SqlCall) changed).operand(0), zone);
      };
    }

    private @Nullable Form form(SqlCall call) {
      if (call instanceof SqlBasicCall
          && call.operandCount() == 2
          && call.operand(1) instanceof SqlLiteral literal) {
        SqlParserPos at = literal.getParserPosition();
        return forms.get(List.of(at.getLineNum(), at.getColumnNum()));
      }
      return null;
    }
  }
}
