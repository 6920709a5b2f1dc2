package io.sabot.optimizer;

import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalNode;

/// Sees the plan after each phase: for EXPLAIN, and for tests that check every step.
public interface PhaseListener {
  PhaseListener NONE = new PhaseListener() {};

  /// @param phase a name such as `unfold`; the plan as lowered comes first, as `logical`
  default void phase(String phase, LogicalNode plan) {}

  /// A rule of the normalisation has changed the plan.
  default void fired(String rule) {}

  default void physical(PhysicalNode plan) {}
}
