package io.sabot.engine;

import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import java.util.Iterator;
import java.util.List;

/// The result of one statement. Rows of a query that only reads are computed while they are
/// fetched; a statement that writes has run, and outside a transaction has committed, before its
/// result is returned. Confined to one thread at a time; close it to give its memory and snapshot
/// back.
public interface Result extends Iterator<Row>, AutoCloseable {
  List<String> columns();

  /// The static types of the columns.
  List<Type> types();

  /// What the rows are: results, one boolean, triples, or nothing.
  ResultForm form();

  /// What the statement changed.
  Summary summary();

  /// The rest of the rows as Arrow batches.
  ArrowBatches arrow();

  /// Stops the query; a thread waiting in {@link #next} gets an error. The only method that another
  /// thread may call.
  void cancel();

  /// All rows that are left, in memory.
  default List<Row> toList() {
    List<Row> rows = new java.util.ArrayList<>();
    forEachRemaining(rows::add);
    return rows;
  }

  @Override
  void close();
}
