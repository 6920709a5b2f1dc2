package io.sabot.engine;

import io.sabot.optimizer.OptimizerSettings;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The plans of the texts that were asked last. Thread-safe.
///
/// A plan depends on the text, on the parameters, on the state of the store (names, statistics) and
/// on the settings of the optimizer, so it is found only where all of them are the same, and
/// forgotten when procedures change.
final class PlanCache {
  private static final int PLANS_MAX = 256;
  private static final int TEXT_MAX = 20_000;
  private static final Pattern SPARQL = Pattern.compile("sparql", Pattern.CASE_INSENSITIVE);

  /// @param parameters by name: the type, or the value where a plan may hold it as a constant
  /// @param version of the store
  /// @param inferred IRI of the inferred graph, empty for none
  record Key(
      Language language,
      String text,
      Map<String, ?> parameters,
      long version,
      OptimizerSettings settings,
      String inferred) {}

  /// What a plan of a text may know of its parameters. SPARQL's front-end puts their values in the
  /// place of variables, also where its text stands in one of another language.
  static Map<String, ?> known(Language language, String text, Map<String, Value> parameters) {
    if (parameters.isEmpty() || language == Language.SPARQL || SPARQL.matcher(text).find()) {
      return parameters;
    }
    Map<String, Type> types = HashMap.newHashMap(parameters.size());
    parameters.forEach((name, value) -> types.put(name, Expr.typeOf(value)));
    return types;
  }

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
