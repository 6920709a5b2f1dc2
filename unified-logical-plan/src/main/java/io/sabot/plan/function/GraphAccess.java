package io.sabot.plan.function;

import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entities by term identifier, whichever family stores them. An entity that does not exist has no
/// labels and no properties.
public interface GraphAccess {
  boolean exists(long entity);

  /// Whether the running statement deleted the entity, so that its labels and properties are gone.
  boolean isDeleted(long entity);

  /// The labels of a node in alphabetical order, or the single type of an edge. An element of a
  /// property graph has the labels that plans know (see `PropertyGraphDef`).
  List<String> labels(long entity);

  Value property(long entity, String key);

  /// All properties that are not null, by key.
  Map<String, Value> properties(long entity);

  long startNode(long edge);

  long endNode(long edge);

  /// The row of a table whose form in the graph is this IRI; null when there is none.
  default @Nullable MappedElement element(Value.Iri iri) {
    return null;
  }

  /// A property of an element that is an IRI.
  default Value property(Value.Iri iri, String key) {
    MappedElement element = element(iri);
    return element == null ? Value.NULL : element.properties().getOrDefault(key, Value.NULL);
  }

  /// An element that is an IRI: a row whose key is not a single integer.
  ///
  /// @param labels of a node; the type of an edge
  /// @param source the node at the start of an edge, `Value.NULL` for a node
  record MappedElement(
      boolean isEdge,
      List<String> labels,
      Map<String, Value> properties,
      Value source,
      Value target) {}

  /// The one form of a term within a query: an IRI that names a row or a node is that entity.
  default Value canonical(Value term) {
    return term;
  }

  /// A number for an element in any form: that of a reference, and for an IRI one that is the same
  /// within a query.
  default long idOf(Value element) {
    return switch (element) {
      case Value.NodeRef(long id) -> id;
      case Value.EdgeRef(long id) -> id;
      default -> 0;
    };
  }

  /// The node at the start of an edge in any form, `Value.NULL` for anything else.
  default Value start(Value edge) {
    return end(edge, true);
  }

  default Value end(Value edge) {
    return end(edge, false);
  }

  private Value end(Value edge, boolean start) {
    return switch (edge) {
      case Value.EdgeRef(long id) -> {
        long node = start ? startNode(id) : endNode(id);
        yield node == 0 ? Value.NULL : new Value.NodeRef(node);
      }
      case Value.Iri iri -> {
        MappedElement element = element(iri);
        yield element == null ? Value.NULL : start ? element.source() : element.target();
      }
      default -> Value.NULL;
    };
  }

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
