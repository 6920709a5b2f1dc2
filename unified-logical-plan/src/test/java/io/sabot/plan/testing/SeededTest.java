package io.sabot.plan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@Seeded
class SeededTest {
  @Test
  void parametersOfOneInvocationShareTheSeed(Random left, Random right) {
    assertThat(left.nextLong()).isEqualTo(right.nextLong());
  }

  @RepeatedTest(3)
  void repeatedTestsGetARandom(Random random) {
    assertThat(random.nextInt(10)).isBetween(0, 9);
  }
}
