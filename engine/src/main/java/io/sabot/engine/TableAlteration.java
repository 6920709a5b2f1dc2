package io.sabot.engine;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.statement.Statement;
import io.sabot.store.Transaction;
import java.util.List;

/// ALTER TABLE in a transaction. A new column that rows get a value for is added, filled by an
/// UPDATE and then, where it must be, made NOT NULL.
final class TableAlteration {
  private final Statement.AlterTable alter;
  private final Transaction transaction;
  private TableDef after;

  TableAlteration(Statement.AlterTable alter, Transaction transaction) {
    this.alter = alter;
    this.transaction = transaction;
    this.after = alter.after();
  }

  /// Returns the statement that fills a new column; empty when there is nothing to fill.
  String apply() {
    TableDef before = alter.before();
    TableDef now =
        transaction
            .view()
            .catalog()
            .table(before.id())
            .orElseThrow(() -> Errors.conflict("the definition of table '" + before.name() + "'"));
    if (!now.equals(before)) {
      throw Errors.conflict("the definition of table '" + before.name() + "'");
    }
    dropIndexes();
    for (int sequence : alter.droppedSequences()) {
      transaction.catalog().dropSequence(sequence);
    }
    after = Definitions.withSequences(after, alter.sequences(), after.id(), transaction);
    ColumnDef filled = alter.filled() == 0 ? null : after.column(alter.filled());
    TableDef first = filled == null ? after : after.withColumn(filled.withNullable(true));
    transaction.catalog().alterTable(first);
    return filled == null
        ? ""
        : "UPDATE "
            + quoted(after.schema())
            + "."
            + quoted(after.name())
            + " SET "
            + quoted(filled.name())
            + " = DEFAULT";
  }

  private void dropIndexes() {
    List<Integer> left = after.columns().stream().map(ColumnDef::id).toList();
    for (IndexDef index : transaction.view().catalog().indexes()) {
      if (index.target() instanceof IndexTarget.TableColumns(int tableId, var columnIds)
          && tableId == after.id()
          && !left.containsAll(columnIds)) {
        transaction.catalog().dropIndex(index.id());
      }
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// To be called when the new column is filled.
  void complete() {
    if (!after.column(alter.filled()).nullable()) {
      transaction.catalog().alterTable(after);
    }
  }
}
