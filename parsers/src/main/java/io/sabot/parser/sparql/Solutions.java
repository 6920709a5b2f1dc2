package io.sabot.parser.sparql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.jena.sparql.core.Var;

/// A plan and the column of each variable that it may bind. A nullable column may be unbound.
record Solutions(LogicalNode plan, Map<String, Column> variables) {
  Solutions {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  static final Solutions UNIT = new Solutions(LogicalNode.Values.UNIT, Map.of());

  Solutions over(LogicalNode newPlan) {
    return new Solutions(newPlan, variables);
  }

  Solutions without(String variable) {
    Map<String, Column> rest = new LinkedHashMap<>(variables);
    rest.remove(variable);
    return new Solutions(plan, rest);
  }

  /// Without the variables that stand for blank nodes of the query and for the inner nodes of
  /// paths.
  Solutions named() {
    Map<String, Column> named = new LinkedHashMap<>(variables);
    named.keySet().removeIf(name -> !isNamed(name));
    return new Solutions(plan, named);
  }

  /// Ours start with a slash, those for blank nodes with `_:`; ARQ makes the others up, with a name
  /// that no query can write.
  private static boolean isNamed(String name) {
    return !name.startsWith("/") && !name.startsWith("_:") && Var.isNamedVarName(name);
  }

  Solutions with(LogicalNode newPlan, String variable, Column column) {
    Map<String, Column> all = new LinkedHashMap<>(variables);
    all.put(variable, column);
    return new Solutions(newPlan, all);
  }
}
