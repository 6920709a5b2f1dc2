package io.sabot.parser.cypher.check;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;

/// What is known about the value of an expression before it runs.
sealed interface StaticType {
  enum Basic implements StaticType {
    ANY("a value of unknown type"),
    NULL("null"),
    BOOLEAN("a boolean"),
    INTEGER("an integer"),
    FLOAT("a float"),
    STRING("a string"),
    MAP("a map"),
    NODE("a node"),
    RELATIONSHIP("a relationship"),
    PATH("a path"),
    TEMPORAL("a temporal value");

    private final String word;

    Basic(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  record ListOf(StaticType element) implements StaticType {
    @Override
    public String word() {
      return "a list";
    }
  }

  StaticType ANY = Basic.ANY;
  StaticType NULL = Basic.NULL;
  StaticType BOOLEAN = Basic.BOOLEAN;
  StaticType INTEGER = Basic.INTEGER;
  StaticType FLOAT = Basic.FLOAT;
  StaticType STRING = Basic.STRING;
  StaticType MAP = Basic.MAP;
  StaticType NODE = Basic.NODE;
  StaticType RELATIONSHIP = Basic.RELATIONSHIP;
  StaticType PATH = Basic.PATH;
  StaticType TEMPORAL = Basic.TEMPORAL;
  StaticType LIST = new ListOf(ANY);

  /// The type with its article, for messages.
  String word();

  /// Whether nothing speaks against a value of this type being of type `other`.
  default boolean mayBe(StaticType other) {
    if (this == ANY || this == NULL || other == ANY || equals(other)) {
      return true;
    }
    return this instanceof ListOf(StaticType mine)
        && other instanceof ListOf(StaticType theirs)
        && mine.mayBe(theirs);
  }

  default boolean isNumber() {
    return this == INTEGER || this == FLOAT;
  }

  default boolean isEntity() {
    return this == NODE || this == RELATIONSHIP;
  }

  /// The type of either of two values.
  static StaticType union(StaticType left, StaticType right) {
    if (left.equals(right) || right == NULL) {
      return left;
    }
    if (left == NULL) {
      return right;
    }
    if (left instanceof ListOf(StaticType a) && right instanceof ListOf(StaticType b)) {
      return new ListOf(union(a, b));
    }
    return ANY;
  }

  static StaticType of(Value value) {
    return switch (value) {
      case Value.Null _ -> NULL;
      case Value.Bool _ -> BOOLEAN;
      case Value.Int _ -> INTEGER;
      case Value.Real _ -> FLOAT;
      case Value.Str _ -> STRING;
      default -> ANY;
    };
  }

  static StaticType of(Type type) {
    return switch (type) {
      case Type.Int _ -> INTEGER;
      case Type.Floating _ -> FLOAT;
      case Type.Decimal _ -> FLOAT;
      case Type.ListOf(Type element) -> new ListOf(of(element));
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> BOOLEAN;
            case STRING -> STRING;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> TEMPORAL;
            case NODE -> NODE;
            case EDGE -> RELATIONSHIP;
            case PATH -> PATH;
            case MAP -> MAP;
            case BYTES, UUID, JSON, JSONB, IRI, ANY -> ANY;
          };
    };
  }
}
