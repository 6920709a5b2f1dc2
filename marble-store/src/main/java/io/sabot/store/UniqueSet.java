package io.sabot.store;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;

/// A tuple set in which no two entries may be of the same key, as a transaction sees it at one
/// moment: keys and unique indexes of tables, unique indexes of the graph.
sealed interface UniqueSet {
  long space();

  int arity();

  /// Components before the last.
  default int length() {
    return arity() - 1;
  }

  /// Whether equal components are the same key.
  boolean isExact();

  /// Whether two entries with equal components are of the same key, by their last components.
  boolean isSame(long last, long other);

  /// What a statement fails with that adds an entry which is there already.
  QueryException duplicate(long last);

  /// What a commit conflicts about.
  String what();

  /// A key or index of a table.
  record OfRows(TableTarget target, RowSet set, StateTableReader rows) implements UniqueSet {
    @Override
    public long space() {
      return set.space();
    }

    @Override
    public int arity() {
      return set.codec().arity();
    }

    @Override
    public boolean isExact() {
      return set.codec().isExact();
    }

    @Override
    public boolean isSame(long last, long other) {
      return set.codec()
          .sameKey(
              TableTarget.chunks(rows, set.codec(), last),
              Segment.row(last),
              TableTarget.chunks(rows, set.codec(), other),
              Segment.row(other));
    }

    @Override
    public QueryException duplicate(long last) {
      StringBuilder names = new StringBuilder();
      for (int id : set.codec().columnIds()) {
        names.append(names.isEmpty() ? "" : ", ").append(target.definition().column(id).name());
      }
      return new QueryException(
          ErrorCode.UNIQUE_VIOLATION,
          null,
          "table '"
              + target.definition().name()
              + "' has a row with "
              + set.name()
              + " ("
              + names
              + ") = ("
              + keyText(last)
              + ") already",
          "");
    }

    private String keyText(long address) {
      ColumnChunk[] chunks = TableTarget.chunks(rows, set.codec(), address);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < chunks.length; i++) {
        var type = target.definition().column(set.codec().columnIds().get(i)).type();
        text.append(i == 0 ? "" : ", ");
        text.append(ColumnText.of(type, chunks[i], Segment.row(address)));
      }
      return text.toString();
    }

    @Override
    public String what() {
      return "a row with the same key of table '" + target.definition().name() + "'";
    }
  }

  /// An index of nodes or edges.
  record OfElements(GraphIndexes indexes, GraphIndexes.ElementSet set) implements UniqueSet {
    @Override
    public long space() {
      return set.space();
    }

    @Override
    public int arity() {
      return set.codec().arity();
    }

    @Override
    public boolean isExact() {
      return false;
    }

    @Override
    public boolean isSame(long last, long other) {
      return indexes.isSame(set, last, other);
    }

    @Override
    public QueryException duplicate(long last) {
      return indexes.duplicate(set, last);
    }

    @Override
    public String what() {
      return "a " + GraphIndexes.describe(set.index().target()) + " with the same values";
    }
  }
}
