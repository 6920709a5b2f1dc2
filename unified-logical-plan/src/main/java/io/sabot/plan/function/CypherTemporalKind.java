package io.sabot.plan.function;

import io.sabot.plan.value.Value;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The five kinds of points in time that Cypher has, by what they are made of.
enum CypherTemporalKind {
  DATE("date", "date", true, false, false),
  LOCALTIME("localtime", "local time", false, true, false),
  TIME("time", "time", false, true, true),
  LOCALDATETIME("localdatetime", "local datetime", true, true, false),
  DATETIME("datetime", "datetime", true, true, true);

  private final String function;
  private final String word;
  private final boolean hasDate;
  private final boolean hasTime;
  private final boolean hasZone;

  CypherTemporalKind(
      String function, String word, boolean hasDate, boolean hasTime, boolean hasZone) {
    this.function = function;
    this.word = word;
    this.hasDate = hasDate;
    this.hasTime = hasTime;
    this.hasZone = hasZone;
  }

  /// The name of its constructor.
  String function() {
    return function;
  }

  String word() {
    return word;
  }

  boolean hasDate() {
    return hasDate;
  }

  boolean hasTime() {
    return hasTime;
  }

  boolean hasZone() {
    return hasZone;
  }

  /// The date in a value, null when it has none.
  static @Nullable LocalDate dateOf(@Nullable Value value) {
    return switch (value) {
      case Value.Date(var v) -> v;
      case Value.DateTime(var v) -> v.toLocalDate();
      case Value.ZonedDateTime(var v) -> v.toLocalDate();
      case null, default -> null;
    };
  }

  /// The time of day in a value as its own zone shows it, null when it has none.
  static @Nullable LocalTime timeOf(@Nullable Value value) {
    return switch (value) {
      case Value.Time(var v) -> v;
      case Value.ZonedTime(var v) -> v.toLocalTime();
      case Value.DateTime(var v) -> v.toLocalTime();
      case Value.ZonedDateTime(var v) -> v.toLocalTime();
      case null, default -> null;
    };
  }

  static @Nullable ZoneId zoneOf(@Nullable Value value) {
    return switch (value) {
      case Value.ZonedTime(var v) -> v.getOffset();
      case Value.ZonedDateTime(var v) -> v.getZone();
      case null, default -> null;
    };
  }
}
