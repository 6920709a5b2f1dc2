package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.store.segment.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tests CHECK constraints at the end of a statement: of the rows that it added, and of all rows
/// where a constraint is new.
final class RowChecks {
  private final StoreTransaction transaction;
  private final Map<Integer, Integer> checkedRows = new HashMap<>();

  RowChecks(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  /// After a return to a savepoint everything is checked anew.
  void forget() {
    checkedRows.clear();
  }

  void checkStatement() {
    for (TableTarget target : List.copyOf(transaction.targets())) {
      TableDef table = target.definition();
      TableChanges changes = transaction.tableIfChanged(table.id());
      if (!table.checks().isEmpty() && changes != null) {
        List<TableChanges.Appended> appended = changes.appended();
        int from = checkedRows.getOrDefault(table.id(), 0);
        if (from < appended.size()) {
          check(table, transaction.reader(changes), appended.subList(from, appended.size()));
          checkedRows.put(table.id(), appended.size());
        }
      }
    }
  }

  private void check(TableDef table, StateTableReader rows, List<TableChanges.Appended> runs) {
    Snapshot view = transaction.view();
    for (TableChanges.Appended run : runs) {
      Segment segment = rows.segment(Segment.segmentId(run.address()));
      checker(transaction.store(), table)
          .check(view, table, segment, Segment.row(run.address()), run.rows());
    }
  }

  /// Tests every row of a table whose constraints are new.
  void checkAll(TableDef table, StateTableReader rows) {
    Snapshot view = transaction.view();
    for (Segment segment : rows.segments()) {
      checker(transaction.store(), table).check(view, table, segment, 0, segment.rowCount());
    }
  }

  private static RowChecker checker(MarbleStore store, TableDef table) {
    RowChecker checker = store.rowChecker();
    if (checker == null) {
      throw Errors.unsupported(
          null,
          "writing to table '" + table.name() + "' with CHECK constraints by the store alone");
    }
    return checker;
  }
}
