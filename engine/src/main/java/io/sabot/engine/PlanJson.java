package io.sabot.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sabot.exec.operator.Profile;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.text.PlanText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// Plans as JSON: of each operator its name, the rest of its line, and its inputs.
final class PlanJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String OPERATOR = "operator";
  private static final String DETAILS = "details";
  private static final String INPUTS = "inputs";

  private PlanJson() {}

  /// @param phases a plan as text, by the name of the phase
  static String phases(Map<String, String> phases) {
    ArrayNode all = JSON.createArrayNode();
    phases.forEach((name, text) -> all.addObject().put("phase", name).set("plan", tree(text)));
    return text(all);
  }

  /// The physical plan with rows, time and bytes written to disk of each operator.
  static String profile(PhysicalNode plan, Profile profile, QueryRun run) {
    ObjectNode all = JSON.createObjectNode();
    all.set("plan", node(plan, profile));
    all.put("memoryPeakBytes", run.memory().peakBytes());
    all.put("spilledBytes", run.memory().spill().writtenBytes());
    return text(all);
  }

  private static ObjectNode node(PhysicalNode node, Profile profile) {
    Profile.Figures figures = profile.of(node);
    ObjectNode json =
        line(PlanText.line(node))
            .put("rows", figures.rows().get())
            .put("nanos", figures.nanos().get())
            .put("spilledBytes", figures.spilledBytes().get());
    ArrayNode inputs = JSON.createArrayNode();
    PhysicalInputs.of(node).forEach(input -> inputs.add(node(input, profile)));
    if (!inputs.isEmpty()) {
      json.set(INPUTS, inputs);
    }
    return json;
  }

  /// A line for each operator, deeper than the one it is an input of.
  private static ObjectNode tree(String text) {
    ObjectNode root = JSON.createObjectNode();
    Deque<Open> open = new ArrayDeque<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      int depth = line.length() - line.stripLeading().length();
      ObjectNode json = line(line.strip());
      while (!open.isEmpty() && open.peek().depth >= depth) {
        open.pop();
      }
      if (open.isEmpty()) {
        root = json;
      } else {
        open.peek().json.withArrayProperty(INPUTS).add(json);
      }
      open.push(new Open(depth, json));
    }
    return root;
  }

  private record Open(int depth, ObjectNode json) {}

  private static ObjectNode line(String line) {
    int blank = line.indexOf(' ');
    ObjectNode json = JSON.createObjectNode();
    return blank < 0
        ? json.put(OPERATOR, line)
        : json.put(OPERATOR, line.substring(0, blank)).put(DETAILS, line.substring(blank + 1));
  }

  private static String text(com.fasterxml.jackson.databind.JsonNode json) {
    try {
      return JSON.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
