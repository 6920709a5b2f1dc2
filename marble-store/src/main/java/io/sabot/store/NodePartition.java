package io.sabot.store;

import java.util.Arrays;

/// The nodes that carry exactly one set of labels: an internal table whose column {@link
/// GraphReader#ID} is the node's term identifier and whose column `key id` is that property's term
/// identifier.
public interface NodePartition {
  /// Label ids, ascending; empty for nodes without labels.
  int[] labels();

  TableReader table();

  default boolean hasLabel(int label) {
    return Arrays.binarySearch(labels(), label) >= 0;
  }
}
