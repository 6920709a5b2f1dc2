package io.sabot.optimizer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.optimizer.TestCatalog;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanValidator;
import io.sabot.plan.text.PlanReader;
import io.sabot.plan.text.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What each rule does alone, in `src/test/resources/rules/<rule>.plan`: remarks after `#`, a plan,
/// `=>`, and the plan that the rule makes of it (or the same one, where it must not fire); cases
/// are parted by `---`.
///
/// `-Dgolden.update=true` writes what the rules make now into the files, to be read before it is
/// kept.
class RuleGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/rules");

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    // Of those that are in two lists the last counts.
    Stream.of(RuleSets.FIRST, RuleSets.UNORDERED, RuleSets.NORMALIZE)
        .flatMap(List::stream)
        .filter(rule -> !(rule instanceof RewriteExpressions))
        .forEach(rule -> rules.put(rule.name(), rule));
    for (ExprRule rule : RuleSets.EXPRESSIONS) {
      rules.put(rule.name(), new RewriteExpressions(List.of(rule)));
    }
    return rules;
  }

  @Test
  void everyRuleHasAGoldenAndEveryGoldenARule() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".plan", "")))
          .containsExactlyInAnyOrderElementsOf(new TreeSet<>(rules().keySet()));
    }
  }

  @TestFactory
  Stream<DynamicTest> goldens() {
    return rules().entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> check(rule.getKey())));
  }

  private static void check(String name) throws IOException {
    Path file = FOLDER.resolve(name + ".plan");
    String golden = Files.readString(file);
    List<String> cases = new ArrayList<>();
    for (String each : golden.split("(?m)^---\n")) {
      cases.add(rewritten(each, Objects.requireNonNull(rules().get(name))));
    }
    String now = String.join("---\n", cases);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, now);
    }
    assertThat(now).isEqualTo(golden);
  }

  private static String rewritten(String text, Rule rule) {
    String before = text.split("(?m)^=>\n")[0];
    String plan = before.replaceAll("(?m)^#.*\n", "");
    PlanReader.Read read = PlanReader.read(plan);
    LogicalNode node = read.plan();
    assertThat(PlanValidator.complaints(node)).as(plan).isEmpty();
    RuleContext context = new RuleContext(TestCatalog.shop(), read.columns(), _ -> {});
    LogicalNode after = new RuleDriver(List.of(rule), context).run(node);
    assertThat(PlanValidator.complaints(after)).as(PlanText.of(after)).isEmpty();
    return before + "=>\n" + PlanText.named(after);
  }
}
