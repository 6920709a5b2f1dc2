package io.sabot.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private final ColumnAllocator columns = new ColumnAllocator();
  private final Column n = columns.column("n", Type.NODE, false);
  private final Column m = columns.column("m", Type.NODE, false);
  private final Column edge = columns.column("r", Type.EDGE, false);
  private final Column source = columns.column("r.source", Type.NODE, false);
  private final Column target = columns.column("r.target", Type.NODE, false);

  private LogicalNode nodes(Column node) {
    return new LogicalNode.NodeScan(node, LabelExpr.ANY, List.of());
  }

  private LogicalNode edges() {
    return new LogicalNode.EdgeScan(
        edge, source, target, new LabelExpr.Has("KNOWS"), Direction.OUT, List.of());
  }

  private PhysicalNode plan(LogicalNode node, Column... out) {
    LogicalNode root =
        new LogicalNode.Output(
            node,
            java.util.Arrays.stream(out)
                .map(c -> new LogicalNode.OutputColumn(c, c.name()))
                .toList());
    return ((PhysicalNode.Output)
            Optimizer.plan(
                root, TestCatalog.empty(), OptimizerSettings.DISABLED, columns, PhaseListener.NONE))
        .input();
  }

  private static Expr same(Column a, Column b) {
    return ComparisonFunctions.sameTerm(a.ref(), b.ref());
  }

  @Test
  void aFilterOverACrossJoinGivesHashKeys() {
    LogicalNode cross = new LogicalNode.Join(JoinKind.INNER, nodes(n), edges(), Expr.TRUE, null);
    PhysicalNode plan = plan(new LogicalNode.Filter(cross, same(n, source)), n, target);
    assertThat(plan).isInstanceOf(PhysicalNode.HashJoin.class);
    assertThat(((PhysicalNode.HashJoin) plan).keys()).hasSize(1);
    assertThat(plan.columns()).containsExactly(n, target);
  }

  @Test
  void aCorrelatedEdgeScanIsAnExpansion() {
    LogicalNode apply =
        new LogicalNode.Apply(
            JoinKind.INNER,
            nodes(n),
            new LogicalNode.Filter(edges(), same(source, n)),
            Expr.TRUE,
            null);
    PhysicalNode plan = plan(apply, n, target);
    assertThat(plan).isInstanceOf(PhysicalNode.Expand.class);
    assertThat(((PhysicalNode.Expand) plan).from()).isEqualTo(n);
    assertThat(plan.columns()).containsExactly(n, target);
  }

  @Test
  void anOptionalCorrelatedEdgeScanExpandsFromTheArgument() {
    LogicalNode apply =
        new LogicalNode.Apply(
            JoinKind.LEFT,
            nodes(n),
            new LogicalNode.Filter(edges(), same(source, n)),
            Expr.TRUE,
            null);
    PhysicalNode.Apply plan = (PhysicalNode.Apply) plan(apply, n, target);
    assertThat(plan.outer()).containsExactly(n);
    PhysicalNode.Expand expand = (PhysicalNode.Expand) plan.right();
    assertThat(expand.input()).isEqualTo(new PhysicalNode.Argument(List.of(n)));
    assertThat(plan.columns().get(1).nullable()).isTrue();
  }

  @Test
  void readsAfterAnUpdateWaitForItsEnd() {
    LogicalNode create = new LogicalNode.DeleteElements(nodes(n), List.of(n.ref()), false);
    PhysicalNode plan =
        plan(new LogicalNode.Join(JoinKind.INNER, create, nodes(m), Expr.TRUE, null), n, m);
    PhysicalNode.Apply apply = (PhysicalNode.Apply) plan;
    assertThat(apply.left()).isInstanceOf(PhysicalNode.Eager.class);
  }
}
