package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Name;
import io.sabot.plan.error.Errors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables that can be seen at one place, in the order in which they were introduced.
final class Scope {
  private final Map<String, StaticType> types;

  Scope() {
    types = new LinkedHashMap<>();
  }

  private Scope(Map<String, StaticType> types) {
    this.types = new LinkedHashMap<>(types);
  }

  /// A scope that sees the same and can grow on its own.
  Scope inner() {
    return new Scope(types);
  }

  boolean contains(String name) {
    return types.containsKey(name);
  }

  @Nullable StaticType find(String name) {
    return types.get(name);
  }

  /// The type of a variable that must be in scope.
  StaticType type(Name name) {
    StaticType type = types.get(name.text());
    if (type == null) {
      throw Errors.unknownVariable(name.place().span(), name.text(), types.keySet());
    }
    return type;
  }

  void bind(String name, StaticType type) {
    types.put(name, type);
  }

  Set<String> names() {
    return types.keySet();
  }

  boolean isEmpty() {
    return types.isEmpty();
  }

  void bindAll(Scope other) {
    types.putAll(other.types);
  }
}
