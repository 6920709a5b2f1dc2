package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hash aggregation. Each worker groups its own rows; the groups are merged at the end. Aggregates
/// whose states cannot be merged run on one worker. What does not fit in memory goes to disk, and
/// is aggregated a part at a time while the result is read.
final class AggregateOperator extends Operator {
  private final Operator input;
  private final PhysicalNode.Aggregate node;
  private final List<List<Column>> sets;
  private final boolean mergeable;
  private @Nullable AggregateGroups result;
  private @Nullable SpilledGroups spilled;

  AggregateOperator(Operator input, PhysicalNode.Aggregate node, BuildContext context) {
    super(node.columns(), context);
    this.input = input;
    this.node = node;
    this.sets = node.groupingSets().isEmpty() ? List.of(node.keys()) : node.groupingSets();
    this.mergeable = newGroups(1).canMerge();
    context.countSpiller();
  }

  private AggregateGroups newGroups(int workers) {
    return new AggregateGroups(
        node, sets, input.columns(), compiler(input.columns()), run(), workers);
  }

  /// A group whose key nobody wants need not be made.
  @Override
  protected void narrow(Column column, KeyFilter filter) {
    if (sets.stream().allMatch(set -> set.contains(column))) {
      narrow(input, column, filter);
    }
  }

  @Override
  public void prepare() {
    input.prepare();
    int allowed = mergeable ? Math.min(run().workers().parallelism(), input.streams()) : 1;
    int workers = Math.max(1, allowed);
    AggregateGroups[] groups = new AggregateGroups[workers];
    @Nullable Partitions[] partitions = new Partitions[workers];
    for (int w = 0; w < workers; w++) {
      groups[w] = newGroups(workers);
    }
    drain(
        input,
        workers,
        (worker, batch) -> {
          if (!groups[worker].fits(batch)) {
            partitions[worker] = relieve(groups[worker], partitions[worker], workers);
          }
          groups[worker].add(batch);
        });
    if (mergeable) {
      merge(groups, partitions);
    }
    result = groups[0];
    SpilledGroups onDisk = spilled;
    if (onDisk != null) {
      for (Partitions written : partitions) {
        if (written != null) {
          written.finish();
        }
      }
      onDisk.complete();
    }
    if (onDisk == null || !mergeable) {
      result.addEmptySets();
    }
  }

  /// Makes room, on disk.
  private Partitions relieve(AggregateGroups groups, @Nullable Partitions open, int workers) {
    Partitions to = open == null ? onDisk(groups, workers).partitions() : open;
    if (mergeable) {
      groups.evict(to);
    } else {
      groups.freeze(to);
    }
    return to;
  }

  private synchronized SpilledGroups onDisk(AggregateGroups groups, int workers) {
    SpilledGroups made = spilled;
    if (made == null) {
      made = new SpilledGroups(groups, mergeable, workers, this::spillFile, run());
      spilled = made;
    }
    return made;
  }

  /// Brings the groups of all workers together: in memory, or all on disk.
  private void merge(AggregateGroups[] groups, @Nullable Partitions[] partitions) {
    int merged = 1;
    while (merged < groups.length && spilled == null && groups[0].fits(groups[merged])) {
      groups[0].merge(groups[merged]);
      groups[merged].clear();
      merged++;
    }
    if (spilled == null && merged == groups.length) {
      return;
    }
    for (int w = 0; w < groups.length; w++) {
      partitions[w] = relieve(groups[w], partitions[w], groups.length);
    }
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    if (result != null) {
      result.clear();
    }
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(node.keys());
    node.calls().forEach(call -> produced.add(call.out()));
    AggregateGroups groups = result;
    if (groups == null) {
      throw new IllegalStateException("aggregate opened before it was prepared");
    }
    return Columns.pick(new Emit(groups, produced), produced, columns());
  }

  /// Delivers the groups: those in memory, then those on disk, which take their place.
  private final class Emit implements BatchStream {
    private final AggregateGroups groups;
    private final Batch batch;
    private final int[] indexes = new int[Batch.ROWS_MAX];
    private int next;

    Emit(AggregateGroups groups, List<Column> produced) {
      this.groups = groups;
      Vector[] vectors = new Vector[produced.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
      }
      this.batch = new Batch(vectors);
    }

    @Override
    public @Nullable Batch next() {
      while (next >= groups.size()) {
        SpilledGroups more = spilled;
        if (more == null) {
          return null;
        }
        groups.clear();
        next = 0;
        if (!more.next(groups)) {
          return null;
        }
      }
      return some();
    }

    private Batch some() {
      int from = next;
      int count = Math.min(run().batchRows(), groups.size() - from);
      next += count;
      for (int i = 0; i < count; i++) {
        indexes[i] = from + i;
      }
      int keys = node.keys().size();
      for (int k = 0; k < keys; k++) {
        batch.vector(k).gather(groups.key(k), indexes, count);
      }
      for (int s = 0; s < node.calls().size(); s++) {
        groups.state(s).emit(from, count, batch.vector(keys + s));
      }
      batch.all(count);
      return batch;
    }
  }
}
