package io.sabot.parser.sql;

import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;

/// `TABLE(CYPHER('...'))` and `TABLE(SPARQL('...'))`: the other language's plan, with the arguments
/// of the call in place of its parameters.
final class EmbeddedLowering {
  private final RelLowering rels;

  EmbeddedLowering(RelLowering rels) {
    this.rels = rels;
  }

  Relation lower(TableFunctionScan scan) {
    RexCall call = (RexCall) scan.getCall();
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
