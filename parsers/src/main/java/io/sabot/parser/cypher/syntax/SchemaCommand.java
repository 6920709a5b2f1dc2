package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.grammar.CypherLexer;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads commands about indexes and constraints, in the words of Neo4j 5:
///
/// ```
/// CREATE [RANGE] INDEX [name] [IF NOT EXISTS] FOR (n:Label) ON (n.a, n.b)
/// CREATE [RANGE] INDEX [name] [IF NOT EXISTS] FOR ()-[r:TYPE]-() ON (r.a)
/// CREATE CONSTRAINT [name] [IF NOT EXISTS] FOR (n:Label) REQUIRE n.a IS UNIQUE
///     | (n.a, n.b) IS NODE KEY | n.a IS NOT NULL
/// DROP INDEX name [IF EXISTS]      DROP CONSTRAINT name [IF EXISTS]
/// ```
///
/// Their words are no keywords elsewhere, so they are read by hand and not by the grammar.
public final class SchemaCommand {
  private static final List<String> OTHER_KINDS =
      List.of("TEXT", "POINT", "FULLTEXT", "VECTOR", "LOOKUP");

  private final List<Token> tokens;
  private int at;

  private SchemaCommand(List<Token> tokens) {
    this.tokens = tokens;
  }

  /// The command that `text` is, or null when it is a query.
  public static @Nullable Statement read(String text) {
    CypherLexer lexer = new CypherLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    CommonTokenStream stream = new CommonTokenStream(lexer);
    stream.fill();
    List<Token> tokens =
        stream.getTokens().stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL).toList();
    return new SchemaCommand(tokens).command();
  }

  private @Nullable Statement command() {
    boolean isCommand = isNext("CREATE") || isNext("DROP");
    int kind = is(1, "RANGE") || OTHER_KINDS.stream().anyMatch(k -> is(1, k)) ? 2 : 1;
    boolean isSchema = is(kind, "INDEX") || is(kind, "CONSTRAINT");
    // `CREATE index = (n)` names a path.
    if (!isCommand || !isSchema || is(kind + 1, "=")) {
      return null;
    }
    for (String other : OTHER_KINDS) {
      if (is(1, other)) {
        throw Errors.unsupported(Places.of(tokens.get(1)), "a " + other + " index");
      }
    }
    Statement command = taken();
    take(";");
    if (peek().getType() != Token.EOF) {
      throw unexpected("the end of the command");
    }
    return command;
  }

  private Statement taken() {
    boolean isDrop = take("DROP");
    if (!isDrop) {
      expect("CREATE");
      take("RANGE");
    }
    boolean isIndex = take("INDEX");
    if (!isIndex) {
      expect("CONSTRAINT");
    }
    if (isDrop) {
      String name = name();
      boolean ifExists = takeAll("IF", "EXISTS");
      return isIndex
          ? new Statement.DropIndex(name, ifExists)
          : new Statement.DropConstraint(name, ifExists);
    }
    return isIndex ? index() : constraint();
  }

  private Statement index() {
    if (isNext("ON") && is(1, ":")) {
      throw old("CREATE INDEX FOR (n:Label) ON (n.property)");
    }
    String name = isNext("FOR") || isNext("IF") && is(1, "NOT") ? null : name();
    boolean ifNotExists = takeAll("IF", "NOT", "EXISTS");
    Pattern pattern = pattern();
    expect("ON");
    IndexTarget target = pattern.target(properties(pattern));
    return new Statement.CreateIndex(name, target, false, ifNotExists);
  }

  private Statement constraint() {
    if (isNext("ON")) {
      throw old("CREATE CONSTRAINT FOR (n:Label) REQUIRE n.property IS UNIQUE");
    }
    String name = isNext("FOR") || isNext("IF") && is(1, "NOT") ? null : name();
    boolean ifNotExists = takeAll("IF", "NOT", "EXISTS");
    if (isNext("ON")) {
      throw old("CREATE CONSTRAINT FOR (n:Label) REQUIRE n.property IS UNIQUE");
    }
    Pattern pattern = pattern();
    expect("REQUIRE");
    List<String> keys = properties(pattern);
    expect("IS");
    GraphConstraint.Kind kind = kind(pattern);
    if (kind == GraphConstraint.Kind.NOT_NULL && keys.size() > 1) {
      throw Errors.unsupported(
          Places.of(tokens.get(at - 1)), "IS NOT NULL of several properties at once");
    }
    return new Statement.CreateConstraint(name, pattern.target(keys), kind, ifNotExists);
  }

  private GraphConstraint.Kind kind(Pattern pattern) {
    if (takeAll("NOT", "NULL")) {
      return GraphConstraint.Kind.NOT_NULL;
    }
    if (isNext(":") || isNext("TYPED")) {
      throw Errors.unsupported(Places.of(peek()), "a constraint on the type of a property");
    }
    if (pattern.isNode) {
      take("NODE");
    } else if (!take("RELATIONSHIP")) {
      take("REL");
    }
    if (take("UNIQUE")) {
      return GraphConstraint.Kind.UNIQUE;
    }
    if (take("KEY")) {
      return GraphConstraint.Kind.KEY;
    }
    throw unexpected("UNIQUE, NODE KEY or NOT NULL");
  }

  private QueryException old(String form) {
    return CypherErrors.syntax(
        Places.of(peek()), "this is how Neo4j before 5 wrote it", "write " + form);
  }

  /// `(n:Label)` or `()-[r:TYPE]-()`.
  private record Pattern(boolean isNode, String variable, String name) {
    IndexTarget target(List<String> keys) {
      return isNode
          ? new IndexTarget.NodeProperties(name, keys)
          : new IndexTarget.EdgeProperties(name, keys);
    }
  }

  private Pattern pattern() {
    expect("FOR");
    expect("(");
    if (!take(")")) {
      String variable = name();
      expect(":");
      String label = name();
      expect(")");
      return new Pattern(true, variable, label);
    }
    take("<");
    expect("-");
    expect("[");
    String variable = name();
    expect(":");
    String type = name();
    expect("]");
    expect("-");
    take(">");
    expect("(");
    expect(")");
    return new Pattern(false, variable, type);
  }

  /// `n.a`, `(n.a)` or `(n.a, n.b)`.
  private List<String> properties(Pattern pattern) {
    List<String> keys = new ArrayList<>();
    boolean isList = take("(");
    do {
      keys.add(property(pattern));
    } while (isList && take(","));
    if (isList) {
      expect(")");
    }
    return keys;
  }

  private String property(Pattern pattern) {
    Token place = peek();
    String owner = name();
    if (!owner.equals(pattern.variable)) {
      throw Errors.unknownVariable(Places.of(place), owner, List.of(pattern.variable));
    }
    expect(".");
    return name();
  }

  // ---- tokens

  private Token peek() {
    return tokens.get(Math.min(at, tokens.size() - 1));
  }

  private Token next() {
    Token token = peek();
    at++;
    return token;
  }

  private boolean is(int ahead, String word) {
    int place = Math.min(at + ahead, tokens.size() - 1);
    return tokens.get(place).getText().equalsIgnoreCase(word);
  }

  private boolean isNext(String word) {
    return is(0, word);
  }

  private boolean take(String word) {
    boolean isIt = isNext(word);
    at += isIt ? 1 : 0;
    return isIt;
  }

  private boolean takeAll(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!is(i, words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  private void expect(String word) {
    if (!take(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  private String name() {
    Token token = peek();
    String text = token.getText();
    if (token.getType() == CypherLexer.ESCAPED_NAME) {
      at++;
      return text.substring(1, text.length() - 1).replace("``", "`");
    }
    int first = text.codePointAt(0);
    boolean isWord = Character.isUnicodeIdentifierStart(first) || first == '_';
    if (token.getType() == Token.EOF || !isWord) {
      throw unexpected("a name");
    }
    at++;
    return text;
  }

  private QueryException unexpected(String expected) {
    Token token = peek();
    String found =
        token.getType() == Token.EOF ? "the end of the command" : "'" + token.getText() + "'";
    return CypherErrors.syntax(Places.of(token), "found " + found + ", expected " + expected, "");
  }
}
