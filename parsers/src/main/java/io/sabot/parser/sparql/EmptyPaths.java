package io.sabot.parser.sparql;

/// What becomes of a path that may be empty where the row that an EXISTS is evaluated for gives an
/// end of it. From that value to itself there is an empty path, whether the graph holds it or not,
/// so its solutions are those of the graph and one more (SPARQL 1.1 §18.5, §18.6).
///
/// An EXISTS with one such path is that of the graph or that of the one more, which plans as two
/// joins; the union of both within it would be evaluated for each row.
final class EmptyPaths {
  /// Which solutions a path has.
  enum Mode {
    ALL,
    OF_THE_GRAPH,
    OF_THE_ROW
  }

  private final Mode mode;
  private int count;

  EmptyPaths(Mode mode) {
    this.mode = mode;
  }

  Mode mode() {
    return mode;
  }

  /// Notes that there is a path of this kind.
  void found() {
    count++;
  }

  int count() {
    return count;
  }
}
