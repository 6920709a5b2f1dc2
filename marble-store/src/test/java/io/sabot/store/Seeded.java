package io.sabot.store;

import java.util.Random;

/// A random source whose seed is printed; `-Dseed=` repeats a run.
public final class Seeded {
  private Seeded() {}

  public static Random random(String test) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(test + ": -Dseed=" + seed);
    return new Random(seed);
  }
}
