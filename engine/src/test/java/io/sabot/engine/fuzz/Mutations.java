package io.sabot.engine.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Breaks well-formed queries: tokens go, come twice, change places, come from other queries; texts
/// end early; characters of every plane of Unicode get in.
final class Mutations {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^'])*'|\"[^\"]*\"|[\\p{L}_][\\p{L}\\p{N}_]*|\\d+(?:\\.\\d+)?|\\s+|.",
          Pattern.DOTALL);
  private static final List<String> ODDITIES =
      List.of(
          "'",
          "\"",
          "`",
          "\\",
          "\u0000",
          "\uFEFF",
          "\u202E",
          "\uD83D\uDE00",
          "\uDBFF\uDFFD",
          "\uD800",
          "\u00DF",
          "9223372036854775808",
          "-9223372036854775808",
          "1e999",
          "0x",
          "1.0e-400",
          "$",
          "?",
          "/*",
          "--",
          "//",
          ";",
          "\n",
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "NULL",
          "NaN");

  private final Corpus corpus;
  private final Random random;

  Mutations(Corpus corpus, Random random) {
    this.corpus = corpus;
    this.random = random;
  }

  String next() {
    List<String> tokens = tokens(any(corpus.texts()));
    for (int n = random.nextInt(4); n >= 0; n--) {
      mutate(tokens);
    }
    String text = String.join("", tokens);
    return random.nextInt(20) == 0 ? text.substring(0, random.nextInt(text.length() + 1)) : text;
  }

  private void mutate(List<String> tokens) {
    if (tokens.isEmpty()) {
      tokens.add(any(ODDITIES));
      return;
    }
    int at = random.nextInt(tokens.size());
    switch (random.nextInt(8)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
      case 2 -> java.util.Collections.swap(tokens, at, random.nextInt(tokens.size()));
      case 3 -> tokens.set(at, any(tokens(any(corpus.texts()))));
      case 4 -> tokens.add(at, any(ODDITIES));
      case 5 -> tokens.set(at, any(ODDITIES));
      case 6 -> {
        List<String> other = tokens(any(corpus.texts()));
        int from = random.nextInt(other.size());
        tokens.addAll(at, other.subList(from, Math.min(other.size(), from + random.nextInt(8))));
      }
      default -> tokens.add(at, new String(Character.toChars(random.nextInt(0x110000))));
    }
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens.isEmpty() ? new ArrayList<>(List.of(" ")) : tokens;
  }

  private <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
