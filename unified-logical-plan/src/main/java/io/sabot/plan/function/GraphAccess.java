package io.sabot.plan.function;

import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;

/// Entities by term identifier, whichever family stores them. An entity that does not exist has no
/// labels and no properties.
public interface GraphAccess {
  boolean exists(long entity);

  /// Whether the running statement deleted the entity, so that its labels and properties are gone.
  boolean isDeleted(long entity);

  /// The labels of a node in alphabetical order, or the single type of an edge.
  List<String> labels(long entity);

  Value property(long entity, String key);

  /// All properties that are not null, by key.
  Map<String, Value> properties(long entity);

  long startNode(long edge);

  long endNode(long edge);

  /// For contexts without a store (constant folding): every entity is unknown.
  GraphAccess NONE =
      new GraphAccess() {
        @Override
        public boolean exists(long entity) {
          return false;
        }

        @Override
        public boolean isDeleted(long entity) {
          return false;
        }

        @Override
        public List<String> labels(long entity) {
          return List.of();
        }

        @Override
        public Value property(long entity, String key) {
          return Value.NULL;
        }

        @Override
        public Map<String, Value> properties(long entity) {
          return Map.of();
        }

        @Override
        public long startNode(long edge) {
          return 0;
        }

        @Override
        public long endNode(long edge) {
          return 0;
        }
      };
}
