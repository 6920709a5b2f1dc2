package io.sabot.plan.function;

import java.time.Instant;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/// What a function may know besides its arguments. One per query execution.
public interface EvalContext {
  /// Labels, types and properties of entities.
  GraphAccess graph();

  /// The time at which the statement started; the same for the whole statement.
  Instant now();

  /// The time at which the transaction started; that of the statement when it has its own.
  Instant transactionStart();

  /// The time of this call.
  Instant realtime();

  /// The time zone of values that are given without one.
  ZoneId zone();

  RandomGenerator random();

  /// A number that this query has not handed out before, for blank nodes and the like.
  long nextSerial();

  /// Against which relative IRIs are resolved.
  String baseIri();
}
