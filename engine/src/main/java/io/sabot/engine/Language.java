package io.sabot.engine;

import java.util.Locale;
import java.util.Optional;

/// A query language.
public enum Language {
  SQL,
  CYPHER,
  SPARQL;

  public static Optional<Language> of(String name) {
    for (Language language : values()) {
      if (language.name().equalsIgnoreCase(name)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
