package io.sabot.engine;

import io.sabot.exec.operator.Profile;
import io.sabot.exec.run.QueryRun;
import io.sabot.optimizer.Optimizer;
import io.sabot.optimizer.OptimizerSettings;
import io.sabot.optimizer.PhaseListener;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.statement.Statement.PlanForm;
import io.sabot.plan.text.PlanText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Plans as text.
final class Explain {
  private static final String PHYSICAL = "physical";

  private Explain() {}

  /// One phase, or every phase whose plan differs from the one before, the physical plan last.
  static String phases(
      LogicalNode plan,
      PlanForm form,
      Catalog catalog,
      OptimizerSettings settings,
      ColumnAllocator columns) {
    Map<String, String> phases = new LinkedHashMap<>();
    Optimizer.plan(
        plan,
        catalog,
        settings,
        columns,
        new PhaseListener() {
          @Override
          public void phase(String name, LogicalNode node) {
            phases.put(name, PlanText.of(node));
          }

          @Override
          public void physical(PhysicalNode node) {
            phases.put(PHYSICAL, PlanText.of(node));
          }
        });
    Map<String, String> shown = form.phase().isEmpty() ? changes(phases) : one(phases, form);
    if (form.asJson()) {
      return PlanJson.phases(shown);
    }
    StringBuilder out = new StringBuilder();
    shown.forEach((name, text) -> out.append("-- ").append(name).append('\n').append(text));
    return out.toString();
  }

  private static Map<String, String> changes(Map<String, String> phases) {
    Map<String, String> changes = new LinkedHashMap<>();
    String last = "";
    for (Map.Entry<String, String> phase : phases.entrySet()) {
      if (!phase.getValue().equals(last) || phase.getKey().equals(PHYSICAL)) {
        changes.put(phase.getKey(), phase.getValue());
      }
      last = phase.getValue();
    }
    return changes;
  }

  private static Map<String, String> one(Map<String, String> phases, PlanForm form) {
    String plan = phases.get(form.phase());
    if (plan == null) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          null,
          "this query has no phase '" + form.phase() + "'",
          "its phases are " + String.join(", ", phases.keySet()));
    }
    return Map.of(form.phase(), plan);
  }

  /// The plan before anything is costed, with columns numbered: equal for queries that differ only
  /// in language and names.
  static String normalised(
      LogicalNode plan, Catalog catalog, OptimizerSettings settings, ColumnAllocator columns) {
    return PlanText.numbered(
        Optimizer.optimize(plan, catalog, settings, columns, PhaseListener.NONE));
  }

  /// The physical plan with rows and time of each operator.
  static String profile(PhysicalNode plan, PlanForm form, Profile profile, QueryRun run) {
    if (form.asJson()) {
      return PlanJson.profile(plan, profile, run);
    }
    StringBuilder out = new StringBuilder();
    node(plan, 0, profile, out);
    out.append(
        String.format(Locale.ROOT, "memory peak %,d KiB%n", run.memory().peakBytes() / 1024));
    long spilled = run.memory().spill().writtenBytes();
    if (spilled > 0) {
      out.append(String.format(Locale.ROOT, "spilled to disk %,d KiB%n", kibibytes(spilled)));
    }
    return out.toString();
  }

  private static void node(PhysicalNode node, int depth, Profile profile, StringBuilder out) {
    Profile.Figures figures = profile.of(node);
    String label = PlanText.line(node);
    out.append("  ".repeat(depth))
        .append(label)
        .append(
            String.format(
                Locale.ROOT,
                "   [rows %,d, %.2f ms",
                figures.rows().get(),
                figures.nanos().get() / 1e6))
        .append(spilled(figures.spilledBytes().get()))
        .append("]\n");
    for (PhysicalNode input : PhysicalInputs.of(node)) {
      node(input, depth + 1, profile, out);
    }
  }

  private static String spilled(long bytes) {
    return bytes == 0 ? "" : String.format(Locale.ROOT, ", spilled %,d KiB", kibibytes(bytes));
  }

  private static long kibibytes(long bytes) {
    return (bytes + 1023) / 1024;
  }
}
