package io.sabot.parser.sql;

import io.sabot.plan.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What PostgreSQL's functions of JSON take and give, and which of ours each is.
final class JsonFunctions {
  /// What stands at the place of an argument.
  enum Arg {
    JSON,
    JSONB,
    TEXT,
    INT,
    BOOL,

    /// An array of texts.
    TEXTS,

    /// A text, or a number that counts.
    KEY,

    /// Any value, which becomes JSON.
    VALUE,

    /// All that follows: texts that become one array.
    KEYS,

    /// All that follows: in turn a name and a value that becomes JSON.
    MEMBERS,

    /// All that follows: values that become JSON.
    VALUES
  }

  /// @param function ours
  /// @param least how many arguments there are at least
  record Signature(String function, Type result, int least, List<Arg> args) {
    /// Whether the result is not in the normal form of jsonb.
    boolean isSpelledAsJson() {
      return switch (function) {
        case "sql.json_build_object", "sql.json_build_array", "sql.json_object_of_texts" -> true;
        default -> false;
      };
    }

    boolean isVariadic() {
      return switch (args.getLast()) {
        case KEYS, MEMBERS, VALUES -> true;
        default -> false;
      };
    }
  }

  static final Map<String, Signature> ALL = all();

  private JsonFunctions() {}

  private static Map<String, Signature> all() {
    Map<String, Signature> all = new LinkedHashMap<>();
    both(all, "TYPEOF", "sql.json_typeof", Type.STRING, 1);
    both(all, "ARRAY_LENGTH", "sql.json_array_length", Type.INT32, 1);
    both(all, "EXTRACT_PATH", "sql.json_extract_path", null, 1, Arg.KEYS);
    both(all, "EXTRACT_PATH_TEXT", "sql.json_extract_path_text", Type.STRING, 1, Arg.KEYS);
    put(all, "JSON_BUILD_OBJECT", "sql.json_build_object", Type.JSON, 0, Arg.MEMBERS);
    put(all, "JSONB_BUILD_OBJECT", "sql.json_build_object", Type.JSONB, 0, Arg.MEMBERS);
    put(all, "JSON_BUILD_ARRAY", "sql.json_build_array", Type.JSON, 0, Arg.VALUES);
    put(all, "JSONB_BUILD_ARRAY", "sql.json_build_array", Type.JSONB, 0, Arg.VALUES);
    put(all, "TO_JSON", "", Type.JSON, 1, Arg.VALUE);
    put(all, "TO_JSONB", "", Type.JSONB, 1, Arg.VALUE);
    put(all, "ARRAY_TO_JSON", "", Type.JSON, 1, Arg.VALUE);
    put(all, "ROW_TO_JSON", "", Type.JSON, 1, Arg.VALUE);
    put(all, "JSONB_OBJECT", "sql.json_object_of_texts", Type.JSONB, 1, Arg.TEXTS, Arg.TEXTS);
    put(all, "JSON_STRIP_NULLS", "sql.json_strip_nulls", Type.JSON, 1, Arg.JSON);
    jsonb(all, "STRIP_NULLS", "sql.jsonb_strip_nulls", Type.JSONB, 1);
    jsonb(all, "PRETTY", "sql.jsonb_pretty", Type.STRING, 1);
    jsonb(all, "SET", "sql.jsonb_set", Type.JSONB, 3, Arg.TEXTS, Arg.JSONB, Arg.BOOL);
    jsonb(all, "INSERT", "sql.jsonb_insert", Type.JSONB, 3, Arg.TEXTS, Arg.JSONB, Arg.BOOL);
    jsonb(all, "DELETE", "sql.jsonb_delete", Type.JSONB, 2, Arg.KEY);
    jsonb(all, "DELETE_PATH", "sql.jsonb_delete_path", Type.JSONB, 2, Arg.TEXTS);
    jsonb(all, "CONCAT", "sql.jsonb_concat", Type.JSONB, 2, Arg.JSONB);
    jsonb(all, "CONTAINS", "sql.jsonb_contains", Type.BOOL, 2, Arg.JSONB);
    jsonb(all, "CONTAINED", "sql.jsonb_contained", Type.BOOL, 2, Arg.JSONB);
    jsonb(all, "EXISTS", "sql.jsonb_exists", Type.BOOL, 2, Arg.TEXT);
    jsonb(all, "EXISTS_ANY", "sql.jsonb_exists_any", Type.BOOL, 2, Arg.TEXTS);
    jsonb(all, "EXISTS_ALL", "sql.jsonb_exists_all", Type.BOOL, 2, Arg.TEXTS);
    paths(all);
    operators(all);
    return Map.copyOf(all);
  }

