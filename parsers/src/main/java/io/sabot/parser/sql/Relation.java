package io.sabot.parser.sql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode;
import java.util.List;

/// A plan with the columns that stand for the fields of Calcite's row, in order. A column may stand
/// for several fields.
record Relation(LogicalNode plan, List<Column> fields) {
  Relation {
    fields = List.copyOf(fields);
  }

  Column field(int index) {
    return fields.get(index);
  }
}
