package io.sabot.plan.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a random test a parameter of type `java.util.Random` that can be replayed.
///
/// Every invocation draws a fresh seed, also each one of a `@RepeatedTest`. When it fails, the seed
/// is printed, and `-Dseed=...` runs the test with that seed instead. The parameter is the only
/// source of randomness such a test may use.
///
/// ```java
/// @Seeded
/// @RepeatedTest(100)
/// void printedPlansParseBack(Random random) { ... }
/// ```
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SeededExtension.class)
public @interface Seeded {}