  private static void paths(Map<String, Signature> all) {
    jsonb(all, "PATH_EXISTS", "sql.jsonb_path_exists", Type.BOOL, 2, Arg.TEXT);
    jsonb(all, "PATH_MATCH", "sql.jsonb_path_match", Type.BOOL, 2, Arg.TEXT);
    jsonb(all, "PATH_QUERY_ARRAY", "sql.jsonb_path_query_array", Type.JSONB, 2, Arg.TEXT);
    jsonb(all, "PATH_QUERY_FIRST", "sql.jsonb_path_query_first", Type.JSONB, 2, Arg.TEXT);
  }

  /// As functions of the symbols; a `->` gives JSON of the kind that it is asked of.
  private static void operators(Map<String, Signature> all) {
    put(all, "->", "sql.json_get", Type.JSON, 2, Arg.JSON, Arg.KEY);
    put(all, "->>", "sql.json_get_text", Type.STRING, 2, Arg.JSON, Arg.KEY);
    put(all, "#>", "sql.json_extract_path", Type.JSON, 2, Arg.JSON, Arg.TEXTS);
    put(all, "#>>", "sql.json_extract_path_text", Type.STRING, 2, Arg.JSON, Arg.TEXTS);
    put(all, "#-", "sql.jsonb_delete_path", Type.JSONB, 2, Arg.JSONB, Arg.TEXTS);
    put(all, "@>", "sql.jsonb_contains", Type.BOOL, 2, Arg.JSONB, Arg.JSONB);
    put(all, "<@", "sql.jsonb_contained", Type.BOOL, 2, Arg.JSONB, Arg.JSONB);
    put(all, "?", "sql.jsonb_exists", Type.BOOL, 2, Arg.JSONB, Arg.TEXT);
    put(all, "?|", "sql.jsonb_exists_any", Type.BOOL, 2, Arg.JSONB, Arg.TEXTS);
    put(all, "?&", "sql.jsonb_exists_all", Type.BOOL, 2, Arg.JSONB, Arg.TEXTS);
    put(all, "@?", "sql.jsonb_path_exists_quietly", Type.BOOL, 2, Arg.JSONB, Arg.TEXT);
    put(all, "@@", "sql.jsonb_path_match_quietly", Type.BOOL, 2, Arg.JSONB, Arg.TEXT);
  }

  /// For json and for jsonb; the result is JSON of that kind when none is given.
  private static void both(
      Map<String, Signature> all,
      String name,
      String function,
      @org.jspecify.annotations.Nullable Type result,
      int least,
      Arg... more) {
    put(
        all,
        "JSON_" + name,
        function,
        result == null ? Type.JSON : result,
        least,
        with(Arg.JSON, more));
    put(
        all,
        "JSONB_" + name,
        function,
        result == null ? Type.JSONB : result,
        least,
        with(Arg.JSONB, more));
  }

  private static void jsonb(
      Map<String, Signature> all,
      String name,
      String function,
      Type result,
      int least,
      Arg... more) {
    put(all, "JSONB_" + name, function, result, least, with(Arg.JSONB, more));
  }

  private static Arg[] with(Arg first, Arg... more) {
    Arg[] all = new Arg[more.length + 1];
    all[0] = first;
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }

  private static void put(
      Map<String, Signature> all,
      String name,
      String function,
      Type result,
      int least,
      Arg... args) {
    all.put(name, new Signature(function, result, least, List.of(args)));
  }
}
