package io.sabot.engine.fuzz;

import io.sabot.parser.cypher.grammar.CypherParser;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Random sentences of the Cypher grammar: a walk through the parser's own transition network. They
/// parse, but mostly mean nothing.
final class GrammarSentences {
  /// From here on the walk takes the shortest way out.
  private static final int TOKENS_MAX = 60;

  private static final int UNREACHABLE = 1_000_000;
  private static final ATN NETWORK = CypherParser._ATN;
  private static final int[] COSTS = costs();
  private static final List<String> NAMES =
      List.of(
          "n", "m", "r", "p", "x", "person", "city", "visited", "home", "s", "id", "count",
          "KNOWS");
  private static final List<String> STRINGS =
      List.of(
          "'a'", "\"b\"", "''", "'\\u00e9'", "'\uD83D\uDE00'", "'2024-02-30'", "'P1M'", "'it\\'s'");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int tokens;

  GrammarSentences(Random random) {
    this.random = random;
  }

  String next() {
    text.setLength(0);
    tokens = 0;
    rule(NETWORK.ruleToStartState[CypherParser.RULE_statement]);
    return text.toString();
  }

  private void rule(ATNState start) {
    ATNState state = start;
    while (!(state instanceof RuleStopState)) {
      Transition taken = choose(state);
      switch (taken) {
        case RuleTransition call -> {
          rule(call.target);
          state = call.followState;
        }
        default -> {
          if (!taken.isEpsilon()) {
            emit(taken);
          }
          state = taken.target;
        }
      }
    }
  }

  private Transition choose(ATNState state) {
    Transition[] transitions = state.getTransitions();
    if (tokens < TOKENS_MAX) {
      return transitions[random.nextInt(transitions.length)];
    }
    return Arrays.stream(transitions)
        .min(java.util.Comparator.comparingInt(GrammarSentences::cost))
        .orElseThrow();
  }

  private void emit(Transition transition) {
    IntervalSet label = transition.label();
    int type = label == null ? CypherParser.IDENTIFIER : label.get(random.nextInt(label.size()));
    if (type != Token.EOF) {
      tokens++;
      text.append(token(type)).append(random.nextInt(15) == 0 ? "\n" : " ");
    }
  }

  private String token(int type) {
    String literal = CypherParser.VOCABULARY.getLiteralName(type);
    if (literal != null) {
      return literal.substring(1, literal.length() - 1);
    }
    return switch (type) {
      case CypherParser.INTEGER -> String.valueOf(random.nextInt(12));
      case CypherParser.DECIMAL -> "1.5e" + random.nextInt(30);
      case CypherParser.HEX_INTEGER -> "0x1F";
      case CypherParser.OCTAL_INTEGER -> "0o17";
      case CypherParser.STRING -> STRINGS.get(random.nextInt(STRINGS.size()));
      case CypherParser.ESCAPED_NAME -> "`odd ``name`";
      case CypherParser.MALFORMED_NUMBER -> "12ab";
      default -> NAMES.get(random.nextInt(NAMES.size()));
    };
  }

  /// The fewest tokens from each state to the end of its rule.
  private static int[] costs() {
    int[] costs = new int[NETWORK.states.size()];
    Arrays.fill(costs, UNREACHABLE);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : NETWORK.states) {
        if (state == null) {
          continue;
        }
        int cost = state instanceof RuleStopState ? 0 : UNREACHABLE;
        if (!(state instanceof RuleStopState)) {
          for (Transition transition : state.getTransitions()) {
            cost = Math.min(cost, cost(transition, costs));
          }
        }
        changed |= cost < costs[state.stateNumber];
        costs[state.stateNumber] = Math.min(cost, costs[state.stateNumber]);
      }
    }
    return costs;
  }

  private static int cost(Transition transition) {
    return cost(transition, COSTS);
  }

  private static int cost(Transition transition, int[] costs) {
    // A call counts for a step, or the walk would go round in circles of empty rules.
    int own = transition.isEpsilon() ? transition instanceof RuleTransition ? 1 : 0 : 1;
    int rest =
        transition instanceof RuleTransition call
            ? costs[call.target.stateNumber] + costs[call.followState.stateNumber]
            : costs[transition.target.stateNumber];
    return Math.min(UNREACHABLE, own + rest);
  }
}
