package io.sabot.plan.physical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.logical.SortKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns that a physical subplan reads but does not produce: those of an outer row.
public final class FreeColumns {
  private final Set<Column> used = new LinkedHashSet<>();
  private final Set<Column> produced = new LinkedHashSet<>();
  private boolean dependsOnRun;

  /// Whether there is the outer row itself, which plans pass on as columns of their own where a
  /// side runs for many outer rows at once.
  private boolean hasArgument;

  private FreeColumns() {}

  public static Set<Column> of(PhysicalNode node) {
    FreeColumns walk = new FreeColumns();
    walk.visit(node);
    walk.used.removeAll(walk.produced);
    return walk.used;
  }

  /// Whether the subplan gives the same rows whatever the outer row is.
  public static boolean isClosed(PhysicalNode node) {
    FreeColumns walk = new FreeColumns();
    walk.visit(node);
    walk.used.removeAll(walk.produced);
    return walk.used.isEmpty() && !walk.dependsOnRun && !walk.hasArgument;
  }

  private void exprs(List<? extends @Nullable Expr> exprs) {
    for (Expr expr : exprs) {
      if (expr != null) {
        expr.collectColumns(used);
      }
    }
  }

  private void inputs(PhysicalNode node) {
    if (node instanceof PhysicalNode.Apply apply) {
      visit(apply.left());
      boolean around = hasArgument;
      visit(apply.right());
      // Those of the right side are rows of the left one.
      hasArgument = around;
      return;
    }
    for (PhysicalNode input : PhysicalInputs.of(node)) {
      visit(input);
    }
  }

  private void visit(PhysicalNode node) {
    if (node instanceof PhysicalNode.Argument(var columns)) {
      used.addAll(columns);
      hasArgument = true;
      return;
    }
    inputs(node);
    produced.addAll(node.columns());
    switch (node) {
      case PhysicalNode.Values n -> n.rows().forEach(this::exprs);
      case PhysicalNode.Argument _ -> {}
      case PhysicalNode.TableScan n -> {
        n.reads().forEach(r -> produced.add(r.column()));
        exprs(List.of(n.predicate()));
      }
      case PhysicalNode.FileScan n -> {
        n.reads().forEach(r -> produced.add(r.column()));
        exprs(List.of(n.predicate()));
      }
      case PhysicalNode.NodeScan n -> {
        produced.add(n.node());
        n.properties().forEach(p -> produced.add(p.column()));
      }
      case PhysicalNode.EdgeScan n -> {
        produced.addAll(List.of(n.edge(), n.source(), n.target()));
        n.properties().forEach(p -> produced.add(p.column()));
      }
      case PhysicalNode.QuadScan n -> quad(n.graph(), n.subject(), n.predicate(), n.object());
      case PhysicalNode.GraphNames n -> produced.add(n.graph());
      case PhysicalNode.WorkScan _ -> dependsOnRun = true;
      case PhysicalNode.Expand n -> {
        used.add(n.from());
        produced.addAll(List.of(n.edge(), n.to()));
        if (n.into() != null) {
          used.add(n.into());
        }
        n.properties().forEach(p -> produced.add(p.column()));
      }
      case PhysicalNode.NodeLookup n -> {
        used.add(n.node());
        n.properties().forEach(p -> produced.add(p.column()));
      }
      case PhysicalNode.IndexSeek n -> {
        n.seeks().forEach(seek -> exprs(seek.exprs()));
        produced.add(n.found());
      }
      case PhysicalNode.RowLookup n -> {
        used.add(n.address());
        n.reads().forEach(r -> produced.add(r.column()));
      }
      case PhysicalNode.EdgeLookup n -> {
        used.add(n.edge());
        produced.addAll(List.of(n.source(), n.target()));
        n.properties().forEach(p -> produced.add(p.column()));
      }
      case PhysicalNode.QuadLookup n -> {
        used.addAll(n.bound().values());
        quad(n.graph(), n.subject(), n.predicate(), n.object());
      }
      case PhysicalNode.PathSearch n -> {
        exprs(List.copyOf(n.edgeProperties().values()));
        if (n.boundSource() != null) {
          used.add(n.boundSource());
        }
        if (n.boundTarget() != null) {
          used.add(n.boundTarget());
        }
        produced.addAll(List.of(n.source(), n.target()));
      }
      case PhysicalNode.Filter n -> exprs(List.of(n.predicate()));
      case PhysicalNode.Project n -> n.assignments().forEach(a -> assigned(a));
      case PhysicalNode.Unnest n -> {
        exprs(List.of(n.list()));
        produced.add(n.element());
      }
      case PhysicalNode.Limit n -> exprs(nullable(n.skip(), n.fetch()));
      case PhysicalNode.ProcedureCall n -> {
        exprs(n.args());
        dependsOnRun = true;
      }
      case PhysicalNode.Aggregate n -> {
        used.addAll(n.keys());
        n.calls()
            .forEach(call -> {
              produced.add(call.out());
              exprs(call.args());
              exprs(nullable(call.filter()));
              sortKeys(call.orderBy());
            });
      }
      case PhysicalNode.Distinct _ -> {}
      case PhysicalNode.Sort n -> sortKeys(n.keys());
      case PhysicalNode.TopN n -> {
        sortKeys(n.keys());
        exprs(nullable(n.skip(), n.fetch()));
      }
      case PhysicalNode.Window n ->
          n.calls()
              .forEach(call -> {
                produced.add(call.out());
                exprs(call.args());
                exprs(call.partitionBy());
                sortKeys(call.orderBy());
              });
      case PhysicalNode.Eager _ -> {}
      case PhysicalNode.HashJoin n -> {
        n.keys().forEach(key -> exprs(List.of(key.left(), key.right())));
        exprs(List.of(n.residual()));
        mark(n.mark());
      }
      case PhysicalNode.NestedLoopJoin n -> {
        exprs(List.of(n.condition()));
        mark(n.mark());
      }
      case PhysicalNode.CompatJoin n -> {
        n.shared().forEach(s -> produced.add(s.out()));
        exprs(List.of(n.condition()));
      }
      case PhysicalNode.Apply n -> {
        used.addAll(n.outer());
        exprs(List.of(n.condition()));
        mark(n.mark());
      }
      case PhysicalNode.SetOp _ -> {}
      case PhysicalNode.Recursive _ -> {}
      case PhysicalNode.CreateElements n -> elements(n.elements());
      case PhysicalNode.UpdateElements n -> writes(n.writes());
      case PhysicalNode.DeleteElements n -> {
        exprs(n.targets());
        dependsOnRun = true;
      }
      case PhysicalNode.Merge n -> {
        used.addAll(n.outer());
        elements(n.create());
        writes(n.onCreate());
        writes(n.onMatch());
      }
      case PhysicalNode.Foreach n -> {
        used.addAll(n.outer());
        produced.add(n.element());
        exprs(List.of(n.list()));
        dependsOnRun = true;
      }
      case PhysicalNode.QuadModify n -> {
        templates(n.deletes());
        templates(n.inserts());
        dependsOnRun = true;
      }
      case PhysicalNode.GraphCommand _, PhysicalNode.TableModify _, PhysicalNode.Sequence _ ->
          dependsOnRun = true;
      case PhysicalNode.ConstructTriples n -> templates(n.templates());
      case PhysicalNode.Output _ -> {}
    }
  }

