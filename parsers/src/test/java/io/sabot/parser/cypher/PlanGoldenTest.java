package io.sabot.parser.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.cypher.lower.PlanChecks;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.text.PlanText;
import io.sabot.plan.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Compares plans with `plans.golden`: a comment, a query, a line `----`, its plan, an empty line.
/// `-Dgolden.update=true` writes the file anew; review the difference.
class PlanGoldenTest {
  private static final Path GOLDEN =
      Path.of(
          System.getProperty("golden.dir", "src/test/resources"),
          "io/sabot/parser/cypher/plans.golden");

  private static final List<ProcedureDef> PROCEDURES =
      List.of(
          new ProcedureDef(
              "test.lookup",
              List.of(new Field("name", Type.STRING)),
              List.of(new Field("city", Type.STRING), new Field("code", Type.INT64))),
          new ProcedureDef("test.touch", List.of(), List.of()));

  @Test
  void plansAreAsRecorded() throws IOException {
    String recorded = Files.readString(GOLDEN);
    String actual =
        recorded
            .lines()
            .collect(Collectors.joining("\n"))
            .transform(text -> List.of(text.split("\n\n")))
            .stream()
            .map(PlanGoldenTest::replay)
            .collect(Collectors.joining("\n\n", "", "\n"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
    }
    assertThat(actual).isEqualTo(recorded);
  }

  private static String replay(String block) {
    String head = block.contains("\n----") ? block.substring(0, block.indexOf("\n----")) : block;
    String query =
        head.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    var lowered =
        CypherFrontEnd.lower(
            query, new TckCatalog(PROCEDURES), new ColumnAllocator(), Set.of("name"));
    PlanChecks.check(lowered.plan());
    return head.strip() + "\n----\n" + PlanText.named(lowered.plan()).strip();
  }
}
