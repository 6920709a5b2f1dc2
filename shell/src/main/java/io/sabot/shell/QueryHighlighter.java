package io.sabot.shell;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Colours keywords, texts and comments, numbers and variables while they are typed.
final class QueryHighlighter implements Highlighter {
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z_]\\w*|[?$][A-Za-z_]\\w*|\\d+(\\.\\d+)?");
  private static final AttributedStyle KEYWORD =
      AttributedStyle.BOLD.foreground(AttributedStyle.BLUE);
  private static final AttributedStyle OPAQUE =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle NUMBER =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);
  private static final AttributedStyle VARIABLE =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    String code = QueryText.of(buffer).code();
    AttributedStyle[] styles = new AttributedStyle[buffer.length()];
    for (int i = 0; i < buffer.length(); i++) {
      styles[i] = code.charAt(i) == buffer.charAt(i) ? AttributedStyle.DEFAULT : OPAQUE;
    }
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      for (int i = token.start(); i < token.end(); i++) {
        styles[i] = style(token.group());
      }
    }
    AttributedStringBuilder out = new AttributedStringBuilder();
    for (int i = 0; i < buffer.length(); i++) {
      out.append(String.valueOf(buffer.charAt(i)), styles[i]);
    }
    return out.toAttributedString();
  }

  private static AttributedStyle style(String token) {
    char first = token.charAt(0);
    if (first == '?' || first == '$') {
      return VARIABLE;
    }
    if (Character.isDigit(first)) {
      return NUMBER;
    }
    return Keywords.all().contains(token.toUpperCase(Locale.ROOT))
        ? KEYWORD
        : AttributedStyle.DEFAULT;
  }
}
