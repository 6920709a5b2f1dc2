package io.sabot.exec.operator;

import io.sabot.plan.physical.PhysicalNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Rows and time of every node of a plan, while `PROFILE` runs. Thread-safe.
public final class Profile {
  private final Map<PhysicalNode, Figures> figures = new IdentityHashMap<>();

  /// Rows delivered, wall time spent in the node and below, and bytes written to disk, over all
  /// workers.
  public record Figures(
      AtomicLong rows, AtomicLong batches, AtomicLong nanos, AtomicLong spilledBytes) {}

  /// Counts what `changed` delivers as rows of `original`, in whose place it runs.
  synchronized void countAs(PhysicalNode changed, PhysicalNode original) {
    figures.put(changed, of(original));
  }

  public synchronized Figures of(PhysicalNode node) {
    return figures.computeIfAbsent(
        node,
        n -> new Figures(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong()));
  }
}
