package io.sabot.parser.cypher.ast;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What SHOW can show; each is a procedure of the database.
public enum ShowCommand {
  INDEXES(
      "name",
      "state",
      "type",
      "entityType",
      "labelsOrTypes",
      "properties",
      "unique",
      "owningConstraint"),
  CONSTRAINTS("name", "type", "entityType", "labelsOrTypes", "properties", "ownedIndex"),
  FUNCTIONS("name", "category", "aggregating", "isBuiltIn"),
  PROCEDURES("name", "signature"),
  DATABASES("name", "type", "access", "currentStatus", "default", "home");

  private final List<String> fields;

  ShowCommand(String... fields) {
    this.fields = List.of(fields);
  }

  /// The columns, in order.
  public List<String> fields() {
    return fields;
  }

  public String procedure() {
    return "sabot.show." + name().toLowerCase(Locale.ROOT);
  }

  /// The command of these words (in upper case), null when there is none: the plural or the
  /// singular, after `ALL`, `BUILT IN`, `DEFAULT`, `HOME` or `RANGE`, which change nothing here.
  public static @Nullable ShowCommand of(List<String> words) {
    String last = words.getLast();
    List<String> before = words.subList(0, words.size() - 1);
    boolean known =
        List.of(
                List.of(),
                List.of("ALL"),
                List.of("BUILT", "IN"),
                List.of("DEFAULT"),
                List.of("HOME"),
                List.of("RANGE"))
            .contains(before);
    if (!known) {
      return null;
    }
    for (ShowCommand command : values()) {
      String plural = command.name();
      String singular = plural.substring(0, plural.length() - (command == INDEXES ? 2 : 1));
      if (last.equals(plural) || last.equals(singular)) {
        return command;
      }
    }
    return null;
  }
}
