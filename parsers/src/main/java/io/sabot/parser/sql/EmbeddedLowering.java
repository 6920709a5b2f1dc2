package io.sabot.parser.sql;

import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// `TABLE(CYPHER('...'))` and `TABLE(SPARQL('...'))`: the other language's plan, with the arguments
/// of the call in place of its parameters.
final class EmbeddedLowering {
  private final RelLowering rels;

  EmbeddedLowering(RelLowering rels) {
    this.rels = rels;
  }

  /// `generate_series(from, to [, step])`: the elements of a range.
  private Relation series(RexCall call) {
    RexLowering lowering = new RexLowering(rels, new Rows(null, List.of()));
    List<Expr> args = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      args.add(Coercion.cast(lowering.lower(operand), Type.INT64));
    }
    Column element = rels.columns.column("generate_series", Type.INT64, false);
    Expr range = new Expr.Call(Functions.named("cy.range"), args, new Type.ListOf(Type.INT64));
    LogicalNode plan = new LogicalNode.Unnest(LogicalNode.Values.UNIT, range, element, null, false);
    return new Relation(plan, List.of(element));
  }

  /// The rows that a procedure gives for constant arguments.
  private Relation procedure(ProcedureDef procedure, RexCall call) {
    RexLowering lowering = new RexLowering(rels, new Rows(null, List.of()));
    List<Expr> args = new ArrayList<>();
    for (int i = 0; i < call.getOperands().size(); i++) {
      args.add(
          Coercion.cast(
              lowering.lower(call.getOperands().get(i)), procedure.inputs().get(i).type()));
    }
    List<Column> fields = new ArrayList<>();
    List<Assignment> yields = new ArrayList<>();
    for (ProcedureDef.Field output : procedure.outputs()) {
      Column field = rels.columns.column(output.name(), output.type(), true);
      fields.add(field);
      yields.add(new Assignment(field, new Expr.Param(output.name(), output.type())));
    }
    return new Relation(
        new LogicalNode.ProcedureCall(
            LogicalNode.Values.UNIT, procedure.name(), args, yields, false),
        fields);
  }

  Relation lower(TableFunctionScan scan) {
    RexCall call = (RexCall) scan.getCall();
    if (WindowTables.isOne(call)) {
      return new WindowTables(rels).lower(scan);
    }
    if (call.getOperator() == Operators.SERIES) {
      return series(call);
    }
    if (call.getOperator() instanceof GraphTable.Rows graph) {
      return graph.lower(new RexLowering(rels, new Rows(null, List.of())).all(call.getOperands()));
    }
    if (call.getOperator() instanceof UserOperators.UserTable user) {
      return procedure(user.procedure, call);
    }
    if (!(call.getOperator() instanceof Operators.Embedded)) {
      throw Errors.unsupported(null, "the table function " + call.getOperator().getName());
    }
    String language = call.getOperator().getName().toLowerCase(Locale.ROOT);
    RexLiteral literal = (RexLiteral) call.getOperands().getFirst();
    String text = String.valueOf(literal.getValueAs(String.class));
    List<String> names = EmbeddedQuery.parameters(text);
    int arguments = call.getOperands().size() - 1;
    if (arguments > names.size()) {
      throw Errors.semantic(
          null,
          "TooManyArguments",
          "found " + arguments + " arguments for " + names.size() + " parameters in the text",
          "use each argument in the text as $name, in the order of the arguments");
    }
    LogicalNode.Output output =
        rels.binder.plan(language, text, Operators.visible(rels.binder, names, arguments));
    RexLowering lowering = new RexLowering(rels, new Rows(null, List.of()));
    Map<String, Expr> values = new HashMap<>();
    for (int i = 0; i < arguments; i++) {
      values.put(names.get(i), lowering.lower(call.getOperands().get(i + 1)));
    }
    return RelLowering.relation((LogicalNode.Output) EmbeddedQuery.substitute(output, values));
  }
}
