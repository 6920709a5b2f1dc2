package io.sabot.plan.text;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.text.Tokens.Kind;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads columns, values and expressions from the tokens of a line.
final class ExprReader {
  /// The columns of the whole plan, by name and id as written.
  private final Map<String, Column> columns;

  final Tokens in;

  ExprReader(Tokens in, Map<String, Column> columns) {
    this.in = in;
    this.columns = columns;
  }

  // ---- columns

  /// The name of a column as written: with its id, if there is one.
  static String key(Tokens in) {
    String name = in.name();
    return in.accept("#") ? name + "#" + in.integer() : name;
  }

  /// A column, with its type where it is defined.
  Column column() {
    String key = key(in);
    if (in.accept(":")) {
      type();
      in.accept("?");
    }
    Column column = columns.get(key);
    if (column == null) {
      throw new IllegalArgumentException("plan text uses " + key + " and never defines it");
    }
    return column;
  }

  List<Column> columnList() {
    return list(this::column);
  }

  List<@Nullable Column> optionalColumns() {
    List<@Nullable Column> all = new ArrayList<>();
    in.expect("[");
    while (!in.accept("]")) {
      all.add(in.accept("_") ? null : column());
      in.accept(",");
    }
    return all;
  }

  <T> List<T> list(Supplier<T> item) {
    return items("[", "]", item);
  }

  <T> List<T> items(String open, String close, Supplier<T> item) {
    List<T> all = new ArrayList<>();
    in.expect(open);
    while (!in.accept(close)) {
      all.add(item.get());
      if (!in.is(close)) {
        in.expect(",");
      }
    }
    return all;
  }

  // ---- types and labels

  Type type() {
    String name = in.take(Kind.NAME);
    if (name.equals("LIST")) {
      return new Type.ListOf(element());
    }
    if (name.equals("DECIMAL")) {
      List<Long> sizes = items("(", ")", in::integer);
      return new Type.Decimal(sizes.get(0).intValue(), sizes.get(1).intValue());
    }
    if (name.startsWith("INT") && !name.equals("INTERVAL")) {
      return new Type.Int(Integer.parseInt(name.substring(3)));
    }
    return name.startsWith("FLOAT")
        ? new Type.Floating(Integer.parseInt(name.substring(5)))
        : Type.Simple.valueOf(name);
  }

  /// The element type, which to the scanner looks like an IRI in angle brackets, or the start of
  /// one when it is a list itself.
  private Type element() {
    String inner = in.take(Kind.IRI);
    if (inner.startsWith("LIST<")) {
      in.accept(">");
      return new ExprReader(new Tokens(inner + ">"), columns).type();
    }
    return new ExprReader(new Tokens(inner), columns).type();
  }

  LabelExpr labels() {
    if (in.accept("*")) {
      return LabelExpr.ANY;
    }
    if (in.accept("%")) {
      return new LabelExpr.Labelled();
    }
    if (in.accept("!")) {
      return new LabelExpr.Not(labels());
    }
    if (!in.accept("(")) {
      return new LabelExpr.Has(in.name());
    }
    List<LabelExpr> parts = new ArrayList<>(List.of(labels()));
    boolean and = in.is("&");
    while (!in.accept(")")) {
      in.expect(and ? "&" : "|");
      parts.add(labels());
    }
    return and ? new LabelExpr.And(parts) : new LabelExpr.Or(parts);
  }

  <E extends Enum<E>> E constant(Class<E> kind) {
    return Enum.valueOf(kind, in.take(Kind.NAME).toUpperCase(Locale.ROOT));
  }

  // ---- values

  Value value() {
    return switch (in.peek().kind()) {
      case STRING -> new Value.Str(in.take().text());
      case IRI -> new Value.Iri(in.take().text());
      case NUMBER -> number(in.take().text());
      case NAME, QUOTED -> word();
      case SIGN -> composed();
      case END -> throw in.unexpected("a value");
    };
  }

  private static Value number(String text) {
    boolean real = text.indexOf('.') >= 0 || text.indexOf('E') >= 0;
    return real ? new Value.Real(Double.parseDouble(text)) : new Value.Int(Long.parseLong(text));
  }

  private Value word() {
    String word = in.take(Kind.NAME);
    return switch (word) {
      case "null" -> Value.NULL;
      case "true" -> Value.TRUE;
      case "false" -> Value.FALSE;
      default -> tagged(word, in.take(Kind.STRING));
    };
  }

  private static Value tagged(String tag, String text) {
    return switch (tag) {
      case "real" -> new Value.Real(Double.parseDouble(text));
      case "dec" -> new Value.Dec(new BigDecimal(text));
      case "bytes" -> new Value.Bytes(text);
      case "date" -> new Value.Date(LocalDate.parse(text));
      case "time" -> new Value.Time(LocalTime.parse(text));
      case "ztime" -> new Value.ZonedTime(OffsetTime.parse(text));
      case "datetime" -> new Value.DateTime(LocalDateTime.parse(text));
      case "zdatetime" -> new Value.ZonedDateTime(ZonedDateTime.parse(text));
      case "duration" -> duration(text.split(" ", -1));
      case "node" -> new Value.NodeRef(Long.parseUnsignedLong(text, 16));
      case "edge" -> new Value.EdgeRef(Long.parseUnsignedLong(text, 16));
      case "blank" -> new Value.BlankNode(text);
      default -> throw new IllegalArgumentException("no kind of value is called " + tag);
    };
  }

