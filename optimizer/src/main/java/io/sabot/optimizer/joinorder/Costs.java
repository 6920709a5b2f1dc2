package io.sabot.optimizer.joinorder;

import io.sabot.plan.logical.LogicalNode;

/// What things cost, in nanoseconds a row, about. Only their proportions matter.
final class Costs {
  static final double BUILD = 30;
  static final double PROBE = 15;
  static final double OUT = 5;
  static final double PAIR = 10;

  /// Setting up a correlated side for one more outer row.
  private static final double RUN = 30_000;

  /// One more outer row of a correlated side that runs for many of them at once.
  private static final double RUN_AMONG_MANY = 300;

  private Costs() {}

  /// Reading a row of a scan.
  static double scan(LogicalNode scan) {
    return switch (scan) {
      case LogicalNode.TableScan _ -> 3;
      case LogicalNode.NodeScan _ -> 20;
      case LogicalNode.EdgeScan _ -> 30;
      case LogicalNode.QuadScan _ -> 12;
      case LogicalNode.PathScan _ -> 2_000;
      case LogicalNode.SetOp n -> Math.max(scan(leaf(n.left())), scan(leaf(n.right())));
      default -> 10;
    };
  }

  /// Finding the place of one looked-up value.
  static double lookup(LogicalNode scan) {
    return switch (scan) {
      case LogicalNode.NodeScan _ -> 100;
      case LogicalNode.EdgeScan _ -> 200;
      case LogicalNode.QuadScan _ -> 300;
      case LogicalNode.PathScan _ -> 2_000;
      case LogicalNode.SetOp n -> RUN_AMONG_MANY + lookup(leaf(n.left())) + lookup(leaf(n.right()));
      default -> 1_000;
    };
  }

  private static LogicalNode leaf(LogicalNode side) {
    return side instanceof LogicalNode.Filter(var input, _) ? leaf(input) : side;
  }

  /// Running a correlated side for one more outer row, besides what the side costs.
  static double run(LogicalNode side) {
    return isRowWise(side) ? RUN_AMONG_MANY : RUN;
  }

  /// Whether each row of a correlated side comes from one outer row, so that it need not be set up
  /// again for each.
  private static boolean isRowWise(LogicalNode side) {
    return switch (side) {
      case LogicalNode.Filter n -> Leaf.of(n) != null || isRowWise(n.input());
      case LogicalNode.Project n -> isRowWise(n.input());
      case LogicalNode.Extend n -> isRowWise(n.input());
      case LogicalNode.Apply n -> isRowWise(n.left());
      case LogicalNode.SetOp n ->
          n.kind() == LogicalNode.SetKind.UNION
              && n.all()
              && isRowWise(n.left())
              && isRowWise(n.right());
      default -> false;
    };
  }

  static double hash(double left, double right, double out) {
    return BUILD * Math.min(left, right) + PROBE * Math.max(left, right) + OUT * out;
  }
}
