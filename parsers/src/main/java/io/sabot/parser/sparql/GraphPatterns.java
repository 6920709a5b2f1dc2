package io.sabot.parser.sparql;

import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.OpAssign;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpNull;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpProject;
import org.apache.jena.sparql.algebra.op.OpReduced;
import org.apache.jena.sparql.algebra.op.OpSequence;
import org.apache.jena.sparql.algebra.op.OpSlice;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTriple;
import org.apache.jena.sparql.algebra.op.OpUnion;
import org.apache.jena.sparql.core.VarExprList;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprList;

/// What a pattern inside GRAPH says about the graphs it can match.
final class GraphPatterns {
  private GraphPatterns() {}

  /// Whether the solutions over all named graphs together, each with its graph, are those over each
  /// graph by itself. Not so for what counts, cuts or takes away solutions.
  static boolean isGraphwise(Op op) {
    return switch (op) {
      case OpBGP _, OpTriple _, OpPath _, OpTable _, OpNull _ -> true;
      case OpJoin join -> isGraphwise(join.getLeft()) && isGraphwise(join.getRight());
      case OpSequence sequence ->
          sequence.getElements().stream().allMatch(GraphPatterns::isGraphwise);
      case OpLeftJoin left ->
          isGraphwise(left.getLeft())
              && isGraphwise(left.getRight())
              && reads(left.getLeft())
              && !hasExists(left.getExprs());
      case OpUnion union -> isGraphwise(union.getLeft()) && isGraphwise(union.getRight());
      case OpFilter filter -> isGraphwise(filter.getSubOp()) && !hasExists(filter.getExprs());
      case OpExtend extend -> isGraphwise(extend.getSubOp()) && !hasExists(extend.getVarExprList());
      case OpAssign assign -> isGraphwise(assign.getSubOp()) && !hasExists(assign.getVarExprList());
      default -> false;
    };
  }

  /// Whether every solution rests on a triple of the graph, so that a graph that does not exist
  /// gives none.
  static boolean reads(Op op) {
    return switch (op) {
      case OpBGP _, OpTriple _, OpNull _ -> true;
      case OpTable table -> table.isJoinIdentity();
      case OpJoin join -> reads(join.getLeft()) || reads(join.getRight());
      case OpSequence sequence -> sequence.getElements().stream().anyMatch(GraphPatterns::reads);
      case OpLeftJoin left -> reads(left.getLeft());
      case OpMinus minus -> reads(minus.getLeft());
      case OpUnion union -> reads(union.getLeft()) && reads(union.getRight());
      case OpFilter filter -> reads(filter.getSubOp());
      case OpExtend extend -> reads(extend.getSubOp());
      case OpAssign assign -> reads(assign.getSubOp());
      case OpProject project -> reads(project.getSubOp());
      case OpDistinct distinct -> reads(distinct.getSubOp());
      case OpReduced reduced -> reads(reduced.getSubOp());
      case OpOrder order -> reads(order.getSubOp());
      case OpSlice slice -> reads(slice.getSubOp());
      case OpGroup group -> !group.getGroupVars().isEmpty() && reads(group.getSubOp());
      default -> false;
    };
  }

  private static boolean hasExists(ExprList exprs) {
    return exprs != null && exprs.getList().stream().anyMatch(GraphPatterns::hasExists);
  }

  private static boolean hasExists(VarExprList exprs) {
    return exprs.getExprs().values().stream().anyMatch(GraphPatterns::hasExists);
  }

  private static boolean hasExists(org.apache.jena.sparql.expr.Expr expr) {
    return expr instanceof ExprFunctionOp
        || expr.isFunction()
            && expr.getFunction().getArgs().stream().anyMatch(GraphPatterns::hasExists);
  }
}
