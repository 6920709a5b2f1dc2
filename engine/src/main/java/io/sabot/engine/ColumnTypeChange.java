package io.sabot.engine;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.Comments;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.statement.Statement;
import io.sabot.store.Transaction;
import java.util.ArrayList;
import java.util.List;

/// Another type for a column, in a transaction: the new column is added, filled by an UPDATE, and
/// put in the place of the old one, whose keys, checks and indexes are made anew.
final class ColumnTypeChange {
  private final Statement.AlterColumnType change;
  private final Transaction transaction;
  private final List<IndexDef> indexes = new ArrayList<>();

  ColumnTypeChange(Statement.AlterColumnType change, Transaction transaction) {
    this.change = change;
    this.transaction = transaction;
  }

  /// Returns the statement that fills the new column.
  String add() {
    TableDef before = change.before();
    boolean isSame =
        transaction.view().catalog().table(before.id()).filter(before::equals).isPresent();
    if (!isSame) {
      throw Errors.conflict("the definition of table '" + before.name() + "'");
    }
    for (IndexDef index : transaction.view().catalog().indexes()) {
      if (index.target() instanceof IndexTarget.TableColumns(int tableId, var columnIds)
          && tableId == before.id()
          && columnIds.contains(change.oldColumn())) {
        indexes.add(index);
        transaction.catalog().dropIndex(index.id());
      }
    }
    transaction.catalog().alterTable(change.filled());
    ColumnDef made = change.filled().column(change.newColumn());
    return "UPDATE "
        + TableAlteration.quoted(before.schema())
        + "."
        + TableAlteration.quoted(before.name())
        + " SET "
        + TableAlteration.quoted(made.name())
        + " = DEFAULT";
  }

  /// To be called when the new column is filled.
  void complete() {
    TableDef after = change.after();
    // Checks that come new are tested on all rows.
    transaction.catalog().alterTable(after.withChecks(List.of()));
    if (!after.checks().isEmpty()) {
      transaction.catalog().alterTable(after);
    }
    for (IndexDef index : indexes) {
      IndexTarget.TableColumns target = (IndexTarget.TableColumns) index.target();
      List<Integer> columns =
          target.columnIds().stream()
              .map(id -> id == change.oldColumn() ? change.newColumn() : id)
              .toList();
      transaction
          .catalog()
          .createIndex(
              new IndexDef(
                  transaction.catalog().nextId(),
                  index.name(),
                  new IndexTarget.TableColumns(after.id(), columns),
                  index.unique()));
    }
    moveComment();
    transaction.checkConstraints();
  }

  private void moveComment() {
    String old = Comments.ofColumn(change.after().id(), change.oldColumn());
    String text = transaction.view().catalog().comments().get(old);
    if (text != null) {
      transaction.catalog().comment(old, null);
      transaction
          .catalog()
          .comment(Comments.ofColumn(change.after().id(), change.newColumn()), text);
    }
  }
}
