package io.sabot.tck.slt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Which queries of which files are run.
final class SltSample {
  private SltSample() {}

  /// @param queries by their number in the file, from 0; null for every record of the file
  record Part(String file, @Nullable BitSet queries) {}

  /// `wanted` queries out of all of the given files, each as likely as the others; the same for the
  /// same seed.
  static List<Part> draw(List<String> files, long wanted, long seed) {
    int[] counts = files.parallelStream().mapToInt(SltSample::queries).toArray();
    long remaining = 0;
    for (int count : counts) {
      remaining += count;
    }
    SplittableRandom random = new SplittableRandom(seed);
    long missing = wanted;
    List<Part> parts = new ArrayList<>();
    for (int f = 0; f < counts.length; f++) {
      BitSet drawn = new BitSet();
      for (int q = 0; q < counts[f]; q++) {
        if (random.nextLong(remaining--) < missing) {
          drawn.set(q);
          missing--;
        }
      }
      if (!drawn.isEmpty()) {
        parts.add(new Part(files.get(f), drawn));
      }
    }
    return parts;
  }

  private static int queries(String file) {
    int count = 0;
    try (SltReader reader = SltFiles.open(file)) {
      for (SltRecord next = reader.next(); next != null; next = reader.next()) {
        count += next instanceof SltRecord.Query ? 1 : 0;
      }
    }
    return count;
  }
}
