package io.sabot.plan.testing;

import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Draws the seed of one test invocation, and prints it if the test fails.
final class SeededExtension implements ParameterResolver, TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(SeededExtension.class);
  private static final SecureRandom SEEDS = new SecureRandom();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Random.class;
  }

  @Override
  public Random resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new Random(seed(context));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    System.err.println(
        "seed: replay with -Dtest="
            + context.getRequiredTestClass().getSimpleName()
            + "#"
            + context.getRequiredTestMethod().getName()
            + " -Dseed="
            + seed(context));
    throw failure;
  }

  /// One seed for an invocation, whoever asks first. The store belongs to the invocation's context.
  private static long seed(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(context.getUniqueId(), id -> freshSeed(), Long.class);
  }

  private static long freshSeed() {
    Long replayed = Long.getLong("seed");
    return replayed != null ? replayed : SEEDS.nextLong();
  }
}
