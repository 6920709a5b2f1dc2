package io.sabot.plan.function;

import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// SPARQL 1.1 §17.5: the XPath constructor functions. What does not convert is null.
final class XsdCasts {
  private XsdCasts() {}

  static Value cast(Value value, String type) {
    if (type.equals(Xsd.STRING)) {
      return value instanceof Value.Iri(String iri)
          ? Value.of(iri)
          : RdfLiterals.isLiteral(value) ? Value.of(stringOf(value)) : Value.NULL;
    }
    if (!RdfLiterals.isLiteral(value) || value instanceof Value.LangString) {
      return Value.NULL;
    }
    Value number = RdfLiterals.number(value);
    Boolean bool = RdfLiterals.bool(value);
    if (type.equals(Xsd.BOOLEAN)) {
      return toBoolean(value, number, bool);
    }
    if (RdfLiterals.isNumericType(type)) {
      if (number == null && bool != null && !(value instanceof Value.Str)) {
        number = Value.of(bool ? 1L : 0L);
      }
      if (number == null && value instanceof Value.Str(String text)) {
        number = RdfLiterals.number(new Value.TypedLiteral(text.strip(), type));
      }
      return number == null ? Value.NULL : toNumber(number, type);
    }
    return toOther(value, type);
  }

  private static String stringOf(Value value) {
    Value number = RdfLiterals.number(value);
    if (number instanceof Value.Real(double v) && v == Math.rint(v) && Math.abs(v) < 1e6) {
      return Long.toString((long) v);
    }
    if (number instanceof Value.Real(double v) && Math.abs(v) >= 1e-6 && Math.abs(v) < 1e6) {
      return BigDecimal.valueOf(v).toPlainString();
    }
    if (number instanceof Value.Dec(BigDecimal v)) {
      BigDecimal canonical = io.sabot.plan.value.TermId.canonical(v);
      return canonical.toPlainString();
    }
    Boolean bool = RdfLiterals.bool(value);
    return bool != null ? bool.toString() : RdfLiterals.lexical(value);
  }

  private static Value toBoolean(
      Value value,
      @org.jspecify.annotations.Nullable Value number,
      @org.jspecify.annotations.Nullable Boolean bool) {
    if (bool != null) {
      return Value.of(bool);
    }
    if (number != null) {
      double v = Numbers.toDouble(number);
      return Value.of(v != 0 && !Double.isNaN(v));
    }
    if (value instanceof Value.Str(String text)) {
      Boolean parsed = RdfLiterals.bool(new Value.TypedLiteral(text, Xsd.BOOLEAN));
      return parsed == null ? Value.NULL : Value.of(parsed);
    }
    return Value.NULL;
  }

  private static Value toNumber(Value number, String type) {
    switch (type) {
      case Xsd.DOUBLE -> {
        return Value.of(Numbers.toDouble(number));
      }
      case Xsd.FLOAT -> {
        return new Value.TypedLiteral(
            RdfLiterals.doubleText((float) Numbers.toDouble(number)), Xsd.FLOAT);
      }
      default -> {
        if (number instanceof Value.Real(double v) && (Double.isNaN(v) || Double.isInfinite(v))) {
          return Value.NULL;
        }
        BigDecimal exact = Numbers.toDecimal(number);
        if (type.equals(Xsd.DECIMAL)) {
          return new Value.Dec(exact);
        }
        return RdfLiterals.of(exact.setScale(0, RoundingMode.DOWN).toBigInteger().toString(), type);
      }
    }
  }

  private static Value toOther(Value value, String type) {
    String lexical = RdfLiterals.lexical(value);
    RdfLiterals.TimePoint time = RdfLiterals.timePoint(value);
    boolean sameType = type.equals(RdfLiterals.datatype(value));
    if (type.equals(Xsd.DATE) && time != null && !time.isDate()) {
      String zone = time.zoned() ? time.offset().getId() : "";
      return RdfLiterals.of(time.local().toLocalDate() + zone, Xsd.DATE);
    }
    if (type.equals(Xsd.DATE_TIME) && time != null && time.isDate()) {
      String zone = time.zoned() ? time.offset().getId() : "";
      return RdfLiterals.of(time.local().toLocalDate() + "T00:00:00" + zone, Xsd.DATE_TIME);
    }
    if (!sameType && !(value instanceof Value.Str)) {
      return Value.NULL;
    }
    Value result = RdfLiterals.of(lexical, type);
    boolean isTime = type.equals(Xsd.DATE) || type.equals(Xsd.DATE_TIME);
    return isTime && RdfLiterals.timePoint(result) == null ? Value.NULL : result;
  }
}
