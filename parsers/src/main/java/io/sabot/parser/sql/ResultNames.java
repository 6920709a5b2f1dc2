package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Names for the result columns that the query does not name: the text of their expression, and
/// `column1`, `column2`, ... for those of VALUES.
final class ResultNames {
  private static final String GENERATED = "EXPR$";
  private static final int LENGTH_MAX = 60;

  private final Iterator<String> texts;

  private ResultNames(List<String> texts) {
    this.texts = texts.iterator();
  }

  static ResultNames of(SqlNode statement, String text) {
    return firstSelect(statement) instanceof SqlSelect select
        ? of(select.getSelectList(), text)
        : new ResultNames(List.of());
  }

  static ResultNames of(SqlNodeList items, String text) {
    List<String> texts = new ArrayList<>();
    for (SqlNode item : items) {
      if (!(item instanceof SqlIdentifier) && item.getKind() != SqlKind.AS) {
        texts.add(written(item.getParserPosition(), text));
      }
    }
    return new ResultNames(texts);
  }

  /// The names of a set operation are those of its first query.
  private static SqlNode firstSelect(SqlNode node) {
    return switch (node) {
      case SqlOrderBy order -> firstSelect(order.query);
      case SqlWith with -> firstSelect(with.body);
      case SqlBasicCall call when SqlKind.SET_QUERY.contains(call.getKind()) ->
          firstSelect(call.operand(0));
      default -> node;
    };
  }

  private static String written(SqlParserPos position, String text) {
    if (position.getLineNum() == 0) {
      return "?column?";
    }
    int from = offset(text, position.getLineNum(), position.getColumnNum());
    int to = offset(text, position.getEndLineNum(), position.getEndColumnNum()) + 1;
    String plain = text.substring(from, Math.min(to, text.length())).replaceAll("\\s+", " ");
    return plain.length() > LENGTH_MAX ? plain.substring(0, LENGTH_MAX - 3) + "..." : plain;
  }

  private static int offset(String text, int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return Math.min(text.length(), start + column - 1);
  }

  /// The next result column's name; to be asked once for each, in order.
  String name(String found) {
    if (!found.startsWith(GENERATED)) {
      return found;
    }
    return texts.hasNext()
        ? texts.next()
        : "column" + (Integer.parseInt(found.substring(GENERATED.length())) + 1);
  }
}
