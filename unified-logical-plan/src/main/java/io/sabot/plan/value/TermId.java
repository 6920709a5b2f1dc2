package io.sabot.plan.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// The 64-bit form of a value: `tag << 56 | payload`. Bit equality is sameTerm; `0` is null.
///
/// Small values are in the payload itself ({@link #inline}). The others are in a dictionary: bit 55
/// of the payload tells the running query's own dictionary (1) from the store's (0), bits 0 to 54
/// are the id there. Entities carry `template << 42 | key` ({@link #entity}).
public final class TermId {
  public static final long NULL = 0;

  public static final int TAG_NULL = 0;
  public static final int TAG_BOOL = 1;
  public static final int TAG_INT = 2;
  public static final int TAG_INT_BIG = 3;
  public static final int TAG_REAL = 4;
  public static final int TAG_REAL_BIG = 5;
  public static final int TAG_DEC = 6;
  public static final int TAG_DEC_BIG = 7;
  public static final int TAG_STR = 8;
  public static final int TAG_STR_BIG = 9;
  public static final int TAG_IRI = 10;
  public static final int TAG_BLANK = 11;
  public static final int TAG_LANG = 12;
  public static final int TAG_TYPED = 13;
  public static final int TAG_TRIPLE = 14;
  public static final int TAG_DATE = 15;
  public static final int TAG_TEMPORAL = 16;
  public static final int TAG_DURATION = 17;
  public static final int TAG_LIST = 18;
  public static final int TAG_MAP = 19;
  public static final int TAG_PATH = 20;
  public static final int TAG_BYTES = 21;
  public static final int TAG_NODE = 22;
  public static final int TAG_EDGE = 23;

  public static final long TRUE = make(TAG_BOOL, 1);
  public static final long FALSE = make(TAG_BOOL, 0);

  private static final long PAYLOAD_MASK = (1L << 56) - 1;
  private static final long LOCAL_BIT = 1L << 55;
  private static final int KEY_BITS = 42;
  private static final long KEY_MASK = (1L << KEY_BITS) - 1;
  private static final int INLINE_STRING_BYTES_MAX = 6;
  private static final long DEC_MANTISSA_MAX = 1L << 47;

  private TermId() {}

  public static long make(int tag, long payload) {
    return ((long) tag << 56) | (payload & PAYLOAD_MASK);
  }

  public static int tag(long id) {
    return (int) (id >>> 56);
  }

  /// The payload, unsigned.
  public static long payload(long id) {
    return id & PAYLOAD_MASK;
  }

  /// Whether this value lives in a dictionary rather than in the identifier.
  public static boolean isInDictionary(long id) {
    return switch (tag(id)) {
      case TAG_INT_BIG,
          TAG_REAL_BIG,
          TAG_DEC_BIG,
          TAG_STR_BIG,
          TAG_IRI,
          TAG_BLANK,
          TAG_LANG,
          TAG_TYPED,
          TAG_TRIPLE,
          TAG_TEMPORAL,
          TAG_DURATION,
          TAG_LIST,
          TAG_MAP,
          TAG_PATH,
          TAG_BYTES ->
          true;
      default -> false;
    };
  }

  /// Whether this value lives in the running query's own dictionary.
  public static boolean isLocal(long id) {
    return isInDictionary(id) && (id & LOCAL_BIT) != 0;
  }

  public static long inStore(int tag, long dictionaryId) {
    return make(tag, dictionaryId);
  }

  public static long inQuery(int tag, long dictionaryId) {
    return make(tag, dictionaryId | LOCAL_BIT);
  }

  /// The id in the store's or the query's dictionary.
  public static long dictionaryId(long id) {
    return id & (LOCAL_BIT - 1);
  }

  public static long entity(int tag, int template, long key) {
    if (key < 0 || key > KEY_MASK) {
      throw new IllegalArgumentException("entity key " + key + " does not fit in 42 bits");
    }
    return make(tag, ((long) template << KEY_BITS) | key);
  }

  public static long node(int template, long key) {
    return entity(TAG_NODE, template, key);
  }

  public static long edge(int template, long key) {
    return entity(TAG_EDGE, template, key);
  }

  /// The table that owns a mapped entity; 0 for the native graph.
  public static int template(long id) {
    return (int) (payload(id) >>> KEY_BITS);
  }

  public static long key(long id) {
    return id & KEY_MASK;
  }

  /// Whether `value` has a zig-zag form of at most 42 bits, the form integer keys take.
  public static boolean fitsKey(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return zigzag >= 0 && zigzag <= KEY_MASK;
  }

  public static long keyOfInt(long value) {
    return (value << 1) ^ (value >> 63);
  }

  public static long intOfKey(long key) {
    return (key >>> 1) ^ -(key & 1);
  }

  public static boolean isEntity(long id) {
    int tag = tag(id);
    return tag == TAG_NODE || tag == TAG_EDGE;
  }

  public static long ofBool(boolean value) {
    return value ? TRUE : FALSE;
  }

