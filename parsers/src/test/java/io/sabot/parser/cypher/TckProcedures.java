package io.sabot.parser.cypher;

import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Procedures and parameters that a scenario declares.
final class TckProcedures {
  private static final Pattern DECLARATION =
      Pattern.compile(".*there exists a procedure ([\\w.]+)\\((.*)\\) +:: +\\((.*)\\) *:?");
  private static final Pattern FIELD = Pattern.compile("(\\w+) :: ([\\w<>? ]+)");

  private TckProcedures() {}

  static List<ProcedureDef> of(TckFeatures.Scenario scenario) {
    List<ProcedureDef> procedures = new ArrayList<>();
    for (var step : scenario.steps()) {
      Matcher matcher = DECLARATION.matcher(step.text());
      if (matcher.matches()) {
        procedures.add(
            new ProcedureDef(matcher.group(1), fields(matcher.group(2)), fields(matcher.group(3))));
      }
    }
    return procedures;
  }

  private static List<Field> fields(String text) {
    List<Field> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      fields.add(new Field(matcher.group(1), type(matcher.group(2).replace("?", "").strip())));
    }
    return fields;
  }

  private static Type type(String word) {
    return switch (word) {
      case "STRING" -> Type.STRING;
      case "INTEGER" -> Type.INT64;
      case "FLOAT", "NUMBER" -> Type.FLOAT64;
      case "BOOLEAN" -> Type.BOOL;
      default -> Type.ANY;
    };
  }

  static Set<String> parameters(TckFeatures.Scenario scenario) {
    Set<String> names = new LinkedHashSet<>();
    for (var step : scenario.steps()) {
      if (step.text().startsWith("And parameters are")
          || step.text().startsWith("Given parameters")) {
        Matcher matcher = Pattern.compile("(?m)^\\s*\\|\\s*(\\w+)\\s*\\|").matcher(step.block());
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }
}
