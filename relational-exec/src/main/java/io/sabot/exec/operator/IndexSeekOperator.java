package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import io.sabot.store.IndexReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For each row, the entries of an index in some stretches. Stretches of one row that meet are read
/// as one, so that nothing is found twice.
final class IndexSeekOperator extends Operator {
  private static final int FOUND_MIN = 8;

  private final PhysicalNode.IndexSeek node;
  private final Operator input;
  private final List<Column> produced;

  IndexSeekOperator(PhysicalNode.IndexSeek node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.produced = new ArrayList<>(input.columns());
    produced.add(node.found());
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return input.streams();
  }

  @Override
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Search(input.open()), produced, columns());
  }

  private IndexReader reader() {
    return switch (node.index()) {
      case IndexRef.Secondary(int id, _, _) -> run().snapshot().index(id);
      case IndexRef.Key(int tableId, var columnIds, _) ->
          run()
              .snapshot()
              .table(tableId)
              .keyEntries(columnIds)
              .orElseThrow(() -> new IllegalStateException("no key " + columnIds));
    };
  }

  /// A seek with its expressions made ready to run.
  private record Compiled(
      PhysicalNode.Seek seek,
      List<VectorExpr> equal,
      @Nullable VectorExpr anyOf,
      @Nullable VectorExpr low,
      @Nullable VectorExpr high) {}

  /// The values of a seek for the rows of one batch.
  private record Evaluated(
      PhysicalNode.Seek seek,
      List<Vector> equal,
      @Nullable Vector anyOf,
      @Nullable Vector low,
      @Nullable Vector high) {}

  private final class Search implements BatchStream {
    private final BatchStream stream;
    private final Batch out;
    private final List<Compiled> seeks = new ArrayList<>();
    private final int width = input.columns().size();

    // Most searches find little: these grow.
    private int[] inputs = new int[FOUND_MIN];
    private long[] found = new long[FOUND_MIN];
    private long[] some = new long[FOUND_MIN];
    private @Nullable IndexReader reader;
    private @Nullable Batch current;

    /// Null when a value could not be evaluated: then everything is found, and the conditions say
    /// what is wrong with it if there is a row to say it of.
    private @Nullable List<Evaluated> values;

    private int row;
    private List<IndexReader.Span> spans = List.of();
    private int span;
    private IndexReader.@Nullable Cursor cursor;

    Search(BatchStream stream) {
      this.stream = stream;
      Vector[] vectors = new Vector[produced.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
      }
      this.out = new Batch(vectors);
      ExprCompiler compiler = compiler(input.columns());
      for (PhysicalNode.Seek seek : node.seeks()) {
        seeks.add(
            new Compiled(
                seek,
                seek.equal().stream().map(compiler::compile).toList(),
                compiled(compiler, seek.anyOf()),
                compiled(compiler, seek.low()),
                compiled(compiler, seek.high())));
      }
    }

    private static @Nullable VectorExpr compiled(ExprCompiler compiler, @Nullable Expr expr) {
      return expr == null ? null : compiler.compile(expr);
    }

    @Override
    public @Nullable Batch next() {
      int filled = 0;
      while (filled == 0 || hasRoom(filled)) {
        IndexReader.Cursor open = cursor;
        if (open == null) {
          // A batch of the input is valid until the next one is asked for.
          boolean isDrained = current == null || row >= current.count();
          if (isDrained && (filled > 0 || !advance())) {
            break;
          }
          openNext();
          continue;
        }
        reserve(filled);
        int count = open.next(some, Math.min(found.length, run().batchRows()) - filled);
        if (count == 0) {
          cursor = null;
          continue;
        }
        int from = current == null ? 0 : current.row(row);
        for (int i = 0; i < count; i++) {
          inputs[filled] = from;
          found[filled++] = some[i];
        }
      }
      return filled == 0 || current == null ? null : emit(current, filled);
    }

    private void reserve(int filled) {
      if (filled == found.length) {
        int size = Math.min(Batch.ROWS_MAX, 8 * filled);
        inputs = Arrays.copyOf(inputs, size);
        found = Arrays.copyOf(found, size);
        some = new long[size];
      }
    }

    private boolean hasRoom(int filled) {
      return filled < run().batchRows();
    }

    private boolean advance() {
      run().check();
      current = stream.next();
      row = -1;
      spans = List.of();
      span = 0;
      if (current == null) {
        return false;
      }
      reader = reader();
      values = evaluate(current);
      return true;
    }

    private @Nullable List<Evaluated> evaluate(Batch batch) {
      try {
        List<Evaluated> all = new ArrayList<>();
        for (Compiled seek : seeks) {
          all.add(
              new Evaluated(
                  seek.seek(),
                  seek.equal().stream().map(e -> e.eval(batch)).toList(),
                  evaluated(seek.anyOf(), batch),
                  evaluated(seek.low(), batch),
                  evaluated(seek.high(), batch)));
        }
        return all;
      } catch (QueryException unevaluable) {
        return null;
      }
    }

    private static @Nullable Vector evaluated(@Nullable VectorExpr expr, Batch batch) {
      return expr == null ? null : expr.eval(batch);
    }

    /// Opens the next stretch, of this row or the next one.
    private void openNext() {
      IndexReader entries = reader;
      if (entries == null || current == null) {
        return;
      }
      if (span < spans.size()) {
        cursor = entries.scan(spans.get(span++));
        return;
      }
      row++;
      span = 0;
      spans = row < current.count() ? spans(entries, current.row(row)) : List.of();
    }

    private List<IndexReader.Span> spans(IndexReader entries, int at) {
      List<Evaluated> known = values;
      List<IndexReader.Span> all = new ArrayList<>();
      if (known == null) {
        add(all, entries, List.of(), null, null);
        return all;
      }
      for (Evaluated seek : known) {
        List<Value> equal = new ArrayList<>();
        for (int i = 0; i < seek.equal().size(); i++) {
          equal.add(value(seek.equal().get(i), seek.seek().equal().get(i), at));
        }
        Vector anyOf = seek.anyOf();
        Expr list = seek.seek().anyOf();
        if (anyOf != null && list != null) {
          addEach(all, entries, equal, value(anyOf, list, at));
        } else {
          Value low = valueOrNull(seek.low(), seek.seek().low(), at);
          add(all, entries, equal, low, valueOrNull(seek.high(), seek.seek().high(), at));
        }
      }
      return merged(all);
    }

    private void addEach(
        List<IndexReader.Span> all, IndexReader entries, List<Value> equal, Value list) {
      if (!(list instanceof Value.ListValue(var items))) {
        // Not a list: the condition says so, if there is a row.
        add(all, entries, list.isNull() ? List.of(list) : equal, null, null);
        return;
      }
      for (Value item : items) {
        List<Value> longer = new ArrayList<>(equal);
        longer.add(item);
        add(all, entries, longer, null, null);
      }
    }

    private static void add(
        List<IndexReader.Span> all,
        IndexReader entries,
        List<Value> equal,
        @Nullable Value low,
        @Nullable Value high) {
      IndexReader.Span found = entries.span(equal, low, high);
      if (found != null) {
        all.add(found);
      }
    }

    private Value value(Vector vector, Expr expr, int at) {
      return Cells.get(vector, at, expr.type(), run().dictionary());
    }

    private @Nullable Value valueOrNull(@Nullable Vector vector, @Nullable Expr expr, int at) {
      return vector == null || expr == null ? null : value(vector, expr, at);
    }

    private Batch emit(Batch batch, int count) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), inputs, count);
      }
      Vector last = out.vector(width);
      last.reset(count);
      for (int i = 0; i < count; i++) {
        last.setLong(i, found[i]);
      }
      out.all(count);
      return out;
    }
  }

  /// The same entries in stretches that do not meet, ascending.
  private static List<IndexReader.Span> merged(List<IndexReader.Span> spans) {
    if (spans.size() <= 1) {
      return spans;
    }
    List<IndexReader.Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparing(IndexReader.Span::low, (a, b) -> Arrays.compare(a, b)));
    List<IndexReader.Span> result = new ArrayList<>();
    IndexReader.Span open = sorted.getFirst();
    for (IndexReader.Span next : sorted.subList(1, sorted.size())) {
      if (Arrays.compare(next.low(), open.high()) <= 0) {
        long[] high = Arrays.compare(next.high(), open.high()) > 0 ? next.high() : open.high();
        open = new IndexReader.Span(open.low(), high);
      } else {
        result.add(open);
        open = next;
      }
    }
    result.add(open);
    return result;
  }
}
