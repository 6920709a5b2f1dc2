package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.grammar.CypherParser;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/// Turns the first fault that the parser reports into an error in plain words: what was found, what
/// was expected, and what probably went wrong.
final class SyntaxFault extends BaseErrorListener {
  /// Longer lists of alternatives help nobody.
  private static final int MAX_ALTERNATIVES = 6;

  private static final Set<Integer> OPERATORS =
      Set.of(
          CypherParser.PLUS,
          CypherParser.MINUS,
          CypherParser.STAR,
          CypherParser.SLASH,
          CypherParser.PERCENT,
          CypherParser.CARET,
          CypherParser.EQ,
          CypherParser.NE,
          CypherParser.LT,
          CypherParser.GT,
          CypherParser.LE,
          CypherParser.GE,
          CypherParser.MATCHES,
          CypherParser.AND,
          CypherParser.OR,
          CypherParser.XOR,
          CypherParser.IN,
          CypherParser.IS,
          CypherParser.STARTS,
          CypherParser.ENDS,
          CypherParser.CONTAINS,
          CypherParser.DOT,
          CypherParser.COLON,
          CypherParser.OPEN_BRACKET);

  private static final Set<Integer> CLAUSES =
      Set.of(
          CypherParser.MATCH,
          CypherParser.OPTIONAL,
          CypherParser.UNWIND,
          CypherParser.CREATE,
          CypherParser.MERGE,
          CypherParser.SET,
          CypherParser.REMOVE,
          CypherParser.DELETE,
          CypherParser.DETACH,
          CypherParser.FOREACH,
          CypherParser.CALL,
          CypherParser.LOAD,
          CypherParser.WITH,
          CypherParser.RETURN,
          CypherParser.FINISH,
          CypherParser.INSERT,
          CypherParser.NODETACH,
          CypherParser.SHOW,
          CypherParser.USE,
          CypherParser.UNION);

  /// Keywords that go on inside a clause.
  private static final Set<Integer> CONTINUATIONS =
      Set.of(
          CypherParser.AS,
          CypherParser.WHERE,
          CypherParser.ORDER,
          CypherParser.SKIP_,
          CypherParser.LIMIT,
          CypherParser.AND,
          CypherParser.OR,
          CypherParser.XOR,
          CypherParser.STARTS,
          CypherParser.ENDS,
          CypherParser.CONTAINS,
          CypherParser.ASC,
          CypherParser.DESC,
          CypherParser.YIELD);

