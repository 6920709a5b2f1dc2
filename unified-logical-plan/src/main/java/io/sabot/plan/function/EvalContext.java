package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
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

  /// The next number of a sequence.
  default long nextNumber(int sequenceId) {
    throw Errors.unsupported(null, "a number of a sequence in this place");
  }

  /// The number of a sequence that the session got last.
  default long currentNumber(int sequenceId) {
    throw Errors.unsupported(null, "a number of a sequence in this place");
  }

  /// Makes `value` the number that a sequence gave last.
  default void setNumber(int sequenceId, long value) {
    throw Errors.unsupported(null, "a number of a sequence in this place");
  }

  /// Against which relative IRIs are resolved.
  String baseIri();

  /// The IRI that names a row or an element of the native graph in RDF; other values as they are.
  default Value asIri(Value entity) {
    return entity;
  }

  /// The row or element that an IRI names; other values as they are.
  default Value asEntity(Value iri) {
    return iri;
  }
}
