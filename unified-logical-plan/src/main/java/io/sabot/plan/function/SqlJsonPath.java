package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path of SQL/JSON (ISO/IEC 9075-2, 9.46), as its parser reads it.
///
/// @param isStrict whether a missing member or a step into what has no such parts is an error
record SqlJsonPath(boolean isStrict, Part part) {

  /// What gives items, or for a predicate one truth value.
  sealed interface Part {}

  /// `$`.
  record Root() implements Part {}

  /// `@`, the item that a filter looks at.
  record Current() implements Part {}

  record Literal(JsonNode value) implements Part {}

  /// `.key`, or each member when the key is null.
  record Member(Part of, @Nullable String key) implements Part {}

  /// `[0, 2 to last]`, or each element when there is no range.
  record Subscripts(Part of, List<Range> ranges) implements Part {}

  /// @param to null for the one element at `from`
  record Range(Part from, @Nullable Part to) {}

  /// The last place of the array in whose subscript this stands.
  record Last() implements Part {}

  record Filter(Part of, Part condition) implements Part {}

  record Method(Part of, String name) implements Part {}

  record Arithmetic(char operator, Part left, Part right) implements Part {}

  record Signed(Part of, boolean isNegated) implements Part {}

  record Comparison(String operator, Part left, Part right) implements Part {}

  record And(Part left, Part right) implements Part {}

  record Or(Part left, Part right) implements Part {}

  record Not(Part of) implements Part {}

  record Exists(Part of) implements Part {}

  record IsUnknown(Part of) implements Part {}

  record StartsWith(Part of, Part prefix) implements Part {}

  record LikeRegex(Part of, Pattern pattern) implements Part {}

  static boolean isPredicate(Part part) {
    return switch (part) {
      case Comparison _, And _, Or _, Not _, Exists _, IsUnknown _, StartsWith _, LikeRegex _ ->
          true;
      case Root _,
          Current _,
          Literal _,
          Member _,
          Subscripts _,
          Last _,
          Filter _,
          Method _,
          Arithmetic _,
          Signed _ ->
          false;
    };
  }
}
