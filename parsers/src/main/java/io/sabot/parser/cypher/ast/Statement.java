package io.sabot.parser.cypher.ast;

/// A whole text, ready to run or to explain.
public record Statement(Mode mode, Query query) {
  /// What the prefix asks for.
  public enum Mode {
    RUN,
    EXPLAIN,
    PROFILE
  }
}
