package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `CALL sql('text', {name: value}) YIELD ...` and `CALL sparql(...)`: each text is bound once, for
/// the checks and for the lowering alike.
public final class EmbeddedCalls {
  private static final Set<String> LANGUAGES = Set.of("sql", "sparql");

  private final EmbeddedLanguages languages;
  private final Catalog catalog;
  private final ColumnAllocator columns;
  private final Map<String, Value> parameters;
  private final Map<Clause.Call, EmbeddedCall> bound = new IdentityHashMap<>();

  /// A call of which the text is known.
  ///
  /// @param signature what it takes and yields, as if it were a procedure
  /// @param arguments by the name under which the text uses them
  public record EmbeddedCall(
      ProcedureDef signature, Map<String, Expression> arguments, Output plan) {}

  public EmbeddedCalls(
      EmbeddedLanguages languages,
      Catalog catalog,
      ColumnAllocator columns,
      Set<String> parameters) {
    this.languages = languages;
    this.catalog = catalog;
    this.columns = columns;
    this.parameters = EmbeddedQuery.visible(Map.of(), parameters);
  }

  /// The embedded query of a call, or the view it names; null when it calls a procedure.
  public @Nullable EmbeddedCall of(Clause.Call call) {
    boolean procedure =
        catalog.procedures().stream().anyMatch(p -> p.name().equals(call.procedure()));
    if (procedure) {
      return null;
    }
    if (LANGUAGES.contains(call.procedure())) {
      return bound.computeIfAbsent(call, this::bind);
    }
    return catalog
        .view(call.procedure())
        .map(view -> bound.computeIfAbsent(call, _ -> bind(call, view)))
        .orElse(null);
  }

  /// A view takes no arguments and yields its columns.
  private EmbeddedCall bind(Clause.Call call, ViewDef view) {
    if (call.arguments() != null && !call.arguments().isEmpty()) {
      throw CypherErrors.unexpectedSyntax(
          call.arguments().getFirst().place(),
          "the view " + view.name() + " takes no arguments",
          "write CALL " + call.procedure() + "() YIELD ...");
    }
    Output plan =
        EmbeddedQuery.plan(languages, view.language(), view.text(), catalog, columns, Map.of());
    return new EmbeddedCall(signature(call.procedure(), Set.of(), plan), Map.of(), plan);
  }

  private EmbeddedCall bind(Clause.Call call) {
    List<Expression> given = call.arguments() == null ? List.of() : call.arguments();
    if (given.isEmpty() || !(given.getFirst() instanceof Expression.Literal literal)) {
      throw noText(call);
    }
    if (!(literal.value() instanceof Value.Str(String text))) {
      throw noText(call);
    }
    Map<String, Expression> arguments = new LinkedHashMap<>();
    if (given.size() == 2 && given.get(1) instanceof Expression.MapLiteral map) {
      map.entries().forEach(entry -> arguments.put(entry.key(), entry.value()));
    } else if (given.size() > 1) {
      throw CypherErrors.unexpectedSyntax(
          given.get(1).place(),
          call.procedure() + " takes a text and a map of arguments",
          "write CALL " + call.procedure() + "('...', {name: value}) YIELD ...");
    }
    Output plan =
        EmbeddedQuery.plan(
            languages,
            call.procedure(),
            text,
            catalog,
            columns,
            EmbeddedQuery.visible(parameters, arguments.keySet()));
    return new EmbeddedCall(signature(call.procedure(), arguments.keySet(), plan), arguments, plan);
  }

  private static RuntimeException noText(Clause.Call call) {
    return Errors.semantic(
        call.place().span(),
        "LiteralExpected",
        call.procedure() + " needs the text of a query as its first argument",
        "write CALL " + call.procedure() + "('...') YIELD ...");
  }

  private static ProcedureDef signature(String name, Set<String> arguments, Output plan) {
    List<Field> inputs = arguments.stream().map(a -> new Field(a, Type.ANY)).toList();
    List<Field> outputs =
        plan.columns().stream()
            .map((OutputColumn o) -> new Field(o.name(), o.column().type()))
            .toList();
    return new ProcedureDef(name, inputs, outputs);
  }
}
