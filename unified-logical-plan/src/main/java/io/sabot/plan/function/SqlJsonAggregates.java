package io.sabot.plan.function;

import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// SQL's aggregates that make JSON. Their values are JSON already; nothing for a group of no rows.
public final class SqlJsonAggregates {
  public static final AggregateFunction ARRAY = array("sql.json_agg", false);
  public static final AggregateFunction ARRAY_ABSENT = array("sql.json_agg_absent", true);
  public static final AggregateFunction OBJECT = object("sql.json_object_agg", false);
  public static final AggregateFunction OBJECT_ABSENT = object("sql.json_object_agg_absent", true);

  public static final List<AggregateFunction> ALL =
      List.of(ARRAY, ARRAY_ABSENT, OBJECT, OBJECT_ABSENT);

  private SqlJsonAggregates() {}

  private static AggregateFunction array(String name, boolean leavesNullsOut) {
    return new AggregateFunction(
        name, 1, 1, true, _ -> Type.JSON, () -> new Parts(false, leavesNullsOut));
  }

  private static AggregateFunction object(String name, boolean leavesNullsOut) {
    return new AggregateFunction(
        name, 2, 2, true, _ -> Type.JSON, () -> new Parts(true, leavesNullsOut));
  }

  private static final class Parts implements Accumulator {
    private final boolean isObject;
    private final boolean leavesNullsOut;
    private final List<String> parts = new ArrayList<>();
    private boolean isEmpty = true;

    Parts(boolean isObject, boolean leavesNullsOut) {
      this.isObject = isObject;
      this.leavesNullsOut = leavesNullsOut;
    }

    @Override
    public void add(Value[] args) {
      isEmpty = false;
      Value value = args[isObject ? 1 : 0];
      String part = SqlJsonBuild.part(value);
      if (!(leavesNullsOut && part.equals("null"))) {
        parts.add(isObject ? SqlJsonBuild.member(args[0], value, " : ") : part);
      }
    }

    @Override
    public boolean keepsRows() {
      return true;
    }

    @Override
    public Value result() {
      if (isEmpty) {
        return Value.NULL;
      }
      String all = String.join(", ", parts);
      return Value.of(isObject ? "{ " + all + " }" : "[" + all + "]");
    }
  }
}
