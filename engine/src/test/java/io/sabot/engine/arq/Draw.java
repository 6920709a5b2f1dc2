package io.sabot.engine.arq;

import java.util.Collection;
import java.util.List;
import java.util.Random;

/// Draws at random; the same seed draws the same.
record Draw(Random random) {
  /// Neighbouring seeds of `Random` start alike, so they are spread first.
  static Draw of(long seed) {
    return new Draw(new Random(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /// @param of in an order of its own
  <T> T one(Collection<T> of) {
    return List.copyOf(of).get(random.nextInt(of.size()));
  }
}
