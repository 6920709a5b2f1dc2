package io.sabot.parser.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.Operator;
import io.sabot.parser.cypher.ast.PatternPart.Direction;
import io.sabot.parser.cypher.ast.PatternPart.Length;
import io.sabot.parser.cypher.ast.Projection;
import io.sabot.parser.cypher.ast.Statement;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CypherSyntaxTest {
  private static Projection returned(String query) {
    return ((Clause.Return) CypherSyntax.parse(query).query().first().last()).projection();
  }

  private static Expression expression(String text) {
    return returned("RETURN " + text).items().getFirst().expression();
  }

  private static QueryException fault(String query) {
    try {
      CypherSyntax.parse(query);
    } catch (QueryException e) {
      return e;
    }
    throw new AssertionError("parsed: " + query);
  }

  @ParameterizedTest
  @CsvSource({
    "42, 42",
    "-9223372036854775808, -9223372036854775808",
    "0x1F, 31",
    "-0x8000000000000000, -9223372036854775808",
    "0o17, 15"
  })
  void readsIntegers(String text, long value) {
    assertThat(expression(text)).isEqualTo(literal(Value.of(value)));
  }

  @ParameterizedTest
  @CsvSource({".5, 0.5", "-1.5, -1.5", "6.02e23, 6.02e23", "1E-3, 0.001"})
  void readsFloats(String text, double value) {
    assertThat(expression(text)).isEqualTo(literal(Value.of(value)));
  }

  @Test
  void readsEscapes() {
    assertThat(expression("'a\\'b\\n\\u00e9\\U0001F600\\\\'"))
        .isEqualTo(literal(Value.of("a'b\n\u00e9\uD83D\uDE00\\")));
  }

  @Test
  void keepsTheVerbatimTextOfAColumn() {
    assertThat(returned("RETURN  cOuNt( * ) , n . name AS x, `a b`").items())
        .extracting(Projection.Item::name)
        .containsExactly("cOuNt( * )", "x", "a b");
  }

  @Test
  void signsBindTighterThanPowersAndPowersTighterThanProducts() {
    assertThat(expression("-3 ^ 2 * 4"))
        .isEqualTo(
            binary(
                Operator.MULTIPLY,
                binary(Operator.POWER, literal(Value.of(-3)), literal(Value.of(2))),
                literal(Value.of(4))));
  }

  @Test
  void splitsChainedComparisons() {
    assertThat(expression("1 < a <= 3")).isEqualTo(expression("1 < a AND a <= 3"));
  }

  @Test
  void tellsAPatternFromASubtraction() {
    assertThat(expression("(a)-[:X]->(b)")).isInstanceOf(Expression.PatternPredicate.class);
    assertThat(expression("(a) - [1]")).isInstanceOf(Expression.Binary.class);
    assertThat(expression("[(a)-->(b) | b.x]")).isInstanceOf(Expression.PatternComprehension.class);
    assertThat(expression("[x IN [1] WHERE x > 0 | x]"))
        .isInstanceOf(Expression.ListComprehension.class);
  }

  @Test
  void readsPatterns() {
    var match =
        (Clause.Match)
            CypherSyntax.parse("MATCH p = (a:A:B {x: 1})<-[r:T|:U*2..]-()--(b) RETURN p")
                .query()
                .first()
                .clauses()
                .getFirst();
    var part = match.pattern().getFirst();
    var first = part.relationships().getFirst();
    assertThat(part.nodes()).hasSize(3);
    assertThat(first.direction()).isEqualTo(Direction.IN);
    assertThat(first.length()).isEqualTo(new Length(2L, null));
    assertThat(first.types()).extracting(Object::toString).containsExactly("T", "U");
    assertThat(part.relationships().get(1).direction()).isEqualTo(Direction.BOTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "match (count) where count.call > 1 return count.match as any",
        "MATCH (n:Order {`odd key`: $p})-[:IN]->() RETURN n.limit, $0 /* c */ // d",
        "EXPLAIN MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x RETURN m } RETURN n;",
        "PROFILE RETURN COUNT { (n)-->() }",
        "FOREACH (x IN [1] | CREATE (:A {v: x}))",
        "CALL { MATCH (n) RETURN n } RETURN n{.*, .a, b: 1, n}",
        "MATCH p = shortestPath((a)-[*..5]-(b)) RETURN reduce(s = 0, r IN rels | s + r.w)",
        "CALL db.labels() YIELD label AS l WHERE l STARTS WITH 'A' RETURN *, 1 AS one"
      })
  void parses(String query) {
    assertThat(CypherSyntax.parse(query).query().first().clauses()).isNotEmpty();
  }

  @Test
  void readsThePrefix() {
    assertThat(CypherSyntax.parse("PROFILE RETURN 1").mode()).isEqualTo(Statement.Mode.PROFILE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RETURN 1x                     | InvalidNumberLiteral",
        "RETURN 9223372036854775808    | IntegerOverflow",
        "RETURN 1.34E999               | FloatingPointOverflow",
        "RETURN \"\\uH\"               | InvalidUnicodeLiteral",
        "RETURN 42 \u2014 41           | InvalidUnicodeCharacter",
        "MATCH (a)-[:T..]->(b) RETURN a | InvalidRelationshipPattern",
        "MATCH (a)-[:T*-2]->(b) RETURN a | InvalidRelationshipPattern",
        "RETURN [, ]                   | UnexpectedSyntax"
      })
  void namesTheFault(String query, String detail) {
    assertThat(fault(query).detail()).isEqualTo(detail);
  }

  @Test
  void saysWhereAndWhatWasFound() {
    QueryException fault = fault("MATCH (n:Person\nRETURN n");
    assertThat(fault.span()).hasToString("line 2, column 1");
    assertThat(fault.message()).startsWith("unexpected 'RETURN'");
    assertThat(fault.hint()).isEqualTo("'(' at line 1, column 7 is not closed");
  }

  @Test
  void suggestsTheKeyword() {
    assertThat(fault("MATC (n) RETURN n").hint()).isEqualTo("did you mean 'MATCH'?");
    assertThat(fault("MATCH (n) RETUN n").hint()).isEqualTo("did you mean 'RETURN'?");
  }

  @Test
  void saysWhatWasExpected() {
    assertThat(fault("RETURN").message())
        .isEqualTo("unexpected end of the query, expected an expression, DISTINCT or '*'");
    assertThat(fault("MATCH (n) RETURN 'abc").message())
        .isEqualTo("the string that starts here is not closed");
  }

  @Test
  void refusesEndlessNesting() {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> CypherSyntax.parse("RETURN " + "(".repeat(100_000)))
        .withMessageContaining("nested too deeply");
  }

  private static Expression literal(Value value) {
    return new Expression.Literal(value, expression("1").place());
  }

  private static Expression binary(Operator operator, Expression left, Expression right) {
    return new Expression.Binary(operator, left, right, left.place());
  }
}
