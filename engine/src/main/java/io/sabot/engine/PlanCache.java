package io.sabot.engine;

import io.sabot.optimizer.OptimizerSettings;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.statement.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The plans of the texts that were asked last. Thread-safe.
///
/// A plan depends on the text, on the state of the store (names, statistics) and on the settings of
/// the optimizer, so it is found only where all of them are the same, and forgotten when procedures
/// change. Texts with parameters are not kept: a front-end may bind by their values.
final class PlanCache {
  private static final int PLANS_MAX = 256;
  private static final int TEXT_MAX = 20_000;

  /// @param version of the store
  /// @param inferred IRI of the inferred graph, empty for none
  record Key(
      Language language, String text, long version, OptimizerSettings settings, String inferred) {}

  /// A bound query that only reads, with its plan.
  record Planned(Statement.Query query, PhysicalNode.Output plan) {}

  private final Map<Key, Planned> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Planned> eldest) {
          return size() > PLANS_MAX;
        }
      };

  synchronized @Nullable Planned find(Key key) {
    return plans.get(key);
  }

  synchronized void put(Key key, Planned planned) {
    if (key.text().length() <= TEXT_MAX) {
      plans.put(key, planned);
    }
  }

  /// Forgets all plans, for a change that no version tells of.
  synchronized void clear() {
    plans.clear();
  }
}
