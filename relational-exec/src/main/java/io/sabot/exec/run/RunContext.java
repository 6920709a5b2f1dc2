package io.sabot.exec.run;

import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.EvalContext;
import io.sabot.plan.function.GraphAccess;
import io.sabot.plan.value.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The evaluation context of a running query.
final class RunContext implements EvalContext {
  private final QueryRun run;
  private final EvalSettings settings;
  private final GraphAccess graph;
  private final AtomicLong serial = new AtomicLong();
  private volatile @Nullable GraphMapping mapping;

  RunContext(QueryRun run, EvalSettings settings) {
    this.run = run;
    this.settings = settings;
    this.graph = new SnapshotGraph(run);
  }

  @Override
  public GraphAccess graph() {
    return graph;
  }

  @Override
  public Instant now() {
    return settings.now();
  }

  @Override
  public Instant transactionStart() {
    return settings.transactionStart();
  }

  @Override
  public Instant realtime() {
    return settings.clock().instant();
  }

  @Override
  public ZoneId zone() {
    return settings.zone();
  }

  @Override
  public RandomGenerator random() {
    return settings.random();
  }

  @Override
  public long nextSerial() {
    return serial.incrementAndGet();
  }

  @Override
  public long nextNumber(int sequenceId) {
    long number = run.transaction().nextNumber(sequenceId);
    settings.numbers().put(sequenceId, number);
    return number;
  }

  @Override
  public long currentNumber(int sequenceId) {
    Long number = settings.numbers().get(sequenceId);
    if (number == null) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          null,
          "this session has not taken a number of the sequence yet",
          "call nextval first");
    }
    return number;
  }

  @Override
  public void setNumber(int sequenceId, long value) {
    run.transaction().setNumber(sequenceId, value);
    settings.numbers().put(sequenceId, value);
  }

  @Override
  public String baseIri() {
    return settings.baseIri();
  }

  @Override
  public Value asIri(Value entity) {
    return entity instanceof Value.NodeRef || entity instanceof Value.EdgeRef
        ? mapping().asIri(entity)
        : entity;
  }

  @Override
  public Value asEntity(Value iri) {
    return mapping().canonical(iri);
  }

  private GraphMapping mapping() {
    GraphMapping known = mapping;
    if (known == null) {
      known = new GraphMapping(run.snapshot().catalog());
      mapping = known;
    }
    return known;
  }
}
