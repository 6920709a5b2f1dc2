package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// Arrays as PostgreSQL writes them: `ARRAY[[1, 2], [3, 4]]`, `ARRAY[]::INT[]`, slices `a[1:2]`,
/// `a[:2]`, `a[1:]`, and `x = ANY (array)`.
///
/// For the parser an inner array is a row, an empty array a text, and a slice an element whose
/// place is a row of its bounds, all at the same place.
final class ArrayForms {
  private final String text;

  /// Where inner arrays start, by line and column.
  private final Set<List<Integer>> inner = new HashSet<>();

  /// By the line and column of what stands first in their brackets.
  private final Map<List<Integer>, Bounds> slices = new HashMap<>();

  /// Which bounds of a slice are written.
  private record Bounds(boolean hasFrom, boolean hasTo) {}

  private ArrayForms(String text) {
    this.text = text;
  }

  static ArrayForms of(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    List<Integer> starts = new ArrayList<>();
    Map<List<Integer>, Bounds> slices = new HashMap<>();
    Deque<Bracket> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        open.push(new Bracket(false, false));
      } else if (token.is("[")) {
        boolean isInner =
            !open.isEmpty()
                && open.element().isArray()
                && (tokens.get(i - 1).is("[") || tokens.get(i - 1).is(","));
        boolean isArray = isInner || (i > 0 && tokens.get(i - 1).is("ARRAY"));
        if (isInner) {
          out.setCharAt(token.start(), '(');
          starts.add(token.start());
        } else if (isArray && isEmptyCast(tokens, i)) {
          out.replace(tokens.get(i - 1).start(), tokens.get(i - 1).start() + 4, "'{}'");
          WrittenLiterals.blank(out, tokens.get(i - 1).start() + 4, tokens.get(i + 1).end());
        }
        if (!isArray && i > 0) {
          slice(tokens, i, text, out, slices);
        }
        open.push(new Bracket(isArray, isInner));
      } else if ((token.is(")") || token.is("]")) && !open.isEmpty()) {
        if (open.pop().isInner()) {
          out.setCharAt(token.start(), ')');
        }
      }
    }
    ArrayForms forms = new ArrayForms(out.toString());
    forms.slices.putAll(slices);
    for (int start : starts) {
      var place = Scanner.span(text, start);
      forms.inner.add(List.of(place.line(), place.column()));
    }
    return forms;
  }

  /// @param isArray whether its elements are those of an array
  private record Bracket(boolean isArray, boolean isInner) {}

  /// Writes the bounds in a bracket as one value, when there are some.
  private static void slice(
      List<Token> tokens,
      int open,
      String text,
      StringBuilder out,
      Map<List<Integer>, Bounds> slices) {
    int close = open + 1;
    int colon = -1;
    int depth = 0;
    while (depth > 0 || !tokens.get(close).is("]")) {
      Token token = tokens.get(close);
      if (token.kind() == Token.Kind.END) {
        return;
      }
      depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
      colon = depth == 0 && colon < 0 && text.charAt(token.start()) == ':' ? close : colon;
      close++;
    }
    if (colon < 0) {
      return;
    }
    boolean isOfMore =
        tokens.get(open - 1).is("]")
            || (tokens.get(close + 1).is("[") && tokens.get(close + 2).kind() != Token.Kind.STRING);
    if (isOfMore) {
      throw Errors.unsupported(
          Scanner.span(text, tokens.get(open).start()),
          "a slice of an array of several dimensions");
    }
    boolean hasFrom = colon > open + 1;
    boolean hasTo = tokens.get(colon).end() > tokens.get(colon).start() + 1 || colon + 1 < close;
    out.setCharAt(tokens.get(colon).start(), hasFrom && hasTo ? '=' : hasFrom || hasTo ? ' ' : '1');
    int first = tokens.get(hasFrom || !hasTo ? open + 1 : colon).start();
    if (!hasFrom && hasTo) {
      first = tokens.get(colon).end() > first + 1 ? first + 1 : tokens.get(colon + 1).start();
    }
    var place = Scanner.span(text, first);
    slices.put(List.of(place.line(), place.column()), new Bounds(hasFrom, hasTo));
  }

  /// `ARRAY[]` with a cast behind it, which is a subscript by now.
  private static boolean isEmptyCast(List<Token> tokens, int open) {
    return tokens.get(open + 1).is("]")
        && (tokens.get(open + 2).is("[") || isCastEnd(tokens, open));
  }

  /// `CAST(ARRAY[] AS ...`.
  private static boolean isCastEnd(List<Token> tokens, int open) {
    return open >= 3 && tokens.get(open - 2).is("(") && tokens.get(open - 3).is("CAST");
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return Objects.requireNonNull(read.accept(new Rewriter()));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      SqlNode changed = Objects.requireNonNull(super.visit(call));
      if (!(changed instanceof SqlCall made)) {
        return changed;
      }
      if (call.getKind() == SqlKind.ITEM && !slices.isEmpty()) {
        return slice(made);
      }
      if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR && !inner.isEmpty()) {
        return array(made);
      }
      return isOfArray(made) ? quantified(made) : changed;
    }

    private SqlNode slice(SqlCall item) {
      SqlNode place = item.operand(1);
      long start = InfixForms.start(place);
      Bounds bounds = slices.get(List.of((int) (start >> 32), (int) start));
      if (bounds == null) {
        return item;
      }
      SqlParserPos at = item.getParserPosition();
      SqlNode none = SqlLiteral.createNull(at);
      boolean hasBoth = bounds.hasFrom() && bounds.hasTo();
      SqlNode from = hasBoth ? ((SqlCall) place).operand(0) : bounds.hasFrom() ? place : none;
      SqlNode to = hasBoth ? ((SqlCall) place).operand(1) : bounds.hasTo() ? place : none;
      return ArrayOperators.SLICE.createCall(at, item.operand(0), from, to);
    }

    private SqlNode array(SqlCall call) {
      List<SqlNode> elements = new ArrayList<>();
      call.getOperandList().forEach(element -> elements.add(element(element)));
      return call.getOperator().createCall(call.getParserPosition(), elements);
    }

    private SqlNode element(SqlNode element) {
      SqlParserPos at = element.getParserPosition();
      if (!inner.contains(List.of(at.getLineNum(), at.getColumnNum()))) {
        return element;
      }
      List<SqlNode> elements = new ArrayList<>();
      if (element.getKind() == SqlKind.ROW) {
        ((SqlCall) element).getOperandList().forEach(part -> elements.add(element(part)));
      } else {
        elements.add(element);
      }
      return SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(at, elements);
    }
  }

  /// Whether the list of `= ANY (...)` is one value, which has to be an array.
  private static boolean isOfArray(SqlCall call) {
    return call.getOperator() instanceof SqlQuantifyOperator
        && call.operand(1) instanceof SqlNodeList list
        && list.size() == 1
        && !list.get(0).isA(SqlKind.QUERY);
  }

  private static SqlNode quantified(SqlCall call) {
    SqlQuantifyOperator operator = (SqlQuantifyOperator) call.getOperator();
    SqlParserPos at = call.getParserPosition();
    return ArrayOperators.QUANTIFIED.createCall(
        at,
        call.operand(0),
        ((SqlNodeList) call.operand(1)).get(0),
        SqlLiteral.createSymbol(operator.comparisonKind, at),
        SqlLiteral.createBoolean(operator.getKind() == SqlKind.ALL, at));
  }
}
