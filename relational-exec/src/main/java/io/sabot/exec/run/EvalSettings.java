package io.sabot.exec.run;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/// What functions see of the outside world in one statement.
///
/// @param now when the statement started
/// @param transactionStart when its transaction started
/// @param zone of values that are given without one
public record EvalSettings(
    Instant now,
    Instant transactionStart,
    InstantSource clock,
    ZoneId zone,
    RandomGenerator random,
    String baseIri) {}
