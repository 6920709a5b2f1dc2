package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.run.MappedEdges;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Paths for each input row, between whichever ends the row binds. The search itself is a {@link
/// PathFinder}: trails over edges, or reachability over predicates.
final class PathSearchOperator extends Operator {
  private final PhysicalNode.PathSearch node;
  private final Operator input;
  private final List<Column> produced;
  private final Map<LabelExpr, Optional<MappedEdges>> mapped = new HashMap<>();

  PathSearchOperator(PhysicalNode.PathSearch node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.produced = new ArrayList<>(input.columns());
    produced.add(node.source());
    produced.add(node.target());
    if (node.edges() != null) {
      produced.add(node.edges());
    }
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  /// The edges that tables give, read at the first row that needs them.
  private synchronized @Nullable MappedEdges mapped(LabelExpr types) {
    return mapped
        .computeIfAbsent(types, t -> Optional.ofNullable(MappedEdges.of(t, run())))
        .orElse(null);
  }

  @Override
  public int streams() {
    return input.streams();
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Search(input.open()), produced, columns());
  }

  private final class Search implements BatchStream {
    private final BatchStream stream;
    private final Batch out = Terms.batch(produced, run());
    private final int width = input.columns().size();
    private final @Nullable VectorExpr source = end(node.boundSource());
    private final @Nullable VectorExpr target = end(node.boundTarget());
    private final Map<String, VectorExpr> properties = new HashMap<>();
    private final int[] parents = new int[Batch.ROWS_MAX];
    private @Nullable Batch current;
    private @Nullable Vector sources;
    private @Nullable Vector targets;
    private int index;
    private @Nullable PathFinder finder;
    private @Nullable SectionSearch searches;

    Search(BatchStream stream) {
      this.stream = stream;
      node.edgeProperties()
          .forEach((key, expr) -> properties.put(key, compiler(input.columns()).compile(expr)));
    }

    private @Nullable VectorExpr end(@Nullable Column column) {
      return column == null ? null : compiler(input.columns()).compileTerm(column.ref());
    }

    @Override
    public @Nullable Batch next() {
      while (true) {
        Batch batch = current;
        if (batch == null) {
          batch = stream.next();
          if (batch == null) {
            return null;
          }
          current = batch;
          index = -1;
          sources = source == null ? null : source.eval(batch);
          targets = target == null ? null : target.eval(batch);
        }
        int rows = collect(batch);
        if (rows > 0) {
          return emit(batch, rows);
        }
        current = null;
      }
    }

    private int collect(Batch batch) {
      int rows = 0;
      for (Column column : produced.subList(width, produced.size())) {
        out.vector(produced.indexOf(column)).reset(Batch.ROWS_MAX);
      }
      while (rows < run().batchRows()) {
        PathFinder active = finder;
        if (active == null) {
          if (++index >= batch.count()) {
            break;
          }
          active = open(batch, batch.row(index));
          finder = active;
        }
        if (active == null || !active.advance()) {
          finder = null;
          continue;
        }
        parents[rows] = batch.row(index);
        out.vector(width).setLong(rows, active.source());
        out.vector(width + 1).setLong(rows, active.target());
        if (node.edges() != null) {
          out.vector(width + 2).setLong(rows, run().dictionary().encode(active.edges()));
        }
        rows++;
        if ((rows & 1023) == 0) {
          run().check();
        }
      }
      return rows;
    }

    private @Nullable PathFinder open(Batch batch, int row) {
      run().check();
      long from = sources == null ? 0 : sources.getLong(row);
      long to = targets == null ? 0 : targets.getLong(row);
      if ((sources != null && from == 0) || (targets != null && to == 0)) {
        return null;
      }
      return switch (node.spec()) {
        case PathSpec.Trail trail ->
            TrailFinder.open(trail, from, to, required(batch, row), mapped(trail.types()), run());
        case PathSpec.Sections sections -> sections(sections, from, to, batch, row);
        case PathSpec.Reach reach -> ReachFinder.open(reach, from, to, run());
      };
    }

    private PathFinder sections(PathSpec.Sections spec, long from, long to, Batch batch, int row) {
      SectionSearch search = searches;
      if (search == null) {
        search = new SectionSearch(spec, run(), PathSearchOperator.this::mapped, this::tests);
        searches = search;
      }
      Map<String, Vector> arguments = new HashMap<>();
      properties.forEach((name, expr) -> arguments.put(name, expr.eval(batch)));
      return search.open(from, to, arguments, row);
    }

    private StarTest tests(List<Column> columns, Expr condition) {
      return new StarTest(columns, compiler(columns).compileAs(condition, Type.BOOL), run());
    }

    private Map<String, Value> required(Batch batch, int row) {
      Map<String, Value> values = new HashMap<>();
      for (Map.Entry<String, Expr> entry : node.edgeProperties().entrySet()) {
        VectorExpr evaluator = properties.get(entry.getKey());
        if (evaluator != null) {
          Vector vector = evaluator.eval(batch);
          values.put(
              entry.getKey(), Cells.get(vector, row, entry.getValue().type(), run().dictionary()));
        }
      }
      return values;
    }

    private Batch emit(Batch batch, int rows) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), parents, rows);
      }
      out.all(rows);
      return out;
    }
  }
}
