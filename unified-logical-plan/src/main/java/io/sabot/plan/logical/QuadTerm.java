package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.value.Value;

/// One position of a quad pattern or template.
public sealed interface QuadTerm {
  /// Binds this column. Each position binds a column of its own: a variable used twice is two
  /// columns and a filter (lowering) or join condition.
  record Bind(Column column) implements QuadTerm {}

  record Constant(Value value) implements QuadTerm {}

  /// Matches anything and binds nothing.
  record Wildcard() implements QuadTerm {}

  /// In templates only: the value of an expression over the row.
  record Computed(Expr expr) implements QuadTerm {}

  /// In templates only: a blank node that is new for every row, the same for equal labels.
  record FreshBlank(String label) implements QuadTerm {}

  /// In templates only: a triple term of such parts.
  record Quoted(QuadTerm subject, QuadTerm predicate, QuadTerm object) implements QuadTerm {}
}
