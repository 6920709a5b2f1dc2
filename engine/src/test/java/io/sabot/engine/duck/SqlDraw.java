package io.sabot.engine.duck;

import java.util.List;
import java.util.Random;

/// What the parts of one random query draw from, and the names that they have used up.
final class SqlDraw {
  private final Random random;
  private int names;

  SqlDraw(Random random) {
    this.random = random;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String name(String prefix) {
    return prefix + names++;
  }
}
