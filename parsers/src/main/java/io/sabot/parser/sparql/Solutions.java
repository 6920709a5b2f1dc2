package io.sabot.parser.sparql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

  Solutions with(LogicalNode newPlan, String variable, Column column) {
    Map<String, Column> all = new LinkedHashMap<>(variables);
    all.put(variable, column);
    return new Solutions(newPlan, all);
  }
}