  private static List<@Nullable Expr> nullable(@Nullable Expr... exprs) {
    return new ArrayList<@Nullable Expr>(java.util.Arrays.asList(exprs));
  }

  private void assigned(Assignment assignment) {
    produced.add(assignment.column());
    if (!assignment.isPassThrough()) {
      exprs(List.of(assignment.expr()));
    }
  }

  private void mark(@Nullable Column mark) {
    if (mark != null) {
      produced.add(mark);
    }
  }

  private void sortKeys(List<SortKey> keys) {
    keys.forEach(key -> exprs(List.of(key.expr())));
  }

  private void quad(QuadTerm... terms) {
    for (QuadTerm term : terms) {
      switch (term) {
        case QuadTerm.Bind(var column) -> produced.add(column);
        case QuadTerm.Computed(var expr) -> exprs(List.of(expr));
        case QuadTerm.Quoted(var s, var p, var o) -> quad(s, p, o);
        case QuadTerm.Constant _, QuadTerm.Wildcard _, QuadTerm.FreshBlank _ -> {}
      }
    }
  }

  private void templates(List<LogicalNode.QuadTemplate> templates) {
    templates.forEach(t -> quad(t.graph(), t.subject(), t.predicate(), t.object()));
  }

  private void elements(List<GraphElement> elements) {
    for (GraphElement element : elements) {
      dependsOnRun = true;
      produced.add(element.out());
      exprs(List.of(element.properties()));
      if (element instanceof GraphElement.NewEdge edge) {
        exprs(List.of(edge.source(), edge.target()));
      }
    }
  }

  private void writes(List<GraphWrite> writes) {
    for (GraphWrite write : writes) {
      dependsOnRun = true;
      switch (write) {
        case GraphWrite.SetProperty w -> exprs(List.of(w.target(), w.value()));
        case GraphWrite.SetProperties w -> exprs(List.of(w.target(), w.value()));
        case GraphWrite.SetLabels w -> exprs(List.of(w.target()));
      }
    }
  }
}
