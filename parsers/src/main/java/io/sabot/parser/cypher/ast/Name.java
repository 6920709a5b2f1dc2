package io.sabot.parser.cypher.ast;

/// A name as the user means it: without back-ticks.
public record Name(String text, Place place) {
  @Override
  public String toString() {
    return text;
  }
}
