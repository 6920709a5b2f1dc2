package io.sabot.parser.cypher.ast;

import io.sabot.plan.error.SourceSpan;
import org.jspecify.annotations.Nullable;

/// Where a piece of syntax was written.
///
/// All places are equal, so that record equality of two pieces of syntax asks whether they say the
/// same thing, wherever they stand; grouping keys are compared this way.
public record Place(SourceSpan span) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 1;
  }
}
