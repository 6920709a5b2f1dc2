package io.sabot.parser.sql;

import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One `GRAPH_TABLE (graph MATCH pattern [WHERE condition] COLUMNS (...))`, as written.
///
/// @param text the statement, with a name in the place of each GRAPH_TABLE inside of this one and
///   of each predicate of graphs, which Calcite's grammar does not have
/// @param tests what the predicates say; number 3 is written `a."$3"`
/// @param where null for no condition
/// @param columns what stands between the parentheses of COLUMNS
/// @param end where the last parenthesis ends
record GraphTableText(
    String text,
    DdlParser.Name graph,
    SourceSpan graphPlace,
    GraphPattern pattern,
    List<Test> tests,
    @Nullable Range where,
    Token columnsWord,
    Range columns,
    int end) {
  GraphTableText {
    tests = List.copyOf(tests);
  }

  enum TestKind {
    LABELED,
    SOURCE,
    DESTINATION
  }

  /// `a IS [NOT] LABELED x`, `a IS [NOT] SOURCE OF e`, `a IS [NOT] DESTINATION OF e`.
  record Test(
      TestKind kind,
      LabelExpr labels,
      Map<String, SourceSpan> places,
      String edge,
      SourceSpan place) {}

  /// Reads the one that starts at token `at`.
  ///
  /// @param notParameters where the places of `?` and `:name` are put that are no parameters
  static GraphTableText read(String text, List<Token> tokens, int at, Set<Integer> notParameters) {
    TokenReader in = new TokenReader(text, tokens);
    in.goTo(at);
    in.expect("GRAPH_TABLE", "(");
    SourceSpan place = in.span();
    String first = in.name();
    DdlParser.Name graph =
        in.take(".")
            ? new DdlParser.Name(first, in.name())
            : new DdlParser.Name(CatalogReader.DEFAULT_SCHEMA, first);
    in.expect("MATCH");
    GraphPattern pattern = new GraphPatternParser(in, text, notParameters).pattern();
    if (in.peek().is("KEEP")) {
      throw Errors.unsupported(in.span(), "KEEP (write the path prefix before each path), which");
    }
    Range where = in.take("WHERE") ? condition(in) : null;
    rows(in);
    Token columnsWord = in.peek();
    in.expect("COLUMNS", "(");
    Range columns = in.skipTo();
    if (columns.isEmpty()) {
      throw in.unexpected("a column");
    }
    in.expect(")", ")");
    int end = tokens.get(in.place() - 1).end();
    Tests tests = new Tests(text, tokens, notParameters);
    tests.rewrite(at, in.place());
    return new GraphTableText(
        tests.text.toString(),
        graph,
        place,
        pattern,
        tests.found,
        where,
        columnsWord,
        columns,
        end);
  }

  /// Up to COLUMNS, or to ONE ROW PER.
  private static Range condition(TokenReader in) {
    Range range = in.skipTo("COLUMNS", "ONE");
    while (in.peek().is("ONE") && !in.peekSecond().is("ROW")) {
      in.next();
      range = new Range(range.from(), in.skipTo("COLUMNS", "ONE").to());
    }
    if (range.isEmpty()) {
      throw in.unexpected("a condition");
    }
    return range;
  }

  private static void rows(TokenReader in) {
    SourceSpan place = in.span();
    if (in.take("ONE", "ROW", "PER") && !in.take("MATCH")) {
      throw Errors.unsupported(place, "ONE ROW PER " + in.peek().text());
    }
  }

  /// Writes a name in the place of each predicate of graphs.
  private static final class Tests {
    private final StringBuilder text;
    private final String before;
    private final List<Token> tokens;
    private final Set<Integer> notParameters;
    private final List<Test> found = new ArrayList<>();

    Tests(String text, List<Token> tokens, Set<Integer> notParameters) {
      this.text = new StringBuilder(text);
      this.before = text;
      this.tokens = tokens;
      this.notParameters = notParameters;
    }

    void rewrite(int from, int to) {
      for (int i = from; i + 3 < to; i++) {
        if (tokens.get(i).isName() && tokens.get(i + 1).is("IS")) {
          boolean not = tokens.get(i + 2).is("NOT");
          test(i, not ? i + 3 : i + 2, not);
        }
      }
    }

    private void test(int subject, int word, boolean not) {
      TokenReader in = new TokenReader(before, tokens);
      in.goTo(word);
      SourceSpan place = in.span();
      Map<String, SourceSpan> places = new LinkedHashMap<>();
      Test test;
      if (in.take("LABELED")) {
        GraphPatternParser labels = new GraphPatternParser(in, before, notParameters);
        test = new Test(TestKind.LABELED, labels.labels(places), places, "", place);
      } else if (in.take("SOURCE", "OF")) {
        test = new Test(TestKind.SOURCE, LabelExpr.ANY, places, in.name(), place);
      } else if (in.take("DESTINATION", "OF")) {
        test = new Test(TestKind.DESTINATION, LabelExpr.ANY, places, in.name(), place);
      } else {
        return;
      }
      Token first = tokens.get(subject);
      String name = before.substring(first.start(), first.end()) + ".\"$" + found.size() + "\"";
      replace(first.start(), tokens.get(in.place() - 1).end(), not ? "(NOT " + name + ")" : name);
      found.add(test);
    }

    /// What is put is shorter than what it stands for; line breaks stay behind it.
    private void replace(int from, int to, String put) {
      StringBuilder out = new StringBuilder(put);
      for (int i = from + put.length(); i < to; i++) {
        out.append(' ');
      }
      int breaks = (int) before.substring(from, to).chars().filter(c -> c == '\n').count();
      for (int i = 0; i < breaks; i++) {
        out.setCharAt(out.length() - 1 - i, '\n');
      }
      text.replace(from, to, out.toString());
    }
  }
}
