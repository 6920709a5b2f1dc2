package io.sabot.engine.io;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The options of `read_csv('file', header = true)` and its like.
final class FileOptions {
  static final String HEADER = "header";
  static final String SEPARATOR = "delim";
  private static final String ALL_TEXT = "all_varchar";
  private static final String SAMPLE = "sample_size";

  private FileOptions() {}

  private static List<String> known(String format) {
    return switch (format) {
      case "csv" -> List.of(HEADER, SEPARATOR, "sep", ALL_TEXT, SAMPLE);
      case "jsonl" -> List.of(ALL_TEXT, SAMPLE);
      default -> List.of();
    };
  }

  /// @param options texts by name, as written in a statement or a plan
  static TextOptions of(String format, Map<String, String> options) {
    Boolean header = null;
    Character separator = null;
    boolean allText = false;
    long sample = TextOptions.RECOGNISED.sampleRows();
    for (Map.Entry<String, String> option : options.entrySet()) {
      String name = option.getKey().toLowerCase(Locale.ROOT);
      if (!known(format).contains(name)) {
        throw unknown(option.getKey(), format);
      }
      switch (name) {
        case HEADER -> header = bool(name, option.getValue());
        case ALL_TEXT -> allText = bool(name, option.getValue());
        case SAMPLE -> sample = sample(option.getValue());
        default -> separator = separator(name, option.getValue());
      }
    }
    return new TextOptions(header, separator, allText, sample);
  }

  private static QueryException unknown(String name, String format) {
    List<String> known = known(format);
    return new QueryException(
        ErrorCode.INVALID_ARGUMENT,
        null,
        "a " + format + " file is read without an option '" + name + "'",
        !Errors.didYouMean(name, known).isEmpty() || known.isEmpty()
            ? Errors.didYouMean(name, known)
            : "options are " + String.join(", ", known));
  }

  private static boolean bool(String name, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw invalid(name, text, "true or false");
    };
  }

  private static char separator(String name, String text) {
    String one = text.equals("\\t") ? "\t" : text;
    if (one.length() != 1) {
      throw invalid(name, text, "one character");
    }
    return one.charAt(0);
  }

  /// -1 is all rows.
  private static long sample(String text) {
    if (text.equals("-1")) {
      return Long.MAX_VALUE;
    }
    try {
      long rows = Long.parseLong(text);
      if (rows > 0) {
        return rows;
      }
    } catch (NumberFormatException noNumber) {
      throw invalid(SAMPLE, text, "a number of rows, or -1 for all");
    }
    throw invalid(SAMPLE, text, "a number of rows, or -1 for all");
  }

  private static QueryException invalid(String name, String found, String expected) {
    return new QueryException(
        ErrorCode.INVALID_ARGUMENT,
        null,
        "found '" + found + "' for " + name + ", expected " + expected,
        "");
  }
}
