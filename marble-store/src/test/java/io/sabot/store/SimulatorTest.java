package io.sabot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.store.SimulatedWorld.Fault;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Runs {@link Simulation} with fixed and with fresh seeds. `-Dsim.seeds=10000` sets how many fresh
/// ones, `-Dsim.seed=` repeats one.
class SimulatorTest {
  private static final int FIXED = 40;
  private static final int FRESH = Integer.getInteger("sim.seeds", 60);

  @Test
  void theStoreAgreesWithTheModelWhateverFails() {
    Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    Long only = Long.getLong("sim.seed");
    int[] commits = new int[1];
    long fresh = System.nanoTime();
    int count = only == null ? FIXED + FRESH : 1;
    for (int i = 0; i < count; i++) {
      long seed = only != null ? only : i < FIXED ? i : fresh + i;
      run(seed, faults, commits);
    }
    System.out.println(count + " seeds, " + commits[0] + " commits, faults " + faults);
    assertThat(commits[0]).isPositive();
  }

  private static void run(long seed, Map<Fault, Integer> faults, int[] commits) {
    try (Simulation simulation = new Simulation(seed)) {
      simulation.run();
      simulation.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
      commits[0] += simulation.commits();
    } catch (Throwable failed) {
      throw new AssertionError("-Dsim.seed=" + seed + ": " + failed.getMessage(), failed);
    }
  }
}
