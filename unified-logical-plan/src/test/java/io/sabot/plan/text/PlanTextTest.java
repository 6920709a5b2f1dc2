package io.sabot.plan.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanValidator;
import io.sabot.plan.testing.RandomPlans;
import io.sabot.plan.testing.Seeded;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  @Seeded
  @RepeatedTest(300)
  void printedPlansParseBack(Random random) {
    LogicalNode plan = new RandomPlans(random, new ColumnAllocator()).plan(random.nextInt(5));
    assertThat(PlanValidator.complaints(plan)).isEmpty();
    String text = PlanText.exact(plan);
    LogicalNode read = PlanReader.read(text).plan();
    assertThat(PlanText.exact(read)).isEqualTo(text);
    assertThat(read).isEqualTo(plan);
  }

  @Test
  void numberedTextForgetsNames() {
    String one = "filter eq(x, 1)\n  table 1 t [x:INT64 = 1, y:INT64 = 2]";
    String other = "filter eq(b#7, 1)\n  table 1 t [b#7:INT64 = 1, a#3:INT64 = 2]";
    assertThat(PlanText.numbered(PlanReader.read(one).plan()))
        .isEqualTo(PlanText.numbered(PlanReader.read(other).plan()))
        .isEqualTo("filter $1 = 1\n  table 1 t [$1 = 1, $2 = 2]\n");
  }

  @Test
  void changesOfTablesParseBack() {
    for (String text :
        new String[] {
          "insert 1 t [1 = x] count n:INT64",
          "update 1 t address r [1 = x]",
          "delete 1 t address r [] count n:INT64",
          "merge_into 1 t address r action a [1 = x, 2 = x]"
        }) {
      String plan = text + "\n  values [x:INT64?, r:INT64?, a:INT64] (1, null, 2)\n";
      LogicalNode read = PlanReader.read(plan).plan();
      assertThat(PlanValidator.complaints(read)).isEmpty();
      assertThat(PlanReader.read(PlanText.exact(read)).plan()).isEqualTo(read);
    }
  }
}
