package io.sabot.plan.value;

import java.util.AbstractList;
import java.util.RandomAccess;

/// The integers `start`, `start + step`, ... as a list that computes its elements: a range of any
/// length takes no memory of its own.
public final class IntegerRange extends AbstractList<Value> implements RandomAccess {
  private final long start;
  private final long step;
  private final int size;

  public IntegerRange(long start, long step, int size) {
    this.start = start;
    this.step = step;
    this.size = size;
  }

  @Override
  public Value get(int index) {
    return Value.of(start + java.util.Objects.checkIndex(index, size) * step);
  }

  @Override
  public int size() {
    return size;
  }
}