  /// The inline form of an integer, or {@link #NULL} when it needs more than 56 bits.
  public static long ofInt(long value) {
    return (value << 8) >> 8 == value ? make(TAG_INT, value) : NULL;
  }

  /// The inline form of a double, or {@link #NULL} when its low 8 bits are not zero.
  public static long ofReal(double value) {
    long bits = Double.doubleToLongBits(value);
    return (bits & 0xFF) == 0 ? make(TAG_REAL, bits >>> 8) : NULL;
  }

  public static long intValue(long id) {
    return (id << 8) >> 8;
  }

  public static double realValue(long id) {
    return Double.longBitsToDouble(id << 8);
  }

  /// The identifier of `value` if it needs no dictionary, otherwise {@link #NULL} (also for null).
  public static long inline(Value value) {
    return switch (value) {
      case Value.Bool(boolean v) -> ofBool(v);
      case Value.Int(long v) -> ofInt(v);
      case Value.Real(double v) -> ofReal(v);
      case Value.Dec(BigDecimal v) -> ofDecimal(v);
      case Value.Str(String v) -> ofShortString(v);
      case Value.Date(LocalDate v) -> make(TAG_DATE, v.toEpochDay());
      case Value.NodeRef(long id) -> id;
      case Value.EdgeRef(long id) -> id;
      default -> NULL;
    };
  }

  /// The value of an inline identifier. Must not be called with one that is in a dictionary.
  public static Value inlineValue(long id) {
    return switch (tag(id)) {
      case TAG_NULL -> Value.NULL;
      case TAG_BOOL -> Value.of(id == TRUE);
      case TAG_INT -> new Value.Int(intValue(id));
      case TAG_REAL -> new Value.Real(realValue(id));
      case TAG_DEC ->
          new Value.Dec(new BigDecimal(BigInteger.valueOf(intValue(id) >> 8), (int) (id & 0xFF)));
      case TAG_STR -> new Value.Str(shortString(id));
      case TAG_DATE -> new Value.Date(LocalDate.ofEpochDay(intValue(id)));
      case TAG_NODE -> new Value.NodeRef(id);
      case TAG_EDGE -> new Value.EdgeRef(id);
      default -> throw new IllegalArgumentException("not an inline term: " + toString(id));
    };
  }

  /// The tag under which a dictionary holds `value`.
  public static int dictionaryTag(Value value) {
    return switch (value) {
      case Value.Int _ -> TAG_INT_BIG;
      case Value.Real _ -> TAG_REAL_BIG;
      case Value.Dec _ -> TAG_DEC_BIG;
      case Value.Str _ -> TAG_STR_BIG;
      case Value.Iri _ -> TAG_IRI;
      case Value.BlankNode _ -> TAG_BLANK;
      case Value.LangString _ -> TAG_LANG;
      case Value.TypedLiteral _ -> TAG_TYPED;
      case Value.TripleTerm _ -> TAG_TRIPLE;
      case Value.Time _, Value.ZonedTime _, Value.DateTime _, Value.ZonedDateTime _ -> TAG_TEMPORAL;
      case Value.Duration _ -> TAG_DURATION;
      case Value.ListValue _ -> TAG_LIST;
      case Value.MapValue _ -> TAG_MAP;
      case Value.PathValue _ -> TAG_PATH;
      case Value.Bytes _ -> TAG_BYTES;
      case Value.Null _, Value.Bool _, Value.Date _, Value.NodeRef _, Value.EdgeRef _ ->
          throw new IllegalArgumentException("always inline: " + value);
    };
  }

  private static long ofDecimal(BigDecimal value) {
    BigDecimal canonical = canonical(value);
    BigInteger mantissa = canonical.unscaledValue();
    if (canonical.scale() > 255 || mantissa.bitLength() > 46) {
      return NULL;
    }
    long bits = mantissa.longValueExact();
    assert Math.abs(bits) < DEC_MANTISSA_MAX;
    return make(TAG_DEC, (bits << 8) | canonical.scale());
  }

  /// The decimal without trailing zeros and with a scale of at least 0: one form per number.
  public static BigDecimal canonical(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static long ofShortString(String value) {
    if (value.length() > INLINE_STRING_BYTES_MAX) {
      return NULL;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > INLINE_STRING_BYTES_MAX || !isWellFormed(value)) {
      return NULL;
    }
    return ofShortUtf8(bytes, 0, bytes.length);
  }

  /// The inline form of at most 6 bytes of UTF-8.
  public static long ofShortUtf8(byte[] bytes, int offset, int length) {
    long payload = length;
    for (int i = 0; i < INLINE_STRING_BYTES_MAX; i++) {
      payload = (payload << 8) | (i < length ? bytes[offset + i] & 0xFF : 0);
    }
    return make(TAG_STR, payload);
  }

  private static boolean isWellFormed(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        int point = value.codePointAt(i);
        if (point < 0x10000) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static String shortString(long id) {
    int length = (int) ((id >>> 48) & 0xFF);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (id >>> (40 - 8 * i));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// For messages and tests.
  public static String toString(long id) {
    return "term(" + tag(id) + ":" + Long.toHexString(payload(id)) + ")";
  }
}
