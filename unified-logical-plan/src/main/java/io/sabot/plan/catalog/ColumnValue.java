package io.sabot.plan.catalog;

/// Where the value of a column comes from when a statement gives none.
public sealed interface ColumnValue {
  /// A SQL expression without columns.
  record Default(String expression) implements ColumnValue {}

  /// A SQL expression over the other columns of the row. Statements never give a value, and the
  /// column is computed again with every change of the row.
  record Generated(String expression) implements ColumnValue {}

  /// The next number of a sequence.
  ///
  /// @param always whether statements may not give a value
  record Identity(int sequenceId, boolean always) implements ColumnValue {}
}