  /// Identifiers, and keywords that may be names.
  private static final Set<Integer> NAMES =
      CypherParser._ATN
          .nextTokens(CypherParser._ATN.ruleToStartState[CypherParser.RULE_symbolicName])
          .toSet();

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      @Nullable Object offending,
      int line,
      int column,
      String message,
      @Nullable RecognitionException cause) {
    Parser parser = (Parser) recognizer;
    Token found = offending instanceof Token token ? token : parser.getCurrentToken();
    throw fault(parser, found, cause);
  }

  private static QueryException fault(
      Parser parser, Token found, @Nullable RecognitionException cause) {
    SourceSpan span = Places.of(found);
    switch (found.getType()) {
      case CypherParser.UNCLOSED_STRING -> {
        String quote = found.getText().substring(0, 1);
        return CypherErrors.syntax(
            span, "the string that starts here is not closed", "add a " + quote + " at its end");
      }
      case CypherParser.UNKNOWN, CypherParser.UNICODE_DASH -> {
        if (found.getText().codePointAt(0) > 127) {
          return CypherErrors.unicodeCharacter(span, found.getText());
        }
      }
      default -> {
        // Described below.
      }
    }
    boolean stale = cause instanceof NoViableAltException late && late.getStartToken() != found;
    IntervalSet expected = stale ? new IntervalSet() : parser.getExpectedTokens();
    String wanted = expectation(expected, parser.getVocabulary());
    String message =
        "unexpected " + describe(found) + (wanted.isEmpty() ? "" : ", expected " + wanted);
    return CypherErrors.syntax(span, message, hint(parser, found, expected));
  }

  private static String describe(Token token) {
    return token.getType() == Token.EOF ? "end of the query" : "'" + token.getText() + "'";
  }

  private static String expectation(IntervalSet expected, Vocabulary vocabulary) {
    if (afterClause(expected)) {
      return "an operator, another clause or the end of the query";
    }
    Set<Integer> left = new TreeSet<>(expected.toSet());
    List<String> words = new ArrayList<>();
    if (left.contains(CypherParser.STRING) && left.contains(CypherParser.CASE)) {
      words.add("an expression");
      left.removeIf(SyntaxFault::startsExpression);
    } else if (left.contains(CypherParser.IDENTIFIER)) {
      words.add("a name");
      left.removeIf(SyntaxFault::isName);
    }
    group(left, OPERATORS, "an operator", words);
    group(left, CLAUSES, "a clause such as MATCH, WITH or RETURN", words);
    boolean end = left.remove(Token.EOF);
    for (int type : left) {
      words.add(word(type, vocabulary));
    }
    if (end) {
      words.add("the end of the query");
    }
    if (words.isEmpty() || words.size() > MAX_ALTERNATIVES) {
      return "";
    }
    return words.size() == 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  private static void group(
      Set<Integer> left, Set<Integer> members, String word, List<String> words) {
    if (left.stream().filter(members::contains).count() > 4) {
      left.removeAll(members);
      words.add(word);
    }
  }

  private static boolean startsExpression(int type) {
    return isName(type)
        || switch (type) {
          case CypherParser.STRING,
              CypherParser.INTEGER,
              CypherParser.HEX_INTEGER,
              CypherParser.OCTAL_INTEGER,
              CypherParser.DECIMAL,
              CypherParser.MALFORMED_NUMBER,
              CypherParser.TRUE,
              CypherParser.FALSE,
              CypherParser.NULL,
              CypherParser.CASE,
              CypherParser.EXISTS,
              CypherParser.ALL,
              CypherParser.NOT,
              CypherParser.OPEN,
              CypherParser.OPEN_BRACKET,
              CypherParser.OPEN_BRACE,
              CypherParser.DOLLAR,
              CypherParser.PLUS,
              CypherParser.MINUS ->
              true;
          default -> false;
        };
  }

  private static boolean isName(int type) {
    return NAMES.contains(type);
  }

  private static String word(int type, Vocabulary vocabulary) {
    String literal = vocabulary.getLiteralName(type);
    if (literal == null) {
      return switch (type) {
        case CypherParser.INTEGER -> "an integer";
        case CypherParser.UNICODE_DASH -> "'-'";
        case CypherParser.UNICODE_LEFT_ARROW -> "'<'";
        case CypherParser.UNICODE_RIGHT_ARROW -> "'>'";
        default -> vocabulary.getSymbolicName(type).toLowerCase(Locale.ROOT);
      };
    }
    return Character.isLetter(literal.charAt(1))
        ? literal.substring(1, literal.length() - 1).toUpperCase(Locale.ROOT)
        : literal;
  }

  private static String hint(Parser parser, Token found, IntervalSet expected) {
    Token open = unclosed(parser.getInputStream(), found);
    if (open != null && closes(found) && !matches(open, found)) {
      return "'" + open.getText() + "' at " + Places.of(open) + " is not closed";
    }
    if (found.getType() == CypherParser.IDENTIFIER) {
      return Errors.didYouMean(found.getText(), keywords(parser.getVocabulary(), expected));
    }
    return isKeywordForName(parser, found, expected)
        ? "'" + found.getText() + "' is a keyword; write `" + found.getText() + "` for a name"
        : "";
  }

  /// The keywords that may stand where the fault is. Where the parser has left all clauses behind,
  /// that is any keyword that goes on with a query.
  private static List<String> keywords(Vocabulary vocabulary, IntervalSet expected) {
    Set<Integer> types = new TreeSet<>(expected.toSet());
    if (afterClause(expected)) {
      types.addAll(CLAUSES);
      types.addAll(CONTINUATIONS);
    }
    List<String> keywords = new ArrayList<>();
    for (int type : types) {
      if (type > 0 && Character.isLetter(word(type, vocabulary).charAt(0))) {
        keywords.add(word(type, vocabulary));
      }
    }
    return keywords;
  }

  private static boolean afterClause(IntervalSet expected) {
    return expected.contains(CypherParser.SEMICOLON) && expected.contains(Token.EOF);
  }

  private static boolean isKeywordForName(Parser parser, Token found, IntervalSet expected) {
    String literal = parser.getVocabulary().getLiteralName(found.getType());
    return literal != null
        && Character.isLetter(literal.charAt(1))
        && expected.contains(CypherParser.IDENTIFIER)
        && !CLAUSES.contains(found.getType())
        && found.getType() != CypherParser.AS
        && found.getType() != CypherParser.WHERE;
  }

  /// The innermost bracket still open before `found`.
  private static @Nullable Token unclosed(TokenStream tokens, Token found) {
    Deque<Token> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size() && tokens.get(i) != found; i++) {
      switch (tokens.get(i).getType()) {
        case CypherParser.OPEN, CypherParser.OPEN_BRACKET, CypherParser.OPEN_BRACE ->
            open.push(tokens.get(i));
        case CypherParser.CLOSE, CypherParser.CLOSE_BRACKET, CypherParser.CLOSE_BRACE ->
            open.poll();
        default -> {
          // Other tokens do not nest.
        }
      }
    }
    return open.peek();
  }

  /// Whether no expression goes on at this token, so that open brackets are the likely fault.
  private static boolean closes(Token found) {
    return switch (found.getType()) {
      case Token.EOF,
          CypherParser.CLOSE,
          CypherParser.CLOSE_BRACKET,
          CypherParser.CLOSE_BRACE,
          CypherParser.AS,
          CypherParser.WHERE,
          CypherParser.ORDER,
          CypherParser.LIMIT,
          CypherParser.SKIP_ ->
          true;
      default -> CLAUSES.contains(found.getType());
    };
  }

  private static boolean matches(Token open, Token close) {
    return switch (open.getType()) {
      case CypherParser.OPEN -> close.getType() == CypherParser.CLOSE;
      case CypherParser.OPEN_BRACKET -> close.getType() == CypherParser.CLOSE_BRACKET;
      default -> close.getType() == CypherParser.CLOSE_BRACE;
    };
  }
}
