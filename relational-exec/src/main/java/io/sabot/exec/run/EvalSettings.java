package io.sabot.exec.run;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// What functions see of the outside world in one statement.
///
/// @param now when the statement started
/// @param transactionStart when its transaction started
/// @param zone of values that are given without one
/// @param numbers what the session got last of each sequence; gets more
public record EvalSettings(
    Instant now,
    Instant transactionStart,
    InstantSource clock,
    ZoneId zone,
    RandomGenerator random,
    String baseIri,
    Map<Integer, Long> numbers) {
  public EvalSettings(
      Instant now,
      Instant transactionStart,
      InstantSource clock,
      ZoneId zone,
      RandomGenerator random,
      String baseIri) {
    this(now, transactionStart, clock, zone, random, baseIri, new ConcurrentHashMap<>());
  }
}
