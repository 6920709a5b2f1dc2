package io.sabot.graph;

import io.sabot.plan.expr.LabelExpr;
import io.sabot.store.GraphReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Tests the labels of nodes, once for all nodes of a partition. Confined to one thread.
final class LabelFilter {
  private static final byte UNKNOWN = 0;
  private static final byte NO = 1;
  private static final byte YES = 2;

  private final LabelExpr labels;
  private byte[] verdicts = new byte[0];

  LabelFilter(LabelExpr labels) {
    this.labels = labels;
  }

  /// Whether the nodes of the partition have the labels; -1 is no partition.
  boolean matches(int partition, GraphReader graph) {
    if (partition < 0) {
      return false;
    }
    if (partition >= verdicts.length) {
      verdicts = Arrays.copyOf(verdicts, partition + 1);
    }
    if (verdicts[partition] == UNKNOWN) {
      verdicts[partition] = labels.matches(names(partition, graph)) ? YES : NO;
    }
    return verdicts[partition] == YES;
  }

  private static Set<String> names(int partition, GraphReader graph) {
    Set<String> names = new HashSet<>();
    for (int label : graph.partitionLabels(partition)) {
      names.add(graph.labelName(label));
    }
    return names;
  }
}
