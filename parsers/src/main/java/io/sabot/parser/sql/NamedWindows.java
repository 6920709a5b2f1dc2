package io.sabot.parser.sql;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Windows with names: `OVER w`, `OVER (w ROWS 1 PRECEDING) ... WINDOW w AS (ORDER BY a)`. They are
/// written out, by the rules of SQL:2011 7.11; Calcite's validator forgets the frame of one that
/// starts from another, and refuses two that are the same.
final class NamedWindows extends SqlBasicVisitor<Void> {
  /// Which operand of a SELECT its windows are.
  private static final int WINDOWS = 6;

  private final Set<SqlWindow> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private Map<String, SqlWindow> known = Map.of();

  static SqlNode writtenOut(SqlNode read) {
    read.accept(new NamedWindows());
    return read;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    Map<String, SqlWindow> outer = known;
    if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
      known = declared(select);
    } else if (call instanceof SqlSelect select) {
      known = declared(select);
    } else if (call.getKind() == SqlKind.OVER) {
      SqlNode window = call.operand(1);
      SqlWindow named = window instanceof SqlIdentifier name ? known.get(name(name)) : null;
      if (named != null) {
        used.add(named);
        call.setOperand(1, unnamed(named));
      } else if (window instanceof SqlWindow written) {
        call.setOperand(1, complete(written, known));
      }
    }
    super.visit(call);
    if (call instanceof SqlSelect select && !known.isEmpty()) {
      // The validator looks at those that nothing uses.
      List<SqlWindow> unused = new ArrayList<>(known.values());
      unused.removeIf(window -> used.contains(window));
      select.setOperand(
          WINDOWS, new SqlNodeList(unused, select.getWindowList().getParserPosition()));
    }
    known = outer;
    return null;
  }

  private Map<String, SqlWindow> declared(SqlSelect select) {
    Map<String, SqlWindow> windows = new LinkedHashMap<>();
    for (SqlNode node : select.getWindowList()) {
      SqlWindow window = (SqlWindow) node;
      SqlIdentifier name = Objects.requireNonNull(window.getDeclName());
      if (windows.put(name(name), complete(window, windows)) != null) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME,
            CalciteErrors.span(name.getParserPosition()),
            "window '" + name.getSimple() + "' is defined twice",
            "");
      }
    }
    return windows;
  }

  private static SqlWindow unnamed(SqlWindow window) {
    SqlWindow copy = (SqlWindow) window.clone(window.getParserPosition());
    copy.setOperand(0, null);
    return copy;
  }

  private SqlWindow complete(SqlWindow window, Map<String, SqlWindow> known) {
    SqlIdentifier reference = window.getRefName();
    SqlWindow start = reference == null ? null : known.get(name(reference));
    if (reference == null || start == null) {
      return window;
    }
    used.add(start);
    if (!window.getPartitionList().isEmpty()) {
      throw overridden(
          reference, "PARTITION BY stands behind window", "and only that one may have it");
    }
    if (!window.getOrderList().isEmpty() && !start.getOrderList().isEmpty()) {
      throw overridden(reference, "a second ORDER BY stands behind window", "which has one");
    }
    if (start.getLowerBound() != null || start.getUpperBound() != null) {
      throw overridden(reference, "a window starts from window", "which has a frame");
    }
    SqlNodeList order =
        window.getOrderList().isEmpty() ? start.getOrderList() : window.getOrderList();
    return SqlWindow.create(
        window.getDeclName(),
        null,
        start.getPartitionList(),
        order,
        window.operand(4),
        window.getLowerBound(),
        window.getUpperBound(),
        window.operand(7),
        window.operand(8),
        window.getParserPosition());
  }

  private static QueryException overridden(SqlIdentifier start, String what, String why) {
    return Errors.semantic(
        CalciteErrors.span(start.getParserPosition()),
        "WindowOverride",
        what + " '" + start.getSimple() + "', " + why,
        "write the window out");
  }

  private static String name(@Nullable SqlIdentifier identifier) {
    return identifier == null ? "" : identifier.getSimple().toLowerCase(Locale.ROOT);
  }
}
