package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.check.EmbeddedCalls;
import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The matches of a pattern as a plan, for whatever language the pattern was written in.
///
/// @param variables the column of each variable of the pattern
public record PatternPlan(LogicalNode plan, Map<String, Column> variables) {
  /// @param parts a pattern that needs no more checks
  /// @param outer columns from around the pattern that its conditions may read, by name
  public static PatternPlan of(
      List<PatternPart> parts,
      Map<String, Column> outer,
      Catalog catalog,
      ColumnAllocator columns) {
    EmbeddedCalls none = new EmbeddedCalls(EmbeddedLanguages.NONE, catalog, columns, Set.of());
    Lowering lowering = new Lowering(catalog, columns, none, new ArrayList<>());
    Bindings around = new Bindings();
    outer.forEach(around::bind);
    Bindings scope = around.asOuter();
    Rows rows = new Rows(LogicalNode.Values.UNIT);
    new MatchLowering(lowering).match(parts, null, scope, rows);
    Map<String, Column> variables = new LinkedHashMap<>(scope.all());
    variables.keySet().removeAll(outer.keySet());
    return new PatternPlan(rows.plan(), variables);
  }
}
