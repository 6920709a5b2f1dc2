package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.scan.ChunkReader;
import io.sabot.exec.scan.Morsels;
import io.sabot.exec.scan.ZoneFilter;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.ZoneMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Scans a stored table: skips segments by zone map, decodes the columns that the predicate needs,
/// selects, and decodes the other columns only for batches with rows left.
final class TableScanOperator extends Operator {
  private final PhysicalNode.TableScan node;
  private final List<Column> produced = new ArrayList<>();
  private final Map<Column, Integer> columnIds = new HashMap<>();
  private final List<Narrowing> narrowings = new ArrayList<>();
  private Morsels morsels = new Morsels(1);

  TableScanOperator(PhysicalNode.TableScan node, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    for (ColumnRead read : node.reads()) {
      produced.add(read.column());
      columnIds.put(read.column(), read.columnId());
    }
    if (node.rowAddress() != null) {
      produced.add(node.rowAddress());
    }
  }

  /// Keys that a column needs.
  ///
  /// @param column position among those produced
  private record Narrowing(int column, int columnId, KeyFilter filter) {
    boolean mayMatch(Segment segment) {
      ZoneMap zone = segment.zone(columnId);
      return !zone.isAllNull() && (!zone.hasBounds() || filter.mayHave(zone.min(), zone.max()));
    }
  }

  @Override
  protected void narrow(Column column, KeyFilter filter) {
    Integer columnId = columnIds.get(column);
    if (columnId != null && column.type().physical() == Physical.LONG) {
      narrowings.add(new Narrowing(produced.indexOf(column), columnId, filter));
    }
  }

  @Override
  public void prepare() {
    morsels = new Morsels(run().batchRows());
    ZoneFilter zones = new ZoneFilter(node.predicate(), columnIds);
    morsels.add(
        0,
        run().snapshot().table(node.tableId()).segments(),
        segment ->
            zones.mayMatch(segment) && narrowings.stream().allMatch(n -> n.mayMatch(segment)));
  }

  @Override
  public int streams() {
    return Math.max(1, morsels.size());
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Scan(), produced, columns());
  }

  private final class Scan implements BatchStream {
    private final ChunkReader reader = new ChunkReader(run().memory());
    private final Batch batch;
    private final List<Integer> early = new ArrayList<>();
    private final List<KeyTest> keys = new ArrayList<>();
    private final List<Integer> late = new ArrayList<>();
    private final @Nullable Selector selector;
    private final int[] live = new int[Batch.ROWS_MAX];

    Scan() {
      Vector[] vectors = new Vector[produced.size()];
      Set<Column> tested = node.predicate().columns();
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
        (tested.contains(produced.get(c)) ? early : late).add(c);
      }
      for (Narrowing narrowing : narrowings) {
        keys.add(new KeyTest(narrowing, late.remove((Object) narrowing.column())));
      }
      batch = new Batch(vectors);
      selector =
          node.predicate().equals(Expr.TRUE)
              ? null
              : Selector.of(node.predicate(), compiler(produced), run());
    }

    @Override
    public @Nullable Batch next() {
      Morsels.Morsel morsel;
      while ((morsel = morsels.next()) != null) {
        run().check();
        Morsels.dropDeleted(morsel, batch, live);
        read(early, morsel);
        if (batch.count() > 0
            && (selector == null || selector.select(batch) > 0)
            && hasKeys(morsel)) {
          read(late, morsel);
          return batch;
        }
      }
      return null;
    }

    private boolean hasKeys(Morsels.Morsel morsel) {
      for (KeyTest test : keys) {
        if (test.reads) {
          read(test.narrowing.column(), morsel);
        }
        if (test.isWorthIt()) {
          test.select(batch);
          if (batch.count() == 0) {
            return false;
          }
        }
      }
      return true;
    }

    private void read(List<Integer> which, Morsels.Morsel morsel) {
      for (int c : which) {
        read(c, morsel);
      }
    }

    private void read(int c, Morsels.Morsel morsel) {
      Vector out = batch.vector(c);
      if (c >= node.reads().size()) {
        addresses(morsel, out);
      } else {
        int columnId = node.reads().get(c).columnId();
        reader.read(morsel.segment().column(columnId), morsel.from(), morsel.count(), out);
      }
    }

    private static void addresses(Morsels.Morsel morsel, Vector out) {
      assert out.kind() == Physical.LONG;
      out.reset(morsel.count());
      for (int i = 0; i < morsel.count(); i++) {
        out.setLong(i, morsel.segment().address(morsel.from() + i));
      }
    }
  }

  /// Tests the keys of one column, as long as that drops enough rows.
  private static final class KeyTest {
    private static final int ROWS_OF_TRIAL = 1 << 14;
    private static final double SHARE_MAX = 0.75;

    private final Narrowing narrowing;

    /// Whether the column is read for the test alone.
    private final boolean reads;
    private final int[] kept = new int[Batch.ROWS_MAX];
    private long tested;
    private long passed;

    KeyTest(Narrowing narrowing, boolean reads) {
      this.narrowing = narrowing;
      this.reads = reads;
    }

    boolean isWorthIt() {
      return tested < ROWS_OF_TRIAL || passed < SHARE_MAX * tested;
    }

    void select(Batch batch) {
      tested += batch.count();
      int count = narrowing.filter().select(batch.vector(narrowing.column()), batch, kept);
      passed += count;
      if (count < batch.count()) {
        batch.select(batch.rows(), kept, count);
      }
    }
  }
}
