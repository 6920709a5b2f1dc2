package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Cypher's functions that cut characters off strings, count them and normalise them.
final class CypherTrims {
  static final List<Function> ALL =
      List.of(
          trim("trim", true, true), //
          trim("btrim", true, true),
          trim("ltrim", true, false),
          trim("rtrim", false, true),
          length("char_length"),
          length("character_length"),
          Functions.throwing(
              "cy.normalize",
              1,
              2,
              Type.STRING,
              (args, context) ->
                  Value.of(
                      Normalizer.normalize(
                          text(args[0], "normalize"),
                          form(args.length > 1 ? args[1] : Value.of("NFC"))))),
          Functions.orNull(
              "cy.sabot.isnormalized",
              2,
              2,
              Type.BOOL,
              (args, context) ->
                  args[0] instanceof Value.Str(String text)
                      ? Value.of(Normalizer.isNormalized(text, form(args[1])))
                      : Value.NULL),
          Functions.throwing("cy.sabot.concat", 2, Type.ANY, (args, context) -> concat(args)));

  private CypherTrims() {}

  private static Function trim(String name, boolean left, boolean right) {
    return Functions.throwing(
        "cy." + name,
        1,
        2,
        Type.STRING,
        (args, context) -> {
          String text = text(args[0], name);
          String cut = args.length > 1 ? text(args[1], name) : null;
          int from = 0;
          int to = text.length();
          while (left && from < to && isCut(text.codePointAt(from), cut)) {
            from += Character.charCount(text.codePointAt(from));
          }
          while (right && to > from && isCut(text.codePointBefore(to), cut)) {
            to -= Character.charCount(text.codePointBefore(to));
          }
          return Value.of(text.substring(from, to));
        });
  }

  /// @param cut the characters to cut off; null for white space
  private static boolean isCut(int character, @org.jspecify.annotations.Nullable String cut) {
    return cut == null ? Character.isWhitespace(character) : cut.indexOf(character) >= 0;
  }

  private static Function length(String name) {
    return Functions.throwing(
        "cy." + name,
        1,
        Type.INT64,
        (args, context) -> {
          String text = text(args[0], name);
          return Value.of((long) text.codePointCount(0, text.length()));
        });
  }

  private static Normalizer.Form form(Value name) {
    String word = text(name, "normalize");
    for (Normalizer.Form form : Normalizer.Form.values()) {
      if (form.name().equals(word)) {
        return form;
      }
    }
    throw Errors.invalidArgument("'" + word + "' is no normal form; use NFC, NFD, NFKC or NFKD");
  }

  /// `||`: two strings or two lists.
  private static Value concat(Value[] args) {
    if (args[0] instanceof Value.Str(String a) && args[1] instanceof Value.Str(String b)) {
      return Value.of(a + b);
    }
    if (args[0] instanceof Value.ListValue(var a) && args[1] instanceof Value.ListValue(var b)) {
      List<Value> joined = new ArrayList<>(a);
      joined.addAll(b);
      return new Value.ListValue(joined);
    }
    throw Errors.typeMismatch(
        Kinds.name(args[0]) + " and " + Kinds.name(args[1]), "two strings or two lists", "'||'");
  }

  private static String text(Value value, String function) {
    if (value instanceof Value.Str(String text)) {
      return text;
    }
    throw CypherFunctions.type(value, "a string", function);
  }
}
