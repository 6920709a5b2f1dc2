package io.sabot.parser.sql;

import io.sabot.parser.sql.InfixTokens.Infix;
import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's operators between two values that Calcite's grammar lacks, `->`, `@>`, `?|` and
/// others, and the order in which all operators bind (PostgreSQL manual, 4.1.6): `^`, then `* / %`,
/// then `+ -`, then every other one, each from left to right.
///
/// For the parser each is a `^` at the same place. What it reads is taken apart into the values and
/// the operators of one level of parentheses, and put together by PostgreSQL's order.
final class InfixForms {
  private final String text;

  /// By line and column.
  private final TreeMap<Long, Infix> infixes;

  private InfixForms(String text, TreeMap<Long, Infix> infixes) {
    this.text = text;
    this.infixes = infixes;
  }

  static InfixForms of(String text) {
    List<Infix> found = InfixTokens.find(text);
    if (found.stream().noneMatch(infix -> infix.isRead() || infix.symbol().equals("^"))) {
      return new InfixForms(text, new TreeMap<>());
    }
    StringBuilder out = new StringBuilder(text);
    TreeMap<Long, Infix> infixes = new TreeMap<>();
    for (Infix infix : found) {
      if (infix.isRead()) {
        WrittenLiterals.blank(out, infix.start(), infix.end());
        out.setCharAt(infix.start(), '^');
      }
      var place = Scanner.span(text, infix.start());
      infixes.put(place(place.line(), place.column()), infix);
    }
    return new InfixForms(out.toString(), infixes);
  }

  private static long place(int line, int column) {
    return ((long) line << 32) + column;
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return infixes.isEmpty() ? read : Objects.requireNonNull(read.accept(new Rewriter()));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      Infix infix = infix(call);
      if (infix == null) {
        return Objects.requireNonNull(super.visit(call));
      }
      List<SqlNode> values = new ArrayList<>();
      List<Operation> operations = new ArrayList<>();
      flatten(call, infix, values, operations);
      List<SqlNode> changed = new ArrayList<>();
      values.forEach(value -> changed.add(Objects.requireNonNull(value.accept(this))));
      return together(changed, operations);
    }
  }

  private record Operation(Infix infix, SqlCall call) {}

  /// The operator that a call was read of; null for a call of another kind.
  private @Nullable Infix infix(SqlNode node) {
    if (!(node instanceof SqlBasicCall call) || call.operandCount() != 2 || !isInfix(call)) {
      return null;
    }
    Map.Entry<Long, Infix> before = infixes.lowerEntry(start(call.operand(1)));
    if (before == null || !isRead(call, before.getValue())) {
      throw Errors.syntax(
          CalciteErrors.span(call.getParserPosition()),
          "it is not clear which values the operators here are for",
          "put parentheses around each operator and its values");
    }
    return before.getValue();
  }

  /// Where the first part of a node stands, as line and column: some calls have the place of a word
  /// inside.
  static long start(SqlNode node) {
    SqlParserPos at = node.getParserPosition();
    long first = at.getLineNum() == 0 ? Long.MAX_VALUE : place(at.getLineNum(), at.getColumnNum());
    List<SqlNode> parts =
        switch (node) {
          case SqlCall call -> call.getOperandList();
          case SqlNodeList list -> list.getList();
          default -> List.of();
        };
    for (SqlNode part : parts) {
      first = part == null ? first : Math.min(first, start(part));
    }
    return first;
  }

  private static boolean isRead(SqlCall call, Infix infix) {
    return switch (call.getKind()) {
      case PLUS -> infix.symbol().equals("+");
      case MINUS -> infix.symbol().equals("-");
      case TIMES -> infix.symbol().equals("*");
      case DIVIDE -> infix.symbol().equals("/");
      case MOD -> infix.symbol().equals("%");
      default -> infix.isRead() || infix.symbol().equals("^");
    };
  }

  private static boolean isInfix(SqlCall call) {
    return switch (call.getKind()) {
      case PLUS, MINUS, TIMES, DIVIDE, MOD -> true;
      default ->
          call.getOperator().getSyntax() == org.apache.calcite.sql.SqlSyntax.BINARY
              && (call.getKind() == SqlKind.BITXOR || call.getOperator().getName().equals("^"));
    };
  }

  /// The values of all calls that stand in the same parentheses, from left to right.
  private void flatten(
      SqlCall call, Infix infix, List<SqlNode> values, List<Operation> operations) {
    flattenSide(call.operand(0), infix, values, operations);
    operations.add(new Operation(infix, call));
    flattenSide(call.operand(1), infix, values, operations);
  }

  private void flattenSide(
      SqlNode side, Infix parent, List<SqlNode> values, List<Operation> operations) {
    Infix infix = infix(side);
    if (infix != null && infix.group() == parent.group()) {
      flatten((SqlCall) side, infix, values, operations);
    } else {
      values.add(side);
    }
  }

  /// The operator that binds least is the outermost, the last of those that bind alike.
  private static SqlNode together(List<SqlNode> values, List<Operation> operations) {
    if (operations.isEmpty()) {
      return values.getFirst();
    }
    int last = 0;
    for (int i = 1; i < operations.size(); i++) {
      if (operations.get(i).infix().level() <= operations.get(last).infix().level()) {
        last = i;
      }
    }
    SqlNode left = together(values.subList(0, last + 1), operations.subList(0, last));
    SqlNode right =
        together(
            values.subList(last + 1, values.size()),
            operations.subList(last + 1, operations.size()));
    Operation operation = operations.get(last);
    return operation
        .infix()
        .call(
            operation.call(),
            left,
            right,
            SqlParserPos.sum(List.of(left.getParserPosition(), right.getParserPosition())));
  }
}
