package io.sabot.plan.function;

import io.sabot.plan.value.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/// The context of functions that depend on their arguments only.
public final class ConstantContext implements EvalContext {
  @Override
  public GraphAccess graph() {
    return GraphAccess.NONE;
  }

  @Override
  public Instant now() {
    throw new IllegalStateException("the time is not constant");
  }

  @Override
  public Instant transactionStart() {
    throw new IllegalStateException("the time is not constant");
  }

  @Override
  public Instant realtime() {
    throw new IllegalStateException("the time is not constant");
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public RandomGenerator random() {
    throw new IllegalStateException("randomness is not constant");
  }

  @Override
  public long nextSerial() {
    throw new IllegalStateException("serial numbers are not constant");
  }

  @Override
  public String baseIri() {
    return "";
  }

  @Override
  public Value asIri(Value entity) {
    if (entity instanceof Value.NodeRef || entity instanceof Value.EdgeRef) {
      throw new IllegalStateException("the names of rows are not constant");
    }
    return entity;
  }
}
