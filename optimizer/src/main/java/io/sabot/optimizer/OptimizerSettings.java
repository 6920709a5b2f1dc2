package io.sabot.optimizer;

/// What a session may choose about planning.
///
/// @param enabled off: only what a plan needs to run at all. Mapped data is unfolded, filters
///   become join conditions in the order of the text, except that what no condition joins comes
///   last, and updates are fenced; nothing is ordered by cost
/// @param joinPairBudget how many pairs of connected inputs are looked at before the join order is
///   found greedily instead
/// @param fenced off: updates are not fenced, so that a query may see its own writes and give a
///   wrong answer. For the test that proves that it is noticed
public record OptimizerSettings(boolean enabled, int joinPairBudget, boolean fenced) {
  /// More than a 12-way star (11,264 pairs) and a clique of nine; what is spent in vain on a clique
  /// of 30 stays below 50 ms.
  public static final int JOIN_PAIR_BUDGET = 15_000;

  public static final OptimizerSettings DEFAULT =
      new OptimizerSettings(true, JOIN_PAIR_BUDGET, true);
  public static final OptimizerSettings DISABLED =
      new OptimizerSettings(false, JOIN_PAIR_BUDGET, true);

  public OptimizerSettings unfenced() {
    return new OptimizerSettings(enabled, joinPairBudget, false);
  }
}
