package io.sabot.plan.error;

/// A place in a query text. Lines and columns count from 1; the end is exclusive.
public record SourceSpan(int line, int column, int endLine, int endColumn) {
  public static SourceSpan at(int line, int column) {
    return new SourceSpan(line, column, line, column + 1);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
