package io.sabot.engine.arq;

import java.util.ArrayList;
import java.util.List;

/// Text in pieces, so that a smaller query can be had by taking pieces out or by putting one in the
/// place of another.
sealed interface Piece {
  /// What a piece stands for: only pieces of one kind can take each other's place.
  enum Kind {
    GROUP(null),
    ELEMENT(""),
    CONDITION("true"),
    VALUE("1"),
    PATH(":p"),
    MODIFIER("");

    /// What may stand in its place whatever it is; null if nothing may.
    final @org.jspecify.annotations.Nullable String least;

    Kind(@org.jspecify.annotations.Nullable String least) {
      this.least = least;
    }
  }

  record Text(String text) implements Piece {}

  record Part(Kind kind, List<Piece> pieces) implements Piece {}

  /// @param parts texts and pieces
  static Part of(Kind kind, Object... parts) {
    List<Piece> pieces = new ArrayList<>();
    for (Object part : parts) {
      pieces.add(part instanceof Piece piece ? piece : new Text(String.valueOf(part)));
    }
    return new Part(kind, List.copyOf(pieces));
  }

  static Part of(Kind kind, List<Piece> pieces) {
    return new Part(kind, List.copyOf(pieces));
  }

  default String text() {
    return switch (this) {
      case Text(var text) -> text;
      case Part(_, var pieces) -> {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.text()));
        yield all.toString();
      }
    };
  }

  /// This piece with one piece in it, or itself, made smaller; larger steps first.
  default List<Piece> smaller() {
    if (!(this instanceof Part(var kind, var pieces))) {
      return List.of();
    }
    List<Piece> all = new ArrayList<>();
    if (kind.least != null && !text().equals(kind.least)) {
      all.add(of(kind, kind.least));
    }
    pieces.forEach(piece -> collect(piece, kind, all));
    for (int i = 0; i < pieces.size(); i++) {
      for (Piece less : pieces.get(i).smaller()) {
        List<Piece> copy = new ArrayList<>(pieces);
        copy.set(i, less);
        all.add(new Part(kind, List.copyOf(copy)));
      }
    }
    return all;
  }

  /// The outermost pieces of a kind within a piece.
  private static void collect(Piece piece, Kind kind, List<Piece> into) {
    if (piece instanceof Part(var other, var pieces)) {
      if (other == kind) {
        into.add(piece);
      } else {
        pieces.forEach(inner -> collect(inner, kind, into));
      }
    }
  }
}
