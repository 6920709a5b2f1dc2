package io.sabot.optimizer.joinorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.optimizer.OptimizerSettings;
import io.sabot.optimizer.TestCatalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Basic graph patterns of any size are planned after looking at a bounded number of pairs, so in a
/// bounded time.
class PairBudgetTest {
  @ParameterizedTest
  @CsvSource({
    "star, 8",
    "star, 20",
    "star, 30",
    "star, 55", //
    "chain, 8",
    "chain, 20",
    "chain, 55", //
    "snowflake, 20",
    "snowflake, 30",
    "snowflake, 55", //
    "circle, 20",
    "circle, 40"
  })
  void pairsAreFew(String shape, int patterns) {
    JoinOrder order = JoinOrder.of(TestCatalog.empty(), OptimizerSettings.JOIN_PAIR_BUDGET);
    JoinOrder.Planned planned = order.whole(pattern(shape, patterns));
    assertThat(order.pairs()).isPositive();
    // It is noticed once a level of the search that the budget is spent.
    assertThat(order.pairs()).isLessThanOrEqualTo(OptimizerSettings.JOIN_PAIR_BUDGET + patterns);
    assertThat(scans(planned.plan())).isEqualTo(patterns);
  }

  private static int scans(LogicalNode node) {
    return node instanceof LogicalNode.QuadScan
        ? 1
        : node.inputs().stream().mapToInt(PairBudgetTest::scans).sum();
  }

  private static LogicalNode pattern(String shape, int patterns) {
    ColumnAllocator columns = new ColumnAllocator();
    List<Column> subjects = new ArrayList<>();
    List<Column> objects = new ArrayList<>();
    LogicalNode plan = null;
    for (int i = 0; i < patterns; i++) {
      subjects.add(columns.column("s" + i, Type.ANY, false));
      objects.add(columns.column("o" + i, Type.ANY, false));
      LogicalNode scan =
          new LogicalNode.QuadScan(
              new GraphScope.Default(),
              new QuadTerm.Wildcard(),
              new QuadTerm.Bind(subjects.get(i)),
              new QuadTerm.Constant(new Value.Iri("http://example.org/p" + i)),
              new QuadTerm.Bind(objects.get(i)));
      plan =
          plan == null ? scan : new LogicalNode.Join(JoinKind.INNER, plan, scan, Expr.TRUE, null);
    }
    List<Expr> conditions = new ArrayList<>();
    for (int i = 1; i < patterns; i++) {
      Column earlier =
          switch (shape) {
            case "star" -> subjects.getFirst();
            case "snowflake" -> objects.get((i - 1) / 4);
            default -> objects.get(i - 1);
          };
      conditions.add(ComparisonFunctions.sameTerm(earlier.ref(), subjects.get(i).ref()));
    }
    if (shape.equals("circle")) {
      conditions.add(
          ComparisonFunctions.sameTerm(objects.getLast().ref(), subjects.getFirst().ref()));
    }
    if (plan == null) {
      throw new IllegalArgumentException("no patterns");
    }
    return new LogicalNode.Filter(plan, LogicFunctions.and(conditions));
  }
}
