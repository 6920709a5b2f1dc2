package io.sabot.plan.type;

/// The static type of a column or expression. Nullability is a flag of the column, not of the type.
///
/// An exact scalar type has an Arrow-layout vector of its own; every other type is carried as a
/// vector of 64-bit term identifiers (see `docs/design/0001`).
public sealed interface Type extends TypeTraits {
  Type BOOL = Simple.BOOL;
  Type STRING = Simple.STRING;
  Type BYTES = Simple.BYTES;
  Type DATE = Simple.DATE;
  Type TIME = Simple.TIME;
  Type TIMESTAMP = Simple.TIMESTAMP;
  Type TIMESTAMPTZ = Simple.TIMESTAMPTZ;
  Type INTERVAL = Simple.INTERVAL;
  Type UUID = Simple.UUID;
  Type JSON = Simple.JSON;
  Type JSONB = Simple.JSONB;
  Type NODE = Simple.NODE;
  Type EDGE = Simple.EDGE;
  Type PATH = Simple.PATH;
  Type IRI = Simple.IRI;
  Type MAP = Simple.MAP;
  Type ANY = Simple.ANY;
  Type INT64 = new Int(64);
  Type INT32 = new Int(32);
  Type FLOAT64 = new Floating(64);

  /// Types without parameters.
  enum Simple implements Type {
    BOOL,
    STRING,
    BYTES,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    UUID,

    /// Text that is JSON, as it was written.
    JSON,

    /// Text that is JSON, in the normal form of PostgreSQL's type of that name.
    JSONB,
    NODE,
    EDGE,
    PATH,
    IRI,
    MAP,
    ANY
  }

  /// A signed integer of 8, 16, 32 or 64 bits; always 64 bits wide in a batch.
  record Int(int bits) implements Type {
    @Override
    public String toString() {
      return "INT" + bits;
    }
  }

  /// An IEEE float of 32 or 64 bits; always 64 bits wide in a batch.
  record Floating(int bits) implements Type {
    @Override
    public String toString() {
      return "FLOAT" + bits;
    }
  }

  /// An exact decimal of at most 38 digits, `scale` of them after the point.
  record Decimal(int precision, int scale) implements Type {
    public static final int MAX_PRECISION = 38;

    /// Digits after the point of a quotient or an average, unless its operands have more: what
    /// PostgreSQL gives at least. It leaves 22 before the point.
    public static final int QUOTIENT_SCALE = 16;

    /// A product of operands whose digits could exceed the precision keeps this many after the
    /// point, unless an operand has more.
    private static final int PRODUCT_SCALE = 20;

    /// The type of a quotient.
    public static Decimal quotient(Decimal left, Decimal right) {
      int scale = Math.max(QUOTIENT_SCALE, Math.max(left.scale, right.scale));
      return new Decimal(MAX_PRECISION, scale);
    }

    /// The type of a product: exact where every product fits.
    public static Decimal product(Decimal left, Decimal right) {
      int precision = left.precision + right.precision;
      int exact = left.scale + right.scale;
      if (precision <= MAX_PRECISION) {
        return new Decimal(precision, exact);
      }
      int kept = Math.max(PRODUCT_SCALE, Math.max(left.scale, right.scale));
      return new Decimal(MAX_PRECISION, Math.min(exact, kept));
    }

    /// The type of an average.
    public Decimal average() {
      return new Decimal(MAX_PRECISION, Math.max(QUOTIENT_SCALE, scale));
    }

    @Override
    public String toString() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /// A list whose elements have type `element` (`ANY` for a mixed list).
  record ListOf(Type element) implements Type {
    @Override
    public String toString() {
      return "LIST<" + element + ">";
    }
  }

  /// The narrowest type that holds values of both, `ANY` when there is no exact one.
  static Type union(Type left, Type right) {
    if (left.equals(right)) {
      return left;
    }
    if (left instanceof Int(int a) && right instanceof Int(int b)) {
      return new Int(Math.max(a, b));
    }
    if (left instanceof Floating && right instanceof Floating) {
      return FLOAT64;
    }
    if (left instanceof ListOf(Type a) && right instanceof ListOf(Type b)) {
      return new ListOf(union(a, b));
    }
    return ANY;
  }
}
