package io.sabot.exec.scan;

import io.sabot.exec.batch.Batch;
import io.sabot.store.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Ranges of rows of some segments, handed out one by one to the workers of a scan. Thread-safe.
public final class Morsels {
  private final List<Morsel> morsels = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final int rowsMax;

  /// @param rowsMax how many rows a range has, at most
  public Morsels(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  /// Some rows of one segment.
  ///
  /// @param source number of the table among those scanned
  public record Morsel(int source, Segment segment, int from, int count) {}

  /// @param wanted segments for which this is false are skipped
  public void add(int source, List<Segment> segments, Predicate<Segment> wanted) {
    for (Segment segment : segments) {
      if (segment.liveCount() > 0 && wanted.test(segment)) {
        for (int from = 0; from < segment.rowCount(); from += rowsMax) {
          int count = Math.min(rowsMax, segment.rowCount() - from);
          morsels.add(new Morsel(source, segment, from, count));
        }
      }
    }
  }

  public int size() {
    return morsels.size();
  }

  public @Nullable Morsel next() {
    int index = next.getAndIncrement();
    return index < morsels.size() ? morsels.get(index) : null;
  }

  /// Narrows `batch` (all rows of the morsel) to the live ones; `out` has room for them.
  public static void dropDeleted(Morsel morsel, Batch batch, int[] out) {
    if (morsel.segment().deletedRows() == null) {
      batch.all(morsel.count());
      return;
    }
    int n = 0;
    for (int i = 0; i < morsel.count(); i++) {
      if (morsel.segment().isLive(morsel.from() + i)) {
        out[n++] = i;
      }
    }
    batch.select(morsel.count(), out, n);
  }
}
