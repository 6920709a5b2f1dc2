package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether an expression can be null, given which columns can.
///
/// The flag inside an expression's column reference says what was true where the column came into
/// being; an outer join further up makes it null all the same. So the flags that count are those of
/// the columns that the input delivers, and a reference to any other column may be null.
public final class Nullability {
  private final Supplier<? extends Collection<Column>> delivered;
  private @Nullable Set<Column> certain;

  private Nullability(Supplier<? extends Collection<Column>> delivered) {
    this.delivered = delivered;
  }

  /// @param delivered the columns of the input, with the flags that hold there
  public static Nullability over(Collection<Column> delivered) {
    return new Nullability(() -> delivered);
  }

  /// As above, for columns that are costly to find and mostly not asked for.
  static Nullability over(LogicalNode node) {
    return new Nullability(() -> {
      List<Column> below = new ArrayList<>();
      node.inputs().forEach(input -> below.addAll(PlanColumns.of(input)));
      return below;
    });
  }

  private boolean isCertain(Column column) {
    Set<Column> known = certain;
    if (known == null) {
      known = new HashSet<>();
      for (Column one : delivered.get()) {
        if (!one.nullable()) {
          known.add(one);
        }
      }
      certain = known;
    }
    return known.contains(column);
  }

  public boolean mayBeNull(Expr expr) {
    return switch (expr) {
      case Expr.Col(var column) -> !isCertain(column);
      case Expr.Lit(var value, _) -> value.isNull();
      case Expr.Param _ -> true;
      case Expr.Call(var function, var args, _) -> call(function, args);
      case Expr.Case(var branches, var otherwise, _) ->
          mayBeNull(otherwise) || branches.stream().anyMatch(b -> mayBeNull(b.result()));
      case Expr.Cast(var input, _, var mode, _) -> mode == Expr.CastMode.TRY || mayBeNull(input);
      case Expr.LabelTest(var entity, _) -> mayBeNull(entity);
      case Expr.Property _, Expr.ListComprehension _, Expr.Quantified _, Expr.Reduce _ -> true;
    };
  }

  private boolean call(Function function, List<Expr> args) {
    if (function.equals(LogicFunctions.IS_NULL)
        || function.equals(LogicFunctions.IS_NOT_NULL)
        || function.equals(LogicFunctions.IS_TRUE)
        || function.equals(LogicFunctions.IS_FALSE)) {
      return false;
    }
    if (function.equals(LogicFunctions.COALESCE)) {
      return args.stream().allMatch(this::mayBeNull);
    }
    boolean total = function.faults() != Function.Faults.NULL && isNullOnlyForNull(function);
    return !total || args.stream().anyMatch(this::mayBeNull);
  }

  /// Functions that are known to give null for no arguments but null: those that mean the same in
  /// every language, and three-valued logic. Others may, whatever their flags say.
  private static boolean isNullOnlyForNull(Function function) {
    return switch (function.name()) {
      case "and", "or", "not", "xor", "same_term", "not_distinct" -> true;
      case "eq", "ne", "lt", "le", "gt", "ge" -> true;
      case "sql.eq", "sql.ne", "sql.lt", "sql.le", "sql.gt", "sql.ge" -> true;
      case "add", "sub", "mul", "div", "mod", "neg" -> true;
      case "list", "map" -> true;
      default -> false;
    };
  }
}
