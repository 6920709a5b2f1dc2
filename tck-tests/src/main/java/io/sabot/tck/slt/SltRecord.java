package io.sabot.tck.slt;

import java.util.List;

/// What a test file asks for.
sealed interface SltRecord {
  /// Of the file, where the record begins; the first is 1.
  int line();

  String sql();

  /// @param fails whether it must end in an error
  record Statement(int line, String sql, boolean fails) implements SltRecord {}

  /// @param types a letter for each column, how its values are printed: I as integers, R with three
  ///   decimals, T as text
  /// @param expected the values, one by one, or one line with their number and hash
  record Query(int line, String sql, String types, Order order, List<String> expected)
      implements SltRecord {}

  /// How a result is put in order before it is compared.
  enum Order {
    /// Not at all: the query sorts.
    AS_RETURNED,
    BY_ROW,
    BY_VALUE
  }
}
