package io.sabot.store.dictionary;

import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The stored form of a value: one byte for the kind, then its parts. Equal values have equal
/// bytes, so a map is written in the order of its keys and a decimal without trailing zeros.
final class ValueCodec {
  /// The datatype of nearly all literals that have no record of their own.
  private static final byte[] USUAL_TYPE = Xsd.DATE_TIME.getBytes(StandardCharsets.US_ASCII);

  private static final int NULL = 0;
  private static final int BOOL = 1;
  private static final int INT = 2;
  private static final int REAL = 3;
  private static final int DEC = 4;
  private static final int STR = 5;
  private static final int BYTES = 6;
  private static final int DATE = 7;
  private static final int TIME = 8;
  private static final int ZONED_TIME = 9;
  private static final int DATE_TIME = 10;
  private static final int ZONED_DATE_TIME = 11;
  private static final int DURATION = 12;
  private static final int LIST = 13;
  private static final int MAP = 14;
  private static final int NODE = 15;
  private static final int EDGE = 16;
  private static final int PATH = 17;
  private static final int IRI = 18;
  private static final int BLANK = 19;
  private static final int LANG = 20;
  private static final int TYPED = 21;
  private static final int TRIPLE = 22;

  private ValueCodec() {}

  static byte[] encode(Value value) {
    return switch (value) {
      case Value.Iri(String text) -> ByteWriter.kindAndText(IRI, text);
      case Value.Str(String text) -> ByteWriter.kindAndText(STR, text);
      default -> encodeParts(value);
    };
  }

  private static byte[] encodeParts(Value value) {
    ByteWriter out = new ByteWriter();
    write(out, value);
    return out.bytes();
  }

  static Value decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /// The value that takes `bytes[from..to)`.
  static Value decode(byte[] bytes, int from, int to) {
    return read(new ByteReader(bytes, from, to));
  }

  private static void write(ByteWriter out, Value value) {
    switch (value) {
      case Value.Null _ -> out.u8(NULL);
      case Value.Bool(boolean v) -> out.u8(BOOL).u8(v ? 1 : 0);
      case Value.Int(long v) -> out.u8(INT).signed(v);
      case Value.Real(double v) -> out.u8(REAL).i64(Double.doubleToLongBits(v));
      case Value.Dec(BigDecimal v) -> {
        BigDecimal canonical = TermId.canonical(v);
        out.u8(DEC).unsigned(canonical.scale()).block(canonical.unscaledValue().toByteArray());
      }
      case Value.Str(String v) -> out.u8(STR).text(v);
      case Value.Bytes(String v) -> out.u8(BYTES).text(v);
      case Value.Date(LocalDate v) -> out.u8(DATE).signed(v.toEpochDay());
      case Value.Time(LocalTime v) -> out.u8(TIME).unsigned(v.toNanoOfDay());
      case Value.ZonedTime(OffsetTime v) -> {
        out.u8(ZONED_TIME).unsigned(v.toLocalTime().toNanoOfDay());
        out.signed(v.getOffset().getTotalSeconds());
      }
      case Value.DateTime(LocalDateTime v) -> dateTime(out.u8(DATE_TIME), v);
      case Value.ZonedDateTime(ZonedDateTime v) -> {
        dateTime(out.u8(ZONED_DATE_TIME), v.toLocalDateTime());
        out.signed(v.getOffset().getTotalSeconds()).text(v.getZone().getId());
      }
      case Value.Duration(long months, long days, long seconds, int nanos) ->
          out.u8(DURATION).signed(months).signed(days).signed(seconds).unsigned(nanos);
      case Value.ListValue(List<Value> items) -> {
        out.u8(LIST).unsigned(items.size());
        items.forEach(item -> write(out, item));
      }
      case Value.MapValue(Map<String, Value> entries) -> {
        out.u8(MAP).unsigned(entries.size());
        new TreeMap<>(entries).forEach((key, item) -> write(out.text(key), item));
      }
      case Value.NodeRef(long id) -> out.u8(NODE).i64(id);
      case Value.EdgeRef(long id) -> out.u8(EDGE).i64(id);
      case Value.PathValue(List<Value> nodes, List<Value> edges) -> {
        out.u8(PATH).unsigned(edges.size());
        nodes.forEach(node -> write(out, node));
        edges.forEach(edge -> write(out, edge));
      }
      case Value.Iri(String v) -> out.u8(IRI).text(v);
      case Value.BlankNode(String v) -> out.u8(BLANK).text(v);
      case Value.LangString(String lexical, String language, String direction) ->
          out.u8(LANG).text(lexical).text(language).text(direction);
      case Value.TypedLiteral(String lexical, String datatype) ->
          out.u8(TYPED).text(lexical).text(datatype);
      case Value.TripleTerm(Value subject, Value predicate, Value object) -> {
        out.u8(TRIPLE);
        write(out, subject);
        write(out, predicate);
        write(out, object);
      }
    }
  }