  private static Value duration(String[] parts) {
    return new Value.Duration(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Integer.parseInt(parts[3]));
  }

  List<Value> valueList() {
    return list(this::value);
  }

  private Value composed() {
    if (in.is("[")) {
      return new Value.ListValue(valueList());
    }
    if (in.is("{")) {
      Map<String, Value> entries = new LinkedHashMap<>();
      items(
          "{",
          "}",
          () -> {
            String key = in.take(Kind.STRING);
            in.expect(":");
            return entries.put(key, value());
          });
      return new Value.MapValue(entries);
    }
    in.expect("@");
    String kind = in.take(Kind.NAME);
    if (kind.equals("path")) {
      in.expect("(");
      List<Value> nodes = valueList();
      in.expect(",");
      List<Value> edges = valueList();
      in.expect(")");
      return new Value.PathValue(nodes, edges);
    }
    List<Value> parts = items("(", ")", this::value);
    return switch (kind) {
      case "lang" -> new Value.LangString(text(parts, 0), text(parts, 1), text(parts, 2));
      case "typed" -> new Value.TypedLiteral(text(parts, 0), text(parts, 1));
      case "triple" -> new Value.TripleTerm(parts.get(0), parts.get(1), parts.get(2));
      default -> throw new IllegalArgumentException("no kind of value is called @" + kind);
    };
  }

  private static String text(List<Value> parts, int place) {
    return switch (parts.get(place)) {
      case Value.Str(String text) -> text;
      case Value.Iri(String text) -> text;
      default -> throw new IllegalArgumentException("not a text: " + parts.get(place));
    };
  }

  // ---- expressions

  Expr expr() {
    if (in.is("@") && !isValueForm(in.peek(1).text())) {
      in.expect("@");
      return form(in.take(Kind.NAME));
    }
    if (in.peek().kind() == Kind.QUOTED) {
      return column().ref();
    }
    if (in.peek().kind() == Kind.NAME && !isLiteral()) {
      return in.peek(1).text().equals("(") ? call() : column().ref();
    }
    Value value = value();
    return new Expr.Lit(value, in.accept(":") ? type() : Expr.typeOf(value));
  }

  private static boolean isValueForm(String name) {
    return switch (name) {
      case "path", "lang", "typed", "triple" -> true;
      default -> false;
    };
  }

  private boolean isLiteral() {
    String word = in.peek().text();
    return word.equals("null")
        || word.equals("true")
        || word.equals("false")
        || in.peek(1).kind() == Kind.STRING;
  }

  List<Expr> arguments() {
    return items("(", ")", this::expr);
  }

  private Expr call() {
    String name = in.take(Kind.NAME);
    Expr.Call call = Functions.named(name).call(arguments());
    return in.accept(":") ? new Expr.Call(call.function(), call.args(), type()) : call;
  }

  private Type typeAfterColon() {
    in.expect(":");
    return type();
  }

  private Expr form(String kind) {
    in.expect("(");
    return switch (kind) {
      case "param" -> {
        String name = in.take(Kind.STRING);
        in.expect(")");
        yield new Expr.Param(name, typeAfterColon());
      }
      case "case" -> cases();
      case "cast" -> {
        Expr input = expr();
        in.expect(",");
        Expr.CastMode mode = constant(Expr.CastMode.class);
        in.expect(")");
        yield new Expr.Cast(input, typeAfterColon(), mode);
      }
      case "prop" -> {
        Expr owner = expr();
        in.expect(",");
        String key = in.take(Kind.STRING);
        in.expect(")");
        yield new Expr.Property(owner, key, typeAfterColon());
      }
      case "is" -> {
        Expr entity = expr();
        in.expect(",");
        LabelExpr labels = labels();
        in.expect(")");
        yield new Expr.LabelTest(entity, labels);
      }
      case "each" -> comprehension();
      case "reduce" -> {
        Column accumulator = column();
        Expr init = after(",");
        in.expect(",");
        Column element = column();
        Expr list = after(",");
        Expr body = after(",");
        in.expect(")");
        yield new Expr.Reduce(accumulator, init, element, list, body);
      }
      default -> {
        Expr.Quantifier quantifier = Expr.Quantifier.valueOf(kind.toUpperCase(Locale.ROOT));
        Column element = column();
        Expr list = after(",");
        Expr where = after(",");
        in.expect(")");
        yield new Expr.Quantified(quantifier, element, list, where);
      }
    };
  }

  private Expr after(String sign) {
    in.expect(sign);
    return expr();
  }

  private Expr cases() {
    List<Expr.When> branches = new ArrayList<>();
    while (!in.accept("else")) {
      Expr condition = expr();
      Expr result = after("->");
      branches.add(new Expr.When(condition, result));
      in.expect(",");
    }
    Expr otherwise = expr();
    in.expect(")");
    return new Expr.Case(branches, otherwise, typeAfterColon());
  }

  private Expr comprehension() {
    Column element = column();
    Expr list = after(",");
    in.expect(",");
    Expr where = null;
    if (in.accept("where")) {
      where = expr();
      in.expect(",");
    }
    Expr map = expr();
    in.expect(")");
    return new Expr.ListComprehension(element, list, where, map);
  }
}
