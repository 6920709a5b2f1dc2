package io.sabot.engine;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.Layout;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.exec.run.EvalSettings;
import io.sabot.exec.run.Outside;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.run.RunLimits;
import io.sabot.exec.scan.ChunkReader;
import io.sabot.exec.spill.SpillFiles;
import io.sabot.optimizer.Optimizer;
import io.sabot.optimizer.OptimizerSettings;
import io.sabot.optimizer.PhaseListener;
import io.sabot.parser.sql.RowCondition;
import io.sabot.parser.sql.SqlFrontEnd;
import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.RowChecker;
import io.sabot.store.Snapshot;
import io.sabot.store.segment.Segment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// Tests CHECK constraints: the condition is bound once and runs over the columns of a segment like
/// the condition of a scan.
final class RowConditions implements RowChecker {
  /// After so many definitions they are bound anew.
  private static final int KEPT = 200;

  private final Sabot database;
  private final Map<TableDef, List<Bound>> known = new ConcurrentHashMap<>();

  RowConditions(Sabot database) {
    this.database = database;
  }

  /// A condition that is true of the rows which break a constraint.
  private record Bound(CheckDef check, List<LogicalNode.ColumnRead> reads, Expr broken) {}

  @Override
  public void check(Snapshot view, TableDef table, Segment segment, int from, int rows) {
    List<Bound> conditions = known.get(table);
    if (conditions == null) {
      conditions = table.checks().stream().map(c -> bind(c, table, view)).toList();
      if (known.size() >= KEPT) {
        known.clear();
      }
      known.put(table, conditions);
    }
    try (QueryRun run = newRun(view)) {
      for (Bound condition : conditions) {
        new Test(condition, table, run).run(segment, from, rows);
      }
    }
  }

  private static Bound bind(CheckDef check, TableDef table, Snapshot view) {
    ColumnAllocator columns = new ColumnAllocator();
    RowCondition bound = SqlFrontEnd.condition(table, check.condition(), view.catalog(), columns);
    Expr broken = new Expr.Call(LogicFunctions.IS_FALSE, List.of(bound.condition()), Type.BOOL);
    List<LogicalNode.OutputColumn> outputs =
        bound.scan().reads().stream()
            .map(r -> new LogicalNode.OutputColumn(r.column(), r.column().name()))
            .toList();
    LogicalNode plan =
        new LogicalNode.Output(new LogicalNode.Filter(bound.scan(), broken), outputs);
    PhysicalNode node =
        Optimizer.plan(
            plan, view.catalog(), OptimizerSettings.DISABLED, columns, PhaseListener.NONE);
    List<Expr> conjuncts = new ArrayList<>();
    while (!(node instanceof PhysicalNode.TableScan)) {
      if (node instanceof PhysicalNode.Filter filter) {
        conjuncts.add(filter.predicate());
      }
      node = PhysicalInputs.of(node).getFirst();
    }
    PhysicalNode.TableScan scan = (PhysicalNode.TableScan) node;
    conjuncts.addFirst(scan.predicate());
    return new Bound(check, scan.reads(), LogicFunctions.and(conjuncts));
  }

  private QueryRun newRun(Snapshot view) {
    Instant now = Instant.now();
    Options options = database.options();
    return new QueryRun(
        view,
        null,
        new QueryMemory(
            database.allocator(), "check", options.memoryLimitBytes(), SpillFiles.none()),
        database.workers(),
        Map.of(),
        Outside.NOTHING,
        new EvalSettings(
            now,
            now,
            InstantSource.system(),
            options.zone(),
            new SplittableRandom(0),
            "http://sabot.local/"),
        new RunLimits(0, options.batchRows()));
  }

  /// One condition over the rows of one segment.
  private static final class Test {
    private final Bound bound;
    private final TableDef table;
    private final QueryRun run;
    private final ChunkReader reader;
    private final Vector[] vectors;
    private final Batch batch;
    private final VectorExpr broken;

    Test(Bound bound, TableDef table, QueryRun run) {
      this.bound = bound;
      this.table = table;
      this.run = run;
      this.reader = new ChunkReader(run.memory());
      List<Column> columns = bound.reads.stream().map(r -> r.column()).toList();
      this.vectors = new Vector[columns.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(columns.get(c).type().physical(), run.memory());
      }
      this.batch = new Batch(vectors);
      this.broken = new ExprCompiler(run, new Layout(columns, Map.of())).compile(bound.broken);
    }

    void run(Segment segment, int from, int rows) {
      for (int at = from; at < from + rows; at += run.batchRows()) {
        test(segment, at, Math.min(run.batchRows(), from + rows - at));
      }
    }

    private void test(Segment segment, int from, int count) {
      int[] live = new int[count];
      int lives = 0;
      for (int i = 0; i < count; i++) {
        if (segment.isLive(from + i)) {
          live[lives++] = i;
        }
      }
      for (int c = 0; c < vectors.length; c++) {
        reader.read(segment.column(bound.reads.get(c).columnId()), from, count, vectors[c]);
      }
      batch.select(count, live, lives);
      if (lives == 0) {
        return;
      }
      Vector result = broken.eval(batch);
      for (int i = 0; i < lives; i++) {
        if (!result.isNull(live[i]) && result.getBool(live[i])) {
          throw violation(live[i]);
        }
      }
    }

    private static String text(Value value) {
      return switch (value) {
        case Value.Null _ -> "null";
        case Value.Str(String text) -> "'" + text + "'";
        default -> Casts.text(value);
      };
    }

    private QueryException violation(int row) {
      StringBuilder values = new StringBuilder();
      for (int c = 0; c < vectors.length; c++) {
        Column column = bound.reads.get(c).column();
        Value value = Cells.get(vectors[c], row, column.type(), run.dictionary());
        values.append(values.isEmpty() ? "" : ", ");
        values.append(column.name()).append(" = ").append(text(value));
      }
      return new QueryException(
          ErrorCode.CHECK_VIOLATION,
          null,
          "a row of table '"
              + table.name()
              + "' with "
              + values
              + " breaks constraint '"
              + bound.check.name()
              + "' CHECK ("
              + bound.check.condition()
              + ")",
          "");
    }
  }
}
