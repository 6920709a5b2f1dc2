package io.sabot.exec.run;

import java.time.Instant;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/// What functions see of the outside world in one statement.
///
/// @param now when the statement started
public record EvalSettings(Instant now, ZoneId zone, RandomGenerator random, String baseIri) {}
