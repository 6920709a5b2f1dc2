package io.sabot.optimizer.joinorder;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inputs of a tree of joins and filters, and all its conditions: what may be joined in any
/// order.
///
/// A side that is joined in another way than INNER, or that is correlated, is an input too. What it
/// adds to a row depends on that row alone, so it commutes with everything that does not change the
/// columns it reads.
///
/// @param conjuncts in the order in which the plan would come to them
record Region(List<Atom> atoms, List<Expr> conjuncts) {
  /// @param kind how the rows found are joined to a row; INNER for an input like any other
  /// @param correlated whether `plan` reads columns of other inputs
  /// @param condition for all but plain inputs: the condition of the join
  record Atom(
      LogicalNode plan,
      JoinKind kind,
      boolean correlated,
      Expr condition,
      @Nullable Column mark) {
    static Atom plain(LogicalNode plan) {
      return new Atom(plan, JoinKind.INNER, false, Expr.TRUE, null);
    }

    /// Whether it can only be joined to rows that have the columns it reads.
    boolean isDependent() {
      return kind != JoinKind.INNER || correlated;
    }
  }

  /// Whether a region of at least two inputs starts at `node`.
  static boolean isRoot(LogicalNode node) {
    return switch (node) {
      case LogicalNode.Join join -> isMember(join.kind());
      case LogicalNode.Apply apply -> isMember(apply.kind());
      case LogicalNode.Filter(var input, _) -> isRoot(input);
      default -> false;
    };
  }

  /// SINGLE stays out: it may raise an error for rows that another join drops.
  private static boolean isMember(JoinKind kind) {
    return switch (kind) {
      case INNER, LEFT, SEMI, ANTI, MARK -> true;
      case RIGHT, FULL, SINGLE -> false;
    };
  }

  static Region of(LogicalNode root) {
    Region region = new Region(new ArrayList<>(), new ArrayList<>());
    region.collect(root);
    return region;
  }

  private void collect(LogicalNode node) {
    switch (node) {
      case LogicalNode.Join join when join.kind() == JoinKind.INNER -> {
        collect(join.left());
        collect(join.right());
        conjuncts.addAll(LogicFunctions.conjuncts(join.condition()));
      }
      case LogicalNode.Join join when isMember(join.kind()) -> {
        collect(join.left());
        atoms.add(new Atom(join.right(), join.kind(), false, join.condition(), join.mark()));
      }
      case LogicalNode.Apply apply when isMember(apply.kind()) -> {
        collect(apply.left());
        atoms.add(new Atom(apply.right(), apply.kind(), true, apply.condition(), apply.mark()));
      }
      case LogicalNode.Filter(var input, var predicate) when isRoot(input) -> {
        collect(input);
        conjuncts.addAll(LogicFunctions.conjuncts(predicate));
      }
      default -> atoms.add(Atom.plain(node));
    }
  }
}
