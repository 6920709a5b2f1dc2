package io.sabot.jdbc;

import io.sabot.engine.Language;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement and the language it is in: that of the connection, unless the text begins with a
/// comment that is the name of another, such as `/* cypher */ MATCH (n) RETURN n`.
///
/// @param text with blanks in place of the marker, so that places in it stay what they are
record LanguageText(Language language, String text) {
  private static final Pattern MARKER =
      Pattern.compile("^\\s*/\\*\\s*(sql|cypher|sparql)\\s*\\*/", Pattern.CASE_INSENSITIVE);

  static LanguageText of(String text, Language otherwise) {
    Matcher marker = MARKER.matcher(text);
    if (!marker.find()) {
      return new LanguageText(otherwise, text);
    }
    String before = text.substring(0, marker.end()).replaceAll("[^\\n]", " ");
    return new LanguageText(
        Language.of(marker.group(1)).orElse(otherwise), before + text.substring(marker.end()));
  }
}
