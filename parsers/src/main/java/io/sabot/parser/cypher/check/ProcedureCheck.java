package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Clause.YieldItem;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.check.EmbeddedCalls.EmbeddedCall;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.error.Errors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Checks procedure calls against the procedures of the catalog.
final class ProcedureCheck {
  private final Map<String, ProcedureDef> byName = new TreeMap<>();
  private final EmbeddedCalls embedded;
  private final Set<String> parameters;

  /// @param parameters the names of the parameters that come with the query
  ProcedureCheck(List<ProcedureDef> procedures, Set<String> parameters, EmbeddedCalls embedded) {
    this.embedded = embedded;
    procedures.forEach(procedure -> byName.put(procedure.name(), procedure));
    this.parameters = parameters;
  }

  /// Checks a call and binds what it yields.
  void call(QueryCheck queries, Clause.Call call, Scope scope, boolean standalone) {
    EmbeddedCall query = embedded.of(call);
    if (query != null) {
      query
          .arguments()
          .values()
          .forEach(argument -> queries.argument(argument, scope, call.procedure()));
      yields(queries, call, query.signature(), scope, standalone);
      return;
    }
    ProcedureDef procedure = byName.get(call.procedure());
    if (procedure == null) {
      throw CypherErrors.unknownProcedure(
          call.place(), call.procedure(), Errors.didYouMean(call.procedure(), byName.keySet()));
    }
    if (call.arguments() == null) {
      implicit(call, procedure, standalone);
    } else {
      explicit(queries, call, call.arguments(), procedure, scope);
    }
    yields(queries, call, procedure, scope, standalone);
  }

  private void implicit(Clause.Call call, ProcedureDef procedure, boolean standalone) {
    if (!standalone && !procedure.inputs().isEmpty()) {
      throw CypherErrors.implicitArguments(call.place(), procedure.name());
    }
    for (Field input : procedure.inputs()) {
      if (!parameters.contains(input.name())) {
        throw Errors.missingParameter(call.place().span(), input.name());
      }
    }
  }

  private static void explicit(
      QueryCheck queries,
      Clause.Call call,
      List<Expression> arguments,
      ProcedureDef procedure,
      Scope scope) {
    int expected = procedure.inputs().size();
    if (arguments.size() != expected) {
      throw CypherErrors.argumentCount(
          call.place(),
          procedure.name(),
          expected == 1 ? "1 argument" : expected + " arguments",
          arguments.size());
    }
    for (int i = 0; i < expected; i++) {
      Expression argument = arguments.get(i);
      StaticType found = queries.argument(argument, scope, procedure.name());
      StaticType wanted = StaticType.of(procedure.inputs().get(i).type());
      boolean widened = wanted == StaticType.FLOAT && found == StaticType.INTEGER;
      if (!found.mayBe(wanted) && !widened) {
        throw CypherErrors.argumentType(
            argument.place(),
            found.word(),
            wanted.word(),
            "as argument '" + procedure.inputs().get(i).name() + "' of " + procedure.name());
      }
    }
  }

  private static void yields(
      QueryCheck queries,
      Clause.Call call,
      ProcedureDef procedure,
      Scope scope,
      boolean standalone) {
    Clause.Yield yield = call.yield();
    if (yield == null || yield.star()) {
      if (yield != null && !standalone) {
        throw CypherErrors.unexpectedSyntax(
            yield.place(),
            "YIELD * can be used only when the CALL is the whole query",
            "name the columns: YIELD " + names(procedure));
      }
      if (standalone) {
        procedure.outputs().forEach(o -> scope.bind(o.name(), StaticType.of(o.type())));
      }
      return;
    }
    for (YieldItem item : yield.items()) {
      Field output =
          procedure.outputs().stream()
              .filter(field -> field.name().equals(item.field()))
              .findFirst()
              .orElseThrow(() ->
                  Errors.unknownVariable(
                      item.variable().place().span(),
                      item.field(),
                      procedure.outputs().stream().map(Field::name).toList()));
      if (scope.contains(item.variable().text())) {
        throw CypherErrors.alreadyBound(item.variable().place(), item.variable().text(), "YIELD");
      }
      scope.bind(item.variable().text(), StaticType.of(output.type()));
    }
    queries.where(yield.where(), scope);
  }

  private static String names(ProcedureDef procedure) {
    return String.join(", ", procedure.outputs().stream().map(Field::name).toList());
  }
}