  private static void dateTime(ByteWriter out, LocalDateTime value) {
    out.signed(value.toLocalDate().toEpochDay()).unsigned(value.toLocalTime().toNanoOfDay());
  }

  private static Value read(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case NULL -> Value.NULL;
      case BOOL -> Value.of(in.u8() == 1);
      case INT -> new Value.Int(in.signed());
      case REAL -> new Value.Real(Double.longBitsToDouble(in.i64()));
      case DEC -> decimal(in);
      case STR -> new Value.Str(in.text());
      case BYTES -> new Value.Bytes(in.text());
      case DATE -> new Value.Date(LocalDate.ofEpochDay(in.signed()));
      case TIME -> new Value.Time(LocalTime.ofNanoOfDay(in.unsigned()));
      case ZONED_TIME -> zonedTime(in);
      case DATE_TIME -> new Value.DateTime(dateTime(in));
      case ZONED_DATE_TIME -> zonedDateTime(in);
      case DURATION ->
          new Value.Duration(in.signed(), in.signed(), in.signed(), (int) in.unsigned());
      case LIST -> list(in);
      case MAP -> map(in);
      case NODE -> new Value.NodeRef(in.i64());
      case EDGE -> new Value.EdgeRef(in.i64());
      case PATH -> path(in);
      case IRI -> new Value.Iri(in.text());
      case BLANK -> new Value.BlankNode(in.text());
      case LANG -> new Value.LangString(in.text(), in.text(), in.text());
      case TYPED -> new Value.TypedLiteral(in.text(), in.text(USUAL_TYPE, Xsd.DATE_TIME));
      case TRIPLE -> new Value.TripleTerm(read(in), read(in), read(in));
      default -> throw new IllegalStateException("stored value of unknown kind " + kind);
    };
  }

  private static Value decimal(ByteReader in) {
    int scale = in.intValue();
    return new Value.Dec(new BigDecimal(new BigInteger(in.block()), scale));
  }

  private static LocalDateTime dateTime(ByteReader in) {
    LocalDate date = LocalDate.ofEpochDay(in.signed());
    return LocalDateTime.of(date, LocalTime.ofNanoOfDay(in.unsigned()));
  }

  private static Value zonedTime(ByteReader in) {
    LocalTime time = LocalTime.ofNanoOfDay(in.unsigned());
    return new Value.ZonedTime(OffsetTime.of(time, ZoneOffset.ofTotalSeconds((int) in.signed())));
  }

  private static Value zonedDateTime(ByteReader in) {
    LocalDateTime local = dateTime(in);
    ZoneOffset offset = ZoneOffset.ofTotalSeconds((int) in.signed());
    return new Value.ZonedDateTime(ZonedDateTime.ofLocal(local, ZoneId.of(in.text()), offset));
  }

  private static Value list(ByteReader in) {
    int size = in.intValue();
    List<Value> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(read(in));
    }
    return new Value.ListValue(items);
  }

  private static Value map(ByteReader in) {
    int size = in.intValue();
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String key = in.text();
      entries.put(key, read(in));
    }
    return new Value.MapValue(entries);
  }

  private static Value path(ByteReader in) {
    int length = in.intValue();
    List<Value> nodes = new ArrayList<>();
    List<Value> edges = new ArrayList<>();
    for (int i = 0; i <= length; i++) {
      nodes.add(read(in));
    }
    for (int i = 0; i < length; i++) {
      edges.add(read(in));
    }
    return new Value.PathValue(nodes, edges);
  }
}
