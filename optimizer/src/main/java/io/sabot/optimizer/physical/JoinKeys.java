package io.sabot.optimizer.physical;

import io.sabot.optimizer.rule.Nullability;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.physical.PhysicalNode.JoinKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Splits a join condition into hash keys and the rest.
///
/// A conjunct becomes a key when rows for which it is true are always found under equal keys; when
/// equal keys do not make it true in turn, it stays in the residual as well.
public final class JoinKeys {
  /// @param residual what is to be tested for rows with equal keys; TRUE for nothing
  public record Split(List<JoinKey> keys, Expr residual) {}

  private final Set<Column> left;
  private final Set<Column> right;
  private final Nullability nulls;
  private final List<JoinKey> keys = new ArrayList<>();
  private final List<Expr> residual = new ArrayList<>();

  private JoinKeys(List<Column> left, List<Column> right) {
    this.left = new HashSet<>(left);
    this.right = new HashSet<>(right);
    List<Column> both = new ArrayList<>(left);
    both.addAll(right);
    this.nulls = Nullability.over(both);
  }

  public static Split split(Expr condition, List<Column> left, List<Column> right) {
    JoinKeys split = new JoinKeys(left, right);
    LogicFunctions.conjuncts(condition).forEach(split::conjunct);
    return new Split(List.copyOf(split.keys), LogicFunctions.and(split.residual));
  }

  private void conjunct(Expr conjunct) {
    if (conjunct instanceof Expr.Call(var function, var args, _) && args.size() == 2) {
      Expr a = args.get(0);
      Expr b = args.get(1);
      if (isOf(a, left) && isOf(b, right)) {
        equality(conjunct, function, a, b);
        return;
      }
      if (isOf(a, right) && isOf(b, left)) {
        equality(conjunct, function, b, a);
        return;
      }
    }
    residual.add(conjunct);
  }

  /// Whether `expr` reads that side, and nothing but that side and enclosing left sides.
  private boolean isOf(Expr expr, Set<Column> side) {
    Set<Column> other = side.equals(left) ? right : left;
    Set<Column> used = expr.columns();
    return used.stream().anyMatch(side::contains) && used.stream().noneMatch(other::contains);
  }

  private void equality(Expr conjunct, Function function, Expr l, Expr r) {
    switch (function.name()) {
      case "eq" -> exact(conjunct, l, r, l.type() instanceof Type.Floating);
      case "sql.eq" -> sql(conjunct, l, r);
      case "same_term" -> keys.add(sameForm(l, r, EqMode.TERM));
      case "not_distinct" -> notDistinct(conjunct, l, r);
      case "cy.eq" -> cypher(conjunct, l, r);
      case "sp.eq" -> {
        if (isIdentifier(l.type()) && isIdentifier(r.type())) {
          keys.add(sameForm(l, r, EqMode.TERM));
        } else {
          residual.add(conjunct);
        }
      }
      default -> residual.add(conjunct);
    }
  }

  /// @param keep whether to test the conjunct as well: NaN is a key equal to itself, but not `eq`
  private void exact(Expr conjunct, Expr l, Expr r, boolean keep) {
    keys.add(sameForm(l, r, EqMode.SQL));
    if (keep) {
      residual.add(conjunct);
    }
  }

  private void sql(Expr conjunct, Expr l, Expr r) {
    if (ComparisonFunctions.sameKind(l.type(), r.type())) {
      exact(conjunct, l, r, false);
    } else if (isIdentifier(l.type()) && isIdentifier(r.type())) {
      keys.add(sameForm(l, r, EqMode.TERM));
    } else if (l.type().isNumeric() && r.type().isNumeric()) {
      keys.add(new JoinKey(asTerm(l), asTerm(r), EqMode.EQUIVALENT));
      residual.add(conjunct);
    } else {
      residual.add(conjunct);
    }
  }

  private void cypher(Expr conjunct, Expr l, Expr r) {
    if (isIdentifier(l.type()) && isIdentifier(r.type())) {
      keys.add(sameForm(l, r, EqMode.TERM));
    } else {
      keys.add(new JoinKey(asTerm(l), asTerm(r), EqMode.EQUIVALENT));
      residual.add(conjunct);
    }
  }

  /// Null keys match nothing, so null is made a value of its own: `is_null` on both sides is one
  /// key, the value or a stand-in for null is another.
  private void notDistinct(Expr conjunct, Expr l, Expr r) {
    if (!ComparisonFunctions.sameKind(l.type(), r.type())) {
      residual.add(conjunct);
      return;
    }
    if (!nulls.mayBeNull(l) || !nulls.mayBeNull(r)) {
      exact(conjunct, l, r, false);
      return;
    }
    Value standIn = standIn(l.type());
    if (standIn == null) {
      residual.add(conjunct);
      return;
    }
    JoinKey key = sameForm(l, r, EqMode.SQL);
    keys.add(new JoinKey(isNull(l), isNull(r), EqMode.SQL));
    keys.add(new JoinKey(orElse(key.left(), standIn), orElse(key.right(), standIn), EqMode.SQL));
  }

  private static Expr isNull(Expr expr) {
    return LogicFunctions.IS_NULL.call(expr);
  }

  private static Expr orElse(Expr expr, Value value) {
    Expr fallback = new Expr.Lit(value, expr.type());
    return new Expr.Call(LogicFunctions.COALESCE, List.of(expr, fallback), expr.type());
  }

  private static @Nullable Value standIn(Type type) {
    return switch (type) {
      case Type.Int _ -> Value.of(0L);
      case Type.Decimal _ -> Value.of(BigDecimal.ZERO);
      case Type.Floating _ -> Value.of(0.0);
      case Type.ListOf _ -> null;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> Value.FALSE;
            case STRING -> Value.of("");
            case DATE -> new Value.Date(LocalDate.EPOCH);
            case BYTES, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, JSON, JSONB -> null;
            case NODE, EDGE, PATH, IRI, MAP, ANY -> null;
          };
    };
  }

  private static JoinKey sameForm(Expr l, Expr r, EqMode mode) {
    if (l.type() instanceof Type.Decimal a && r.type() instanceof Type.Decimal b) {
      if (a.equals(b)) {
        return new JoinKey(l, r, mode);
      }
      int scale = Math.max(a.scale(), b.scale());
      int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
      if (whole + scale <= Type.Decimal.MAX_PRECISION) {
        Type common = new Type.Decimal(whole + scale, scale);
        return new JoinKey(
            new Expr.Cast(l, common, CastMode.SQL), new Expr.Cast(r, common, CastMode.SQL), mode);
      }
      return new JoinKey(asTerm(l), asTerm(r), EqMode.EQUIVALENT);
    }
    return l.type().physical() == r.type().physical()
        ? new JoinKey(l, r, mode)
        : new JoinKey(asTerm(l), asTerm(r), mode);
  }

  static Expr asTerm(Expr expr) {
    return switch (expr.type().physical()) {
      case TERM -> expr;
      case BOOL, LONG, DOUBLE, DECIMAL, STRING -> new Expr.Cast(expr, Type.ANY, CastMode.FORM);
    };
  }

  /// Types whose values are equal, in every language, exactly if they are the same term.
  public static boolean isIdentifier(Type type) {
    return type.isEntity() || type == Type.IRI;
  }
}
