package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Texts put together from values: `format`, `concat_ws`, and values quoted as SQL writes them.
final class SqlTextForms {
  /// The words that PostgreSQL does not take as names of columns without quotes.
  private static final Set<String> RESERVED =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization between bigint
          binary bit boolean both case cast char character check coalesce collate
          collation column concurrently constraint create cross current_catalog
          current_date current_role current_schema current_time current_timestamp
          current_user dec decimal default deferrable desc distinct do else end except
          exists extract false fetch float for foreign freeze from full grant greatest
          group grouping having ilike in initially inner inout int integer intersect
          interval into is isnull join lateral leading least left like limit localtime
          localtimestamp national natural nchar none normalize not notnull null nullif
          numeric offset on only or order out outer overlaps overlay placing position
          precision primary real references returning right row select session_user setof
          similar smallint some substring symmetric table tablesample then time timestamp
          to trailing treat trim true union unique user using values varchar variadic
          verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
          xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
          """
              .strip()
              .split("\\s+"));

  private SqlTextForms() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.quote_literal", 1, Type.STRING, (a, c) -> Value.of(literal(SqlText.text(a[0])))),
        Functions.throwing(
            "sql.quote_ident", 1, Type.STRING, (a, c) -> Value.of(identifier(printed(a[0])))),
        throwing("sql.quote_nullable", 1, 1, (a, c) -> Value.of(nullable(a[0]))),
        throwing("sql.concat_all", 0, Function.ANY_COUNT, (a, c) -> joined("", a, 0)),
        throwing("sql.concat_ws", 1, Function.ANY_COUNT, (a, c) -> separated(a)),
        throwing("sql.format", 1, Function.ANY_COUNT, (a, c) -> formatted(a)));
  }

  private static Function throwing(String name, int min, int max, Function.Scalar scalar) {
    return Functions.with(
        Functions.custom(name, min, max, Type.STRING, scalar),
        Function.Nulls.CUSTOM,
        Function.Faults.THROW,
        Function.Volatility.IMMUTABLE);
  }

  /// A value as PostgreSQL prints it; its casts to text write truth values as words.
  static String printed(Value value) {
    return value instanceof Value.Bool(boolean truth) ? (truth ? "t" : "f") : SqlText.text(value);
  }

  // ---- quotes

  private static String literal(String text) {
    String quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
  }

  private static String nullable(Value value) {
    return value.isNull() ? "NULL" : literal(SqlText.text(value));
  }

  private static String identifier(String name) {
    boolean isPlain =
        name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  // ---- concat

  private static Value separated(Value[] args) {
    return args[0].isNull() ? Value.NULL : joined(SqlText.text(args[0]), args, 1);
  }

  /// Nulls are passed over.
  private static Value joined(String separator, Value[] args, int from) {
    StringBuilder out = new StringBuilder();
    boolean any = false;
    for (int i = from; i < args.length; i++) {
      if (!args[i].isNull()) {
        out.append(any ? separator : "").append(printed(args[i]));
        any = true;
      }
    }
    return Value.of(out.toString());
  }

  // ---- format

  private static Value formatted(Value[] args) {
    return args[0].isNull() ? Value.NULL : Value.of(new Format(args).text());
  }

  /// One call of `format`: `%[place$][-][width](s|I|L)` and `%%`, where the width may be `*` or
  /// `*place$`, an argument.
  private static final class Format {
    private final Value[] args;
    private final String form;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next = 1;

    Format(Value[] args) {
      this.args = args;
      this.form = SqlText.text(args[0]);
    }

    String text() {
      while (at < form.length()) {
        char c = form.charAt(at++);
        if (c != '%') {
          out.append(c);
        } else if (peek() == '%') {
          out.append('%');
          at++;
        } else {
          specifier();
        }
      }
      return out.toString();
    }

    private static QueryException malformed(String why) {
      return Errors.invalidArgument("the text of format() " + why);
    }

    private char peek() {
      if (at >= form.length()) {
        throw malformed("ends inside a specifier; write %% for a percent sign");
      }
      return form.charAt(at);
    }

    private void specifier() {
      int start = at;
      long place = number();
      if (place >= 0 && peek() == '$') {
        at++;
      } else {
        at = start;
        place = -1;
      }
      boolean isLeft = false;
      while (peek() == '-') {
        isLeft = true;
        at++;
      }
      long width = width();
      isLeft |= width < 0;
      char kind = peek();
      at++;
      pad(converted(kind, argument(place)), Math.abs(width), isLeft);
    }

    /// The digits here; -1 where there are none.
    private long number() {
      int start = at;
      while (at < form.length() && Character.isDigit(form.charAt(at))) {
        at++;
      }
      if (at - start > 9) {
        throw malformed("has a number that is too large");
      }
      return at == start ? -1 : Long.parseLong(form, start, at, 10);
    }

    private long width() {
      if (peek() != '*') {
        return Math.max(0, number());
      }
      at++;
      long place = number();
      if (place >= 0) {
        if (peek() != '$') {
          throw malformed("needs a $ behind the place of a width");
        }
        at++;
      }
      Value width = argument(place);
      return switch (width) {
        case Value.Int(long v) when Math.abs(v) <= Integer.MAX_VALUE -> v;
        case Value v when v.isNull() -> 0;
        default -> throw malformed("takes a width from an argument that is no integer");
      };
    }

    /// @param place -1 for the one behind the last
    private Value argument(long place) {
      if (place == 0) {
        throw malformed("asks for argument 0; the first is 1");
      }
      long index = place < 0 ? next : place;
      if (index >= args.length) {
        throw malformed("asks for more arguments than the " + (args.length - 1) + " given");
      }
      next = (int) index + 1;
      return args[(int) index];
    }

    private static String converted(char kind, Value value) {
      return switch (kind) {
        case 's' -> value.isNull() ? "" : printed(value);
        case 'L' -> value.isNull() ? "NULL" : literal(printed(value));
        case 'I' -> {
          if (value.isNull()) {
            throw malformed("writes NULL as a name with %I");
          }
          yield identifier(printed(value));
        }
        default -> throw malformed("has the unknown specifier '%" + kind + "'; there are s, I, L");
      };
    }

    private void pad(String text, long width, boolean isLeft) {
      String padding = " ".repeat((int) Math.max(0, width - text.codePointCount(0, text.length())));
      out.append(isLeft ? "" : padding).append(text).append(isLeft ? padding : "");
    }
  }
}
