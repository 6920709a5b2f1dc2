package io.sabot.optimizer.joinorder;

import io.sabot.plan.logical.LogicalNode;

/// What things cost, in nanoseconds a row, about. Only their proportions matter.
final class Costs {
  static final double BUILD = 30;
  static final double PROBE = 15;
  static final double OUT = 5;
  static final double PAIR = 10;

  /// Setting up a correlated side for one more outer row.
  static final double RUN = 30_000;

  private Costs() {}

  /// Reading a row of a scan.
  static double scan(LogicalNode scan) {
    return switch (scan) {
      case LogicalNode.TableScan _ -> 3;
      case LogicalNode.NodeScan _ -> 20;
      case LogicalNode.EdgeScan _ -> 30;
      case LogicalNode.QuadScan _ -> 30;
      case LogicalNode.PathScan _ -> 2_000;
      default -> 10;
    };
  }

  /// Finding the place of one looked-up value.
  static double lookup(LogicalNode scan) {
    return switch (scan) {
      case LogicalNode.NodeScan _ -> 100;
      case LogicalNode.EdgeScan _ -> 200;
      case LogicalNode.QuadScan _ -> 1_000;
      case LogicalNode.PathScan _ -> 2_000;
      default -> 1_000;
    };
  }

  static double hash(double left, double right, double out) {
    return BUILD * Math.min(left, right) + PROBE * Math.max(left, right) + OUT * out;
  }
}
