package io.sabot.exec.hash;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryDictionary;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.TermId;

/// Brings a key column into the form in which equal keys (by a mode) have equal bits.
///
/// Terms: the store's identifier instead of a query-local one, and for {@link EqMode#EQUIVALENT}
/// one representative of all equivalent numbers, for {@link EqMode#SQL} one of all equal intervals
/// and instants. Doubles: one zero and one NaN.
public final class KeyForm {
  private final EqMode mode;
  private final QueryRun run;
  private final Vector out;

  public KeyForm(Physical kind, EqMode mode, QueryRun run) {
    this.mode = mode;
    this.run = run;
    this.out = new Vector(kind, run.memory());
  }

  /// Whether keys may differ from the values they stand for.
  public static boolean changesValues(Physical kind, EqMode mode) {
    return mode != EqMode.TERM && kind == Physical.TERM || kind == Physical.DOUBLE;
  }

  public Vector of(Vector in, Batch batch) {
    return switch (in.kind()) {
      case TERM -> terms(in, batch);
      case DOUBLE -> doubles(in, batch);
      case BOOL, LONG, DECIMAL, STRING -> in;
    };
  }

  private Vector terms(Vector in, Batch batch) {
    QueryDictionary dictionary = run.dictionary();
    out.reset(batch.rows());
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long term = dictionary.canonical(in.getLong(row));
      out.setLong(
          row,
          switch (mode) {
            case SQL -> sql(term, dictionary);
            case EQUIVALENT -> equivalent(term, dictionary);
            case TERM -> term;
          });
    }
    return out;
  }

  private static long sql(long term, QueryDictionary dictionary) {
    return switch (TermId.tag(term)) {
      case TermId.TAG_DURATION, TermId.TAG_TEMPORAL ->
          dictionary.encode(Equality.sqlKey(dictionary.decode(term)));
      default -> term;
    };
  }

  private static long equivalent(long term, QueryDictionary dictionary) {
    return switch (TermId.tag(term)) {
      case TermId.TAG_REAL,
          TermId.TAG_REAL_BIG,
          TermId.TAG_DEC,
          TermId.TAG_DEC_BIG,
          TermId.TAG_LIST,
          TermId.TAG_MAP ->
          dictionary.encode(Equality.equivalenceKey(dictionary.decode(term)));
      default -> term;
    };
  }

  private Vector doubles(Vector in, Batch batch) {
    int rows = batch.rows();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (in.isNull(row)) {
        out.setNull(row, rows);
      } else {
        double value = in.getDouble(row);
        out.setDouble(row, value == 0 ? 0.0 : Double.isNaN(value) ? Double.NaN : value);
      }
    }
    return out;
  }
}
