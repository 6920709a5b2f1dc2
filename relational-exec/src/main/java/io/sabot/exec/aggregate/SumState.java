package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/// `sum` and `avg` of integers and decimals, exactly, in 128 bits; of doubles in a double.
final class SumState implements AggregateState {
  private final VectorExpr arg;
  private final Physical kind;
  private final int inputScale;
  private final Type resultType;
  private final boolean average;

  /// What a sum over no rows is: null (SQL) or 0 (Cypher).
  private final boolean zeroWhenEmpty;

  private long[] low = new long[16];
  private long[] high = new long[16];
  private double[] reals = new double[16];
  private long[] counts = new long[16];

  SumState(
      VectorExpr arg, Type inputType, Type resultType, boolean average, boolean zeroWhenEmpty) {
    this.arg = arg;
    this.kind = inputType.physical();
    this.inputScale = io.sabot.exec.batch.Cells.scale(inputType);
    this.resultType = resultType;
    this.average = average;
    this.zeroWhenEmpty = zeroWhenEmpty;
  }

  @Override
  public void ensure(int groups) {
    if (counts.length < groups) {
      int size = Math.max(groups, counts.length * 2);
      counts = Arrays.copyOf(counts, size);
      if (kind == Physical.DOUBLE) {
        reals = Arrays.copyOf(reals, size);
      } else {
        low = Arrays.copyOf(low, size);
        high = Arrays.copyOf(high, size);
      }
    }
  }

  @Override
  public void update(Batch batch, int[] groups) {
    Vector in = arg.eval(batch);
    if (kind == Physical.DOUBLE) {
      updateReals(in, batch, groups);
    } else if (in.isWide()) {
      updateWide(in, batch, groups);
    } else {
      updateLongs(in, batch, groups);
    }
  }

  private void updateReals(Vector in, Batch batch, int[] groups) {
    boolean nulls = in.hasNulls();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!nulls || !in.isNull(row)) {
        reals[groups[i]] += in.getDouble(row);
        counts[groups[i]]++;
      }
    }
  }

  private void updateLongs(Vector in, Batch batch, int[] groups) {
    boolean nulls = in.hasNulls();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!nulls || !in.isNull(row)) {
        int g = groups[i];
        add(g, in.getLong(row), in.getLong(row) >> 63);
        counts[g]++;
      }
    }
  }

  private void updateWide(Vector in, Batch batch, int[] groups) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!in.isNull(row)) {
        add(groups[i], in.getLong(row), in.high().get(Vector.LONG, 8L * row));
        counts[groups[i]]++;
      }
    }
  }

  private void add(int g, long addLow, long addHigh) {
    long before = low[g];
    long after = before + addLow;
    low[g] = after;
    high[g] += addHigh + (Long.compareUnsigned(after, before) < 0 ? 1 : 0);
  }

  @Override
  public void merge(AggregateState other, int[] mapping) {
    SumState theirs = (SumState) other;
    for (int g = 0; g < mapping.length; g++) {
      int here = mapping[g];
      counts[here] += theirs.counts[g];
      if (kind == Physical.DOUBLE) {
        reals[here] += theirs.reals[g];
      } else {
        add(here, theirs.low[g], theirs.high[g]);
      }
    }
  }

  @Override
  public void emit(int from, int count, Vector out) {
    out.reset(count);
    for (int i = 0; i < count; i++) {
      int g = from + i;
      if (counts[g] == 0 && !(zeroWhenEmpty && !average)) {
        out.setNull(i, count);
      } else if (kind == Physical.DOUBLE) {
        out.setDouble(i, average ? reals[g] / counts[g] : reals[g]);
      } else if (average) {
        emitAverage(out, i, g, count);
      } else if (resultType.physical() == Physical.LONG) {
        if (high[g] != low[g] >> 63) {
          throw Errors.outOfRange("sum", "a 64-bit integer");
        }
        out.setLong(i, low[g]);
      } else {
        emitDecimal(out, i, total(g), count);
      }
    }
  }

  @Override
  public void clear() {
    low = new long[16];
    high = new long[16];
    reals = new double[16];
    counts = new long[16];
  }

  @Override
  public long heapBytes() {
    return 8L * (low.length + high.length + reals.length + counts.length);
  }

  /// How many rows, and the sum: one word of a double, two of an integer.
  @Override
  public int words() {
    return kind == Physical.DOUBLE ? 2 : 3;
  }

  @Override
  public void save(int from, int count, Vector[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at].setLong(i, counts[from + i]);
      if (kind == Physical.DOUBLE) {
        out[at + 1].setLong(i, Double.doubleToRawLongBits(reals[from + i]));
      } else {
        out[at + 1].setLong(i, low[from + i]);
        out[at + 2].setLong(i, high[from + i]);
      }
    }
  }

  @Override
  public void absorb(Vector[] in, int at, Batch batch, int[] groups) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int g = groups[i];
      counts[g] += in[at].getLong(row);
      if (kind == Physical.DOUBLE) {
        reals[g] += Double.longBitsToDouble(in[at + 1].getLong(row));
      } else {
        add(g, in[at + 1].getLong(row), in[at + 2].getLong(row));
      }
    }
  }

  private BigInteger total(int g) {
    return BigInteger.valueOf(high[g])
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(low[g])));
  }

  private static void emitDecimal(Vector out, int row, BigInteger value, int rows) {
    out.setUnscaled(row, value, rows, row);
  }

  private void emitAverage(Vector out, int row, int g, int rows) {
    BigDecimal mean =
        new BigDecimal(total(g), inputScale)
            .divide(BigDecimal.valueOf(counts[g]), MathContext.DECIMAL128);
    if (resultType instanceof Type.Decimal decimal) {
      emitDecimal(out, row, Cells.unscaled(new Value.Dec(mean), decimal), rows);
    } else {
      out.setDouble(row, mean.doubleValue());
    }
  }
}
