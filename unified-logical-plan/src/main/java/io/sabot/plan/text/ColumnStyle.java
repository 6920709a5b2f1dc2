package io.sabot.plan.text;

import io.sabot.plan.expr.Column;
import java.util.HashMap;
import java.util.Map;

/// How columns are written.
enum ColumnStyle {
  /// `name#id`.
  IDS,
  /// `name`, with the id only from the second column of that name on.
  NAMES,
  /// `$1`, `$2` ... in the order of appearance: the same for plans that differ in names only.
  NUMBERED;

  /// Names the columns of one plan.
  static final class Namer {
    private final ColumnStyle style;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> owners = new HashMap<>();

    Namer(ColumnStyle style) {
      this.style = style;
    }

    String name(Column column) {
      return names.computeIfAbsent(column.id(), id -> fresh(column, id));
    }

    private String fresh(Column column, int id) {
      String quoted = TextSyntax.identifier(column.name());
      return switch (style) {
        case IDS -> quoted + "#" + id;
        case NAMES -> owners.putIfAbsent(quoted, id) == null ? quoted : quoted + "#" + id;
        case NUMBERED -> "$" + (names.size() + 1);
      };
    }
  }
}
