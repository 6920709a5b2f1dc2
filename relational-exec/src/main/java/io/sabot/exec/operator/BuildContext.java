package io.sabot.exec.operator;

import io.sabot.exec.batch.RowStore;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an operator is built: the running query, the values of outer columns, and what the sides
/// of an `Apply` share between their runs.
public final class BuildContext {
  private final QueryRun run;
  private final Map<Column, Value> outer;
  private final OperatorBuilder builder;
  private final Map<PhysicalNode, SpooledRows> shared;
  private final Map<Integer, RowStore> work;
  private final @Nullable Profile profile;
  private final @Nullable OuterBatch argument;

  private BuildContext(
      QueryRun run,
      OperatorBuilder builder,
      Map<Column, Value> outer,
      Map<PhysicalNode, SpooledRows> shared,
      Map<Integer, RowStore> work,
      @Nullable Profile profile,
      @Nullable OuterBatch argument) {
    this.run = run;
    this.builder = builder;
    this.outer = outer;
    this.shared = shared;
    this.work = work;
    this.profile = profile;
    this.argument = argument;
  }

  public static BuildContext root(
      QueryRun run, OperatorBuilder builder, @Nullable Profile profile) {
    return new BuildContext(
        run, builder, Map.of(), new IdentityHashMap<>(), new HashMap<>(), profile, null);
  }

  public QueryRun run() {
    return run;
  }

  public Map<Column, Value> outer() {
    return outer;
  }

  public @Nullable Profile profile() {
    return profile;
  }

  public Operator build(PhysicalNode node) {
    return builder.build(node, this);
  }

  /// The same place with more outer columns.
  public BuildContext with(Map<Column, Value> more) {
    Map<Column, Value> all = new HashMap<>(outer);
    all.putAll(more);
    return new BuildContext(run, builder, all, shared, work, profile, null);
  }

  /// The same place with many outer rows at once.
  BuildContext with(OuterBatch rows) {
    return new BuildContext(run, builder, outer, shared, work, profile, rows);
  }

  /// The outer rows of a side that runs for many at once; null where there is one outer row.
  @Nullable OuterBatch argument() {
    return argument;
  }

  /// Whether what is built here belongs to a side that is run again and again.
  boolean isRepeated() {
    return argument != null || !outer.isEmpty();
  }

  /// Counts an operator that can spill. One that is built again and again counts with those of the
  /// plan around it, which wait while it runs.
  void countSpiller() {
    if (!isRepeated()) {
      run.memory().addSpiller();
    }
  }

  /// Rows of subplans that do not depend on outer columns, computed once for all runs of a side.
  Map<PhysicalNode, SpooledRows> shared() {
    return shared;
  }

  /// The rows that the step of a recursion reads, by its number.
  Map<Integer, RowStore> work() {
    return work;
  }
}
