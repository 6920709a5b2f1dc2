package io.sabot.plan.type;

/// What every type can say about itself.
///
/// Apart from {@link Type} so that it has no default methods of its own: with them, whoever touches
/// `Type.Simple` first would initialise `Type` while `Simple` has no constants yet, and `Type.BOOL`
/// would be null for good.
sealed interface TypeTraits permits Type {
  /// How a column of this type lies in a batch.
  default Physical physical() {
    return switch ((Type) this) {
      case Type.Int _ -> Physical.LONG;
      case Type.Floating _ -> Physical.DOUBLE;
      case Type.Decimal _ -> Physical.DECIMAL;
      case Type.ListOf _ -> Physical.TERM;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> Physical.BOOL;
            case STRING, JSON, JSONB -> Physical.STRING;
            case DATE, TIME, TIMESTAMP -> Physical.LONG;
            case BYTES, TIMESTAMPTZ, INTERVAL, UUID, NODE, EDGE, PATH, IRI, MAP, ANY ->
                Physical.TERM;
          };
    };
  }

  default boolean isNumeric() {
    return this instanceof Type.Int
        || this instanceof Type.Floating
        || this instanceof Type.Decimal;
  }

  default boolean isJson() {
    return this == Type.JSON || this == Type.JSONB;
  }

  default boolean isEntity() {
    return this == Type.NODE || this == Type.EDGE;
  }
}
