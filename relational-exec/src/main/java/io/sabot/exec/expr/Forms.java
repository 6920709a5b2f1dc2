package io.sabot.exec.expr;

import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;

/// Questions about types that several evaluators ask.
final class Forms {
  private Forms() {}

  static boolean isTerm(Type type) {
    return type.physical() == Physical.TERM;
  }
}
