package io.sabot.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A pattern of metadata: `%` for any text, `_` for one character, a backslash before either for
/// itself; compares without case, as names do.
record NamePattern(@Nullable String pattern) {
  boolean matches(String name) {
    return pattern == null
        || matches(pattern.toUpperCase(Locale.ROOT), 0, name.toUpperCase(Locale.ROOT), 0);
  }

  private static boolean matches(String pattern, int p, String name, int n) {
    int at = p;
    int here = n;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '%') {
        for (int rest = here; rest <= name.length(); rest++) {
          if (matches(pattern, at + 1, name, rest)) {
            return true;
          }
        }
        return false;
      }
      if (c == '\\' && at + 1 < pattern.length()) {
        at++;
        c = pattern.charAt(at);
      } else if (c == '_' && here < name.length()) {
        c = name.charAt(here);
      }
      if (here >= name.length() || name.charAt(here) != c) {
        return false;
      }
      at++;
      here++;
    }
    return here == name.length();
  }
}
