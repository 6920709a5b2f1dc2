package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.PatternPart.Choice;
import io.sabot.parser.cypher.ast.PatternPart.Mode;
import io.sabot.parser.cypher.ast.PatternPart.Search;
import io.sabot.parser.cypher.grammar.CypherParser.AllPrefixContext;
import io.sabot.parser.cypher.grammar.CypherParser.AllShortestPrefixContext;
import io.sabot.parser.cypher.grammar.CypherParser.AnyPrefixContext;
import io.sabot.parser.cypher.grammar.CypherParser.AnyShortestPrefixContext;
import io.sabot.parser.cypher.grammar.CypherParser.MatchModeContext;
import io.sabot.parser.cypher.grammar.CypherParser.ModePrefixContext;
import io.sabot.parser.cypher.grammar.CypherParser.PathModeContext;
import io.sabot.parser.cypher.grammar.CypherParser.PathPrefixContext;
import io.sabot.parser.cypher.grammar.CypherParser.ShortestPrefixContext;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads what stands before a path pattern and before a whole pattern: selectors and modes.
final class SearchReader {
  private SearchReader() {}

  static Search search(@Nullable PathPrefixContext context, boolean repeatable) {
    return switch (context) {
      case null -> new Search(Choice.ALL, 0, null, repeatable);
      case AllShortestPrefixContext c ->
          new Search(Choice.SHORTEST_GROUPS, 1, mode(c.pathMode()), repeatable);
      case AnyShortestPrefixContext c ->
          new Search(Choice.SHORTEST, 1, mode(c.pathMode()), repeatable);
      case ShortestPrefixContext c ->
          new Search(
              c.groups == null ? Choice.SHORTEST : Choice.SHORTEST_GROUPS,
              count(c.count, c),
              mode(c.pathMode()),
              repeatable);
      // Any paths will do, so the shortest do.
      case AnyPrefixContext c ->
          new Search(Choice.SHORTEST, count(c.count, c), mode(c.pathMode()), repeatable);
      case AllPrefixContext c -> new Search(Choice.ALL, 0, mode(c.pathMode()), repeatable);
      case ModePrefixContext c -> new Search(Choice.ALL, 0, mode(c.pathMode()), repeatable);
      default -> throw new IllegalStateException("unknown path prefix " + context.getText());
    };
  }

  private static long count(@Nullable Token written, PathPrefixContext at) {
    Long count = PatternReader.bound(written);
    if (count != null && count < 1) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(at), "a path selector asks for at least 1 path, found " + count, "");
    }
    return count == null ? 1 : count;
  }

  private static @Nullable Mode mode(@Nullable PathModeContext context) {
    return context == null ? null : Mode.valueOf(context.getText().toUpperCase(Locale.ROOT));
  }

  /// Whether a match mode lets relationships be used more than once.
  static boolean isRepeatable(@Nullable MatchModeContext context) {
    if (context == null) {
      return false;
    }
    boolean repeatable = context.REPEATABLE() != null;
    List<String> words =
        context.symbolicName().stream().map(w -> w.getText().toLowerCase(Locale.ROOT)).toList();
    List<List<String>> known =
        repeatable
            ? List.of(List.of("element", "bindings"), List.of("elements"))
            : List.of(List.of("relationship", "bindings"), List.of("relationships"));
    if (!known.contains(words)) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(context),
          "unknown match mode '" + String.join(" ", words) + "'",
          "modes are REPEATABLE ELEMENTS and DIFFERENT RELATIONSHIPS");
    }
    return repeatable;
  }
}
