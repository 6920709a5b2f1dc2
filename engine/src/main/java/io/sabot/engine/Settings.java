package io.sabot.engine;

import io.sabot.exec.batch.Batch;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Isolation;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Settings by name, as `SET` and the command line give them.
public final class Settings {
  private static final List<String> NAMES =
      List.of(
          "memory_limit",
          "timeout",
          "threads",
          "optimizer",
          "timezone",
          "batch_size",
          "isolation",
          "load_folder",
          "service_endpoints",
          "service_timeout",
          "entailment",
          "spill_directory",
          "spill_limit");

  private Settings() {}

  /// All that {@link #apply} knows.
  public static List<String> names() {
    return NAMES;
  }

  public static Options apply(Options options, String name, String value) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "memory_limit" -> options.withMemoryLimitBytes(bytes(value));
      case "timeout" -> options.withTimeout(duration(value));
      case "threads" -> options.withThreads((int) number(value, "threads"));
      case "optimizer" -> options.withOptimizer(onOff(value));
      case "load_folder" ->
          options.withAccess(
              options.access().withDocuments(value.isBlank() ? null : Path.of(value.strip())));
      case "service_endpoints" ->
          options.withAccess(options.access().withEndpoints(endpoints(value)));
      case "service_timeout" ->
          options.withAccess(options.access().withEndpointTimeout(duration(value)));
      case "entailment" -> options.withEntailment(graph(value));
      case "spill_directory" ->
          options.withSpilling(
              options.spilling().withDirectory(value.isBlank() ? null : Path.of(value.strip())));
      case "spill_limit" ->
          options.withSpilling(options.spilling().withLimitBytes(spillLimit(value)));
      case "timezone" -> options.withZone(zone(value));
      case "batch_size" -> options.withBatchRows(batchRows(value));
      case "isolation" -> options.withIsolation(isolation(value));
      default -> throw unknown(name);
    };
  }

  /// One setting, or all with their names.
  static Result show(Options options, String name) {
    if (name.isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      NAMES.forEach(each -> rows.add(List.of(each, value(options, each))));
      return Rows.texts(List.of("name", "setting"), rows);
    }
    String known = name.toLowerCase(Locale.ROOT);
    if (!NAMES.contains(known)) {
      throw unknown(name);
    }
    return Rows.texts(List.of(known), List.of(List.of(value(options, known))));
  }

  private static String value(Options options, String name) {
    return switch (name) {
      case "memory_limit" -> Long.toString(options.memoryLimitBytes());
      case "timeout" -> options.timeout().toMillis() + "ms";
      case "threads" -> Integer.toString(options.threads());
      case "optimizer" -> options.optimizer() ? "on" : "off";
      case "timezone" -> options.zone().equals(ZoneOffset.UTC) ? "UTC" : options.zone().getId();
      case "batch_size" -> Integer.toString(options.batchRows());
      case "isolation" -> options.isolation().name().toLowerCase(Locale.ROOT);
      case "load_folder" -> String.valueOf(options.access().documents()).replace("null", "");
      case "service_endpoints" -> String.join(", ", options.access().endpoints().keySet());
      case "service_timeout" -> options.access().endpointTimeout().toMillis() + "ms";
      case "entailment" -> options.entailment();
      case "spill_directory" -> String.valueOf(options.spilling().directory()).replace("null", "");
      case "spill_limit" ->
          options.spilling().limitBytes() == Long.MAX_VALUE
              ? "none"
              : Long.toString(options.spilling().limitBytes());
      default -> throw unknown(name);
    };
  }

  private static QueryException unknown(String name) {
    return new QueryException(
        ErrorCode.INVALID_ARGUMENT,
        null,
        "there is no setting '" + name + "'",
        Errors.didYouMean(name, NAMES).isEmpty()
            ? "settings are " + String.join(", ", NAMES)
            : Errors.didYouMean(name, NAMES));
  }

  /// IRIs with commas between them, each with the address to ask where it is another: `iri` or `iri
  /// -> address`. `*` allows every endpoint.
  private static Map<String, String> endpoints(String text) {
    Map<String, String> endpoints = new TreeMap<>();
    for (String entry : text.split(",")) {
      int arrow = entry.indexOf("->");
      String iri = (arrow < 0 ? entry : entry.substring(0, arrow)).strip();
      if (!iri.isEmpty()) {
        endpoints.put(iri, arrow < 0 ? iri : entry.substring(arrow + 2).strip());
      }
    }
    return endpoints;
  }

  /// An IRI with or without angle brackets; `off` or nothing for none.
  private static String graph(String text) {
    String iri = text.strip().replaceAll("^<|>$", "");
    return iri.equalsIgnoreCase("off") ? "" : iri;
  }

  /// A size, `none` for as much as there is room, or 0 to write nothing.
  private static long spillLimit(String text) {
    return text.strip().equalsIgnoreCase("none") ? Long.MAX_VALUE : bytes(text);
  }

  /// `512MB`, `2GiB`, `1000000`.
  public static long bytes(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT).replace("IB", "B");
    long unit =
        upper.endsWith("GB")
            ? 1L << 30
            : upper.endsWith("MB") ? 1L << 20 : upper.endsWith("KB") ? 1L << 10 : 1;
    String digits = upper.replaceAll("[KMG]?B$", "").strip();
    return Math.multiplyExact(number(digits, text, "a size such as 512MB"), unit);
  }

  /// `500ms`, `30s`, `5min`, plain milliseconds; 0 for none.
  public static Duration duration(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String digits = lower.replaceAll("[a-z]+$", "").strip();
    String unit = lower.substring(digits.length()).strip();
    long amount = number(digits, text, "a duration such as 30s");
    return switch (unit) {
      case "", "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw invalid(text, "a duration such as 30s");
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException unknown) {
      throw invalid(text, "a time zone such as Europe/Stockholm or +01:00");
    }
  }

  private static int batchRows(String text) {
    long rows =
        text.equalsIgnoreCase("default") ? Batch.ROWS_MAX : number(text, "a number of rows");
    if (rows < 1 || rows > Batch.ROWS_MAX) {
      throw invalid(text, "a number of rows from 1 to " + Batch.ROWS_MAX);
    }
    return (int) rows;
  }

  private static Isolation isolation(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "snapshot" -> Isolation.SNAPSHOT;
      case "serializable" -> Isolation.SERIALIZABLE;
      default -> throw invalid(text, "snapshot or serializable");
    };
  }

  private static boolean onOff(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "on", "true", "1" -> true;
      case "off", "false", "0" -> false;
      default -> throw invalid(text, "on or off");
    };
  }

  private static long number(String text, String expected) {
    return number(text, text, expected);
  }

  /// @param text of which the digits are a part
  private static long number(String digits, String text, String expected) {
    try {
      return Long.parseLong(digits.strip());
    } catch (NumberFormatException notANumber) {
      throw invalid(text, expected);
    }
  }

  private static QueryException invalid(String text, String expected) {
    return new QueryException(
        ErrorCode.INVALID_ARGUMENT, null, "found '" + text + "', expected " + expected, "");
  }
}
