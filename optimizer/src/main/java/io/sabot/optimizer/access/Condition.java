package io.sabot.optimizer.access;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.Function;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a condition says about one column or property of a scan, in terms of values that are known
/// before the scan is read.
///
/// @param key a column id of a table, or a property key
/// @param values for IN the alternatives, otherwise one value
record Condition(Object key, Kind kind, List<Expr> values) {
  /// Every 64-bit integer has at most so many.
  private static final int LONG_DIGITS = 19;

  /// How the column relates to the value.
  enum Kind {
    EQUAL,
    /// Equal to one of several values.
    ONE_OF,
    /// Equal to an element of a list.
    IN_LIST,
    FROM,
    UP_TO,
    /// A string with this beginning.
    BEGINS
  }

  /// @param known columns that have a value before the scan; null for all that the scan does not
  ///   deliver
  static @Nullable Condition of(
      Expr conjunct, LogicalNode scan, Set<Column> own, @Nullable Set<Column> known) {
    if (!(conjunct instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    Reader reader = new Reader(scan, own, known);
    if (function.name().equals("or")) {
      return reader.oneOf(args);
    }
    if (args.size() != 2) {
      return null;
    }
    return switch (function.name()) {
      case "cy.in" -> reader.relation(args.get(0), args.get(1), Kind.IN_LIST);
      case "cy.starts_with", "sql.starts_with" -> reader.begins(args.get(0), args.get(1));
      default -> reader.comparison(function, args.get(0), args.get(1));
    };
  }

  private boolean isPoint() {
    return kind == Kind.EQUAL || kind == Kind.ONE_OF;
  }

  private record Reader(LogicalNode scan, Set<Column> own, @Nullable Set<Column> known) {
    /// The column or property that an expression is, or null.
    @Nullable Object key(Expr expr) {
      return switch (expr) {
        case Expr.Col(var column) -> key(column);
        case Expr.Property(Expr.Col(var owner), var name, var type)
            when type == Type.ANY && owner.equals(element()) ->
            name;
        case Expr.Cast(var input, var type, var mode, _)
            when mode == Expr.CastMode.FORM || isWider(input.type(), type) ->
            key(input);
        default -> null;
      };
    }

    /// Whether a conversion between two types changes no number.
    private static boolean isWider(Type from, Type to) {
      return switch (to) {
        case Type.Int(int wide) -> from instanceof Type.Int(int narrow) && narrow <= wide;
        case Type.Decimal(int precision, int scale) ->
            switch (from) {
              case Type.Int _ -> precision - scale >= LONG_DIGITS;
              case Type.Decimal(int fewer, int shorter) ->
                  shorter <= scale && fewer - shorter <= precision - scale;
              default -> false;
            };
        default -> false;
      };
    }

    private @Nullable Column element() {
      return switch (scan) {
        case LogicalNode.NodeScan n -> n.node();
        case LogicalNode.EdgeScan n -> n.edge();
        default -> null;
      };
    }

    private @Nullable Object key(Column column) {
      return switch (scan) {
        case LogicalNode.TableScan n ->
            n.reads().stream()
                .filter(r -> r.column().equals(column))
                .<Object>map(r -> r.columnId())
                .findFirst()
                .orElse(null);
        case LogicalNode.NodeScan n -> key(column, n.properties());
        case LogicalNode.EdgeScan n -> key(column, n.properties());
        default -> null;
      };
    }

    private static @Nullable Object key(
        Column column, List<io.sabot.plan.logical.PropertyRead> reads) {
      return reads.stream()
          .filter(r -> r.column().equals(column))
          .<Object>map(r -> r.key())
          .findFirst()
          .orElse(null);
    }

    boolean isKnown(Expr value) {
      Set<Column> columns = value.columns();
      boolean isThere =
          known == null ? columns.stream().noneMatch(own::contains) : known.containsAll(columns);
      return isThere && !ExprFacts.isVolatile(value);
    }

    @Nullable Condition relation(Expr site, Expr value, Kind kind) {
      Object key = key(site);
      return key == null || !isKnown(value) ? null : new Condition(key, kind, List.of(value));
    }

    @Nullable Condition begins(Expr site, Expr prefix) {
      return prefix instanceof Expr.Lit(Value.Str(_), _)
          ? relation(site, prefix, Kind.BEGINS)
          : null;
    }

    @Nullable Condition comparison(Function function, Expr left, Expr right) {
      Op op =
          function.equals(ComparisonFunctions.SAME_TERM)
              ? Op.EQ
              : ComparisonFunctions.opOf(function);
      // RDF has numbers that are spelled in ways of their own; properties are kept by value.
      boolean isForeign =
          function.name().startsWith("sp.") && !(scan instanceof LogicalNode.TableScan);
      if (op == null || op == Op.NE || isForeign) {
        return null;
      }
      Condition straight = relation(left, right, kind(op));
      return straight != null ? straight : relation(right, left, kind(op.flipped()));
    }

    private static Kind kind(Op op) {
      return switch (op) {
        case EQ -> Kind.EQUAL;
        case LT, LE -> Kind.UP_TO;
        case GT, GE -> Kind.FROM;
        case NE -> throw new IllegalArgumentException("no range: " + op);
      };
    }

    /// `a = 1 or a = 2 or a = 3`.
    @Nullable Condition oneOf(List<Expr> alternatives) {
      Object key = null;
      List<Expr> values = new ArrayList<>();
      for (Expr alternative : alternatives) {
        Condition condition = Condition.of(alternative, scan, own, known);
        if (condition == null || !condition.isPoint()) {
          return null;
        }
        if (key != null && !key.equals(condition.key())) {
          return null;
        }
        key = condition.key();
        values.addAll(condition.values());
      }
      return key == null ? null : new Condition(key, Kind.ONE_OF, values);
    }
  }
}
