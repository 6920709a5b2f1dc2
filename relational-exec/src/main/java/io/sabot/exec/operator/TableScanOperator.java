package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.scan.ChunkReader;
import io.sabot.exec.scan.DictionaryTest;
import io.sabot.exec.scan.Morsels;
import io.sabot.exec.scan.ZoneFilter;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.ZoneMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Scans a stored table: skips segments by zone map, decodes the columns that the predicate needs,
/// selects, and decodes the other columns only for batches with rows left. Conditions on one string
/// column are tested on the dictionary of a chunk where it has one; keys that a join above asks for
/// narrow the rows too.
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

  /// Whether a condition is cheap and cannot fail, so that it may go first: two plain words
  /// compared.
  private static boolean isQuick(Expr conjunct) {
    return conjunct instanceof Expr.Call(var function, var args, _)
        && ComparisonFunctions.opOf(function) != null
        && args.stream().allMatch(TableScanOperator::isPlainWord);
  }

  private static boolean isPlainWord(Expr arg) {
    Physical kind = arg.type().physical();
    return (arg instanceof Expr.Col || arg instanceof Expr.Lit)
        && (kind == Physical.LONG || kind == Physical.DECIMAL || kind == Physical.DOUBLE);
  }

  private final class Scan implements BatchStream {
    private final ChunkReader reader = new ChunkReader(run().memory());
    private final Batch batch;
    private final List<Integer> early = new ArrayList<>();
    private final List<KeyTest> keys = new ArrayList<>();
    private final List<Integer> late = new ArrayList<>();
    private final List<TextTest> texts = new ArrayList<>();
    private final @Nullable Selector first;
    private final @Nullable Selector last;
    private final List<Integer> lastRead = new ArrayList<>();
    private final int[] live = new int[Batch.ROWS_MAX];

    Scan() {
      Vector[] vectors = new Vector[produced.size()];
      List<Expr> conjuncts = new ArrayList<>(LogicFunctions.conjuncts(node.predicate()));
      List<Expr> quick = conjuncts.stream().filter(TableScanOperator::isQuick).toList();
      conjuncts.removeAll(quick);
      takeTexts(conjuncts);
      Set<Column> firstTested = LogicFunctions.and(quick).columns();
      Set<Column> lastTested = LogicFunctions.and(conjuncts).columns();
      for (int c = 0; c < vectors.length; c++) {
        Column column = produced.get(c);
        vectors[c] = new Vector(column.type().physical(), run().memory());
        boolean isFirst = firstTested.contains(column);
        (isFirst ? early : lastTested.contains(column) ? lastRead : late).add(c);
      }
      for (Narrowing narrowing : narrowings) {
        Object column = narrowing.column();
        keys.add(new KeyTest(narrowing, late.remove(column) || lastRead.remove(column)));
      }
      batch = new Batch(vectors);
      first = selector(quick);
      last = selector(conjuncts);
    }

    private @Nullable Selector selector(List<Expr> conjuncts) {
      return conjuncts.isEmpty()
          ? null
          : Selector.of(LogicFunctions.and(conjuncts), compiler(produced), run());
    }

    /// Takes out the conditions on one string column that can be tested on a dictionary.
    private void takeTexts(List<Expr> conjuncts) {
      Map<Column, List<Expr>> byColumn = new LinkedHashMap<>();
      for (Iterator<Expr> all = conjuncts.iterator(); all.hasNext(); ) {
        Expr conjunct = all.next();
        Set<Column> columns = conjunct.columns();
        if (columns.size() == 1 && ExprFacts.isMovable(conjunct)) {
          Column column = columns.iterator().next();
          if (columnIds.containsKey(column) && column.type().physical() == Physical.STRING) {
            byColumn.computeIfAbsent(column, c -> new ArrayList<>()).add(conjunct);
            all.remove();
          }
        }
      }
      byColumn.forEach((column, conditions) -> texts.add(textTest(column, conditions)));
    }

    private TextTest textTest(Column column, List<Expr> conditions) {
      Expr condition = LogicFunctions.and(conditions);
      VectorExpr onEntries = compiler(List.of(column)).compileAs(condition, Type.BOOL);
      return new TextTest(
          produced.indexOf(column),
          Objects.requireNonNull(columnIds.get(column)),
          new DictionaryTest(onEntries, run().memory()),
          Selector.of(condition, compiler(produced), run()));
    }

    @Override
    public @Nullable Batch next() {
      Morsels.Morsel morsel;
      while ((morsel = morsels.next()) != null) {
        run().check();
        Morsels.dropDeleted(morsel, batch, live);
        read(early, morsel);
        if (batch.count() > 0
            && (first == null || first.select(batch) > 0)
            && hasKeys(morsel)
            && hasTexts(morsel)
            && isLeft(morsel)) {
          read(late, morsel);
          return batch;
        }
      }
      return null;
    }

    private boolean isLeft(Morsels.Morsel morsel) {
      read(lastRead, morsel);
      return last == null || last.select(batch) > 0;
    }

    private boolean hasTexts(Morsels.Morsel morsel) {
      for (TextTest test : texts) {
        ColumnChunk chunk = morsel.segment().column(test.columnId);
        int left;
        if (DictionaryTest.suits(chunk, morsel.segment().rowCount())) {
          left = test.onEntries.select(chunk, morsel.from(), batch, test.kept);
        } else {
          read(test.column, morsel);
          left = test.onRows.select(batch);
        }
        if (left == 0) {
          return false;
        }
      }
      return true;
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

  /// The conditions on one string column, on the entries of a dictionary and on rows.
  ///
  /// @param column position among those produced
  /// @param kept room for the rows of a batch
  private record TextTest(
      int column, int columnId, DictionaryTest onEntries, Selector onRows, int[] kept) {
    TextTest(int column, int columnId, DictionaryTest onEntries, Selector onRows) {
      this(column, columnId, onEntries, onRows, new int[Batch.ROWS_MAX]);
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
