package io.sabot.parser.embed;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a query inside a statement of another language, and its arguments.
public final class EmbeddedQuery {
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\w+)");

  private EmbeddedQuery() {}

  /// The parameters of a text in the order in which they first appear; numbered ones by number.
  public static List<String> parameters(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    boolean numbered = !names.isEmpty() && names.stream().allMatch(n -> n.matches("\\d+"));
    return numbered ? names.stream().sorted().toList() : List.copyOf(names);
  }

  /// The parameters that a text sees: the statement's own, and the arguments of the call.
  public static Map<String, Value> visible(Map<String, Value> own, Iterable<String> arguments) {
    Map<String, Value> visible = new LinkedHashMap<>(own);
    arguments.forEach(name -> visible.put(name, Value.NULL));
    return visible;
  }

  /// The plan of a text that returns rows.
  public static Output plan(
      EmbeddedLanguages languages,
      String language,
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> visible) {
    Statement statement = languages.bind(language, text, catalog, columns, visible);
    if (statement instanceof Statement.Query(Output output, _, ResultForm form, _, _)
        && form != ResultForm.NONE) {
      return output;
    }
    throw Errors.semantic(
        null, "NotAQuery", "the " + language + " text does not return rows", "add a result to it");
  }

  /// The plan with expressions in place of parameters.
  public static LogicalNode substitute(LogicalNode node, Map<String, Expr> arguments) {
    if (arguments.isEmpty()) {
      return node;
    }
    LogicalNode inputs = node.mapInputs(input -> substitute(input, arguments));
    return PlanExprs.map(inputs, expr -> expr.transform(e -> replace(e, arguments)));
  }

  private static Expr replace(Expr expr, Map<String, Expr> arguments) {
    if (!(expr instanceof Expr.Param(String name, var type)) || !arguments.containsKey(name)) {
      return expr;
    }
    Expr value = arguments.get(name);
    return value.type().equals(type) ? value : new Expr.Cast(value, type, CastMode.FORM);
  }
}
