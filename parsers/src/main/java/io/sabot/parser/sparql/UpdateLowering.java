package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.GraphCommand;
import io.sabot.plan.logical.LogicalNode.GraphTarget;
import io.sabot.plan.logical.LogicalNode.GraphVerb;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.modify.request.Target;
import org.apache.jena.sparql.modify.request.UpdateAdd;
import org.apache.jena.sparql.modify.request.UpdateBinaryOp;
import org.apache.jena.sparql.modify.request.UpdateClear;
import org.apache.jena.sparql.modify.request.UpdateCopy;
import org.apache.jena.sparql.modify.request.UpdateCreate;
import org.apache.jena.sparql.modify.request.UpdateDataDelete;
import org.apache.jena.sparql.modify.request.UpdateDataInsert;
import org.apache.jena.sparql.modify.request.UpdateDeleteWhere;
import org.apache.jena.sparql.modify.request.UpdateDrop;
import org.apache.jena.sparql.modify.request.UpdateDropClear;
import org.apache.jena.sparql.modify.request.UpdateLoad;
import org.apache.jena.sparql.modify.request.UpdateModify;
import org.apache.jena.sparql.modify.request.UpdateMove;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementTriplesBlock;
import org.apache.jena.update.Update;

/// The operations of an update request.
final class UpdateLowering {
  private final Context context;

  UpdateLowering(Context context) {
    this.context = context;
  }

  LogicalNode lower(Update update) {
    return switch (update) {
      case UpdateDataInsert insert ->
          modify(LogicalNode.Values.UNIT, Map.of(), List.of(), insert.getQuads(), null);
      case UpdateDataDelete delete ->
          modify(LogicalNode.Values.UNIT, Map.of(), delete.getQuads(), List.of(), null);
      case UpdateDeleteWhere where -> deleteWhere(where.getQuads());
      case UpdateModify modify -> modify(modify);
      case UpdateDrop drop -> dropClear(GraphVerb.DROP, drop);
      case UpdateClear clear -> dropClear(GraphVerb.CLEAR, clear);
      case UpdateCreate create ->
          new GraphCommand(
              GraphVerb.CREATE,
              GraphTarget.ONE,
              Value.NULL,
              RdfTerms.value(create.getGraph()),
              create.isSilent());
      case UpdateCopy copy -> binary(GraphVerb.COPY, copy);
      case UpdateMove move -> binary(GraphVerb.MOVE, move);
      case UpdateAdd add -> binary(GraphVerb.ADD, add);
      case UpdateLoad load ->
          new GraphCommand(
              GraphVerb.LOAD,
              GraphTarget.ONE,
              new Value.Iri(load.getSource()),
              load.getDest() == null ? Value.NULL : RdfTerms.value(load.getDest()),
              load.isSilent());
      default ->
          throw Errors.unsupported(
              null, "the update operation " + update.getClass().getSimpleName());
    };
  }

  private LogicalNode modify(
      LogicalNode input,
      Map<String, io.sabot.plan.expr.Column> variables,
      List<Quad> deletes,
      List<Quad> inserts,
      @org.jspecify.annotations.Nullable Node with) {
    ConstructLowering templates = new ConstructLowering(context);
    return new LogicalNode.QuadModify(
        input,
        templates.quads(deletes, variables, with),
        templates.quads(inserts, variables, with));
  }

  private LogicalNode modify(UpdateModify modify) {
    Node with = modify.getWithIRI();
    Context scoped = context;
    if (!modify.getUsing().isEmpty() || !modify.getUsingNamed().isEmpty()) {
      scoped =
          context.withScopes(
              new GraphScope.Merge(values(modify.getUsing())),
              new GraphScope.NamedOnly(values(modify.getUsingNamed())));
    } else if (with != null) {
      scoped =
          context.withScopes(
              new GraphScope.Merge(List.of(RdfTerms.value(with))), context.namedScope());
    }
    Solutions solutions = new OpLowering(scoped).lower(Algebra.compile(modify.getWherePattern()));
    return modify(
        solutions.plan(),
        solutions.variables(),
        modify.hasDeleteClause() ? modify.getDeleteQuads() : List.of(),
        modify.hasInsertClause() ? modify.getInsertQuads() : List.of(),
        with);
  }

  private static List<Value> values(List<Node> nodes) {
    return nodes.stream().map(RdfTerms::value).toList();
  }

  private LogicalNode deleteWhere(List<Quad> quads) {
    ElementGroup group = new ElementGroup();
    for (Quad quad : quads) {
      ElementTriplesBlock block = new ElementTriplesBlock();
      block.addTriple(quad.asTriple());
      Element element =
          quad.isDefaultGraph() ? block : new ElementNamedGraph(quad.getGraph(), block);
      group.addElement(element);
    }
    Solutions solutions = new OpLowering(context).lower(Algebra.compile(group));
    return modify(solutions.plan(), solutions.variables(), quads, List.of(), null);
  }

  private static LogicalNode dropClear(GraphVerb verb, UpdateDropClear update) {
    GraphTarget target =
        update.isAll()
            ? GraphTarget.ALL
            : update.isAllNamed()
                ? GraphTarget.NAMED
                : update.isDefault() ? GraphTarget.DEFAULT : GraphTarget.ONE;
    Value graph = target == GraphTarget.ONE ? RdfTerms.value(update.getGraph()) : Value.NULL;
    return new GraphCommand(verb, target, Value.NULL, graph, update.isSilent());
  }

  private static LogicalNode binary(GraphVerb verb, UpdateBinaryOp update) {
    return new GraphCommand(
        verb, GraphTarget.ONE, graph(update.getSrc()), graph(update.getDest()), update.isSilent());
  }

  private static Value graph(Target target) {
    return target.isDefault() ? Value.NULL : RdfTerms.value(target.getGraph());
  }
}
