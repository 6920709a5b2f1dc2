package io.sabot.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Says when a text is whole: a command (`:help`) at its line end, a query at its `;`.
final class QueryLineParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context != ParseContext.COMPLETE && !isWhole(line)) {
      throw new EOFError(-1, -1, "the statement goes on", ";");
    }
    int start = cursor;
    while (start > 0 && isWordPart(line.charAt(start - 1))) {
      start--;
    }
    String word = line.substring(start, cursor);
    return new Line(line, cursor, word);
  }

  private static boolean isWhole(String line) {
    String text = line.strip();
    return text.isEmpty()
        || text.startsWith(":")
        || text.equals("quit")
        || text.equals("exit")
        || QueryText.of(line).isComplete();
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private record Line(String line, int cursor, String word) implements CompletingParsedLine {
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }

    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}
