package io.sabot.parser.sql;

import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import org.jspecify.annotations.Nullable;

/// The options of a sequence.
final class SequenceParser {
  private final TokenReader in;
  private final long most;
  private @Nullable Long start;
  private @Nullable Long min;
  private @Nullable Long max;
  private long increment = 1;
  private boolean cycle;

  /// @param most the largest number of its type
  SequenceParser(TokenReader in, long most) {
    this.in = in;
    this.most = most;
  }

  /// `START [WITH] n INCREMENT [BY] n MINVALUE n MAXVALUE n [NO] CYCLE CACHE n`, in any order.
  void options() {
    while (!in.atEnd() && !in.peek().is(")")) {
      option();
    }
  }

  private void option() {
    if (in.take("START")) {
      in.take("WITH");
      start = number();
    } else if (in.take("INCREMENT")) {
      in.take("BY");
      SourceSpan place = in.span();
      increment = number();
      if (increment == 0) {
        throw Errors.semantic(place, "SequenceStep", "a sequence cannot increment by 0", "");
      }
    } else if (in.take("MINVALUE")) {
      min = number();
    } else if (in.take("MAXVALUE")) {
      max = number();
    } else if (in.take("CACHE")) {
      number();
    } else if (in.take("CYCLE")) {
      cycle = true;
    } else if (in.take("NO", "CYCLE")) {
      cycle = false;
    } else if (!in.take("NO", "MINVALUE") && !in.take("NO", "MAXVALUE")) {
      throw in.unexpected("START, INCREMENT, MINVALUE, MAXVALUE, CYCLE or CACHE");
    }
  }

  long number() {
    boolean isNegative = in.take("-");
    Token token = in.peek();
    if (token.kind() != Token.Kind.NUMBER || !token.text().matches("\\d{1,18}")) {
      throw in.unexpected("a whole number");
    }
    long number = Long.parseLong(in.next().text());
    return isNegative ? -number : number;
  }

  SequenceDef sequence(int id, String schema, String name) {
    Long least = min;
    Long greatest = max;
    Long first = start;
    boolean isUp = increment > 0;
    long low = least != null ? least : isUp ? 1 : -most;
    long high = greatest != null ? greatest : isUp ? most : -1;
    long begin = first != null ? first : isUp ? low : high;
    if (begin < low || begin > high) {
      throw Errors.semantic(
          in.span(),
          "SequenceStart",
          "a sequence from " + low + " to " + high + " cannot start with " + begin,
          "");
    }
    return new SequenceDef(id, schema, name, begin, increment, low, high, cycle, 0);
  }
}
