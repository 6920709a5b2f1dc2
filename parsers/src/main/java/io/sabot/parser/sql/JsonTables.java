package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.Functions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's functions that give the parts of JSON as rows (manual, table 9.47).
final class JsonTables {
  /// Behind the name of a function whose rows have their number as the last column.
  static final String NUMBERED = "$numbered";

  private static final Type TEXTS = new Type.ListOf(Type.STRING);

  static final List<SqlFunction> ALL = all();

  private JsonTables() {}

  private static List<SqlFunction> all() {
    List<SqlFunction> all = new ArrayList<>();
    for (Type json : List.of(Type.JSON, Type.JSONB)) {
      String prefix = json + "_";
      add(all, prefix + "ARRAY_ELEMENTS", "json_array_elements", json, false, "value", json);
      add(
          all,
          prefix + "ARRAY_ELEMENTS_TEXT",
          "json_array_elements_text",
          json,
          false,
          "value",
          Type.STRING);
      String keys = prefix + "OBJECT_KEYS";
      add(all, keys, "json_object_keys", json, false, keys.toLowerCase(Locale.ROOT), Type.STRING);
      add(all, prefix + "EACH", "json_pairs", json, true, "value", json);
      add(all, prefix + "EACH_TEXT", "json_pairs_text", json, true, "value", Type.STRING);
    }
    add(
        all,
        "JSONB_PATH_QUERY",
        "jsonb_path_query",
        Type.JSONB,
        false,
        "jsonb_path_query",
        Type.JSONB);
    return List.copyOf(all);
  }

  private static void add(
      List<SqlFunction> all,
      String name,
      String function,
      Type json,
      boolean hasKey,
      String column,
      Type type) {
    all.add(new Parts(name, function, json, hasKey, column, type, false));
    all.add(new Parts(name + NUMBERED, function, json, hasKey, column, type, true));
  }

  /// The function of a name, where it gives rows of JSON.
  static @Nullable Parts find(String name) {
    for (SqlFunction function : ALL) {
      if (function.getName().equalsIgnoreCase(name)) {
        return (Parts) function;
      }
    }
    return null;
  }

  static final class Parts extends TableFunction {
    private final String function;
    private final Type json;
    private final boolean hasKey;
    private final String column;
    private final Type type;
    private final boolean isNumbered;

    private Parts(
        String name,
        String function,
        Type json,
        boolean hasKey,
        String column,
        Type type,
        boolean isNumbered) {
      super(
          name,
          OperandTypes.variadic(
              SqlOperandCountRanges.of(name.startsWith("JSONB_PATH_QUERY") ? 2 : 1)));
      this.function = "sql." + function;
      this.json = json;
      this.hasKey = hasKey;
      this.column = column;
      this.type = type;
      this.isNumbered = isNumbered;
    }

    /// The only column; null where there are several.
    @Nullable String onlyColumn() {
      return hasKey || isNumbered ? null : column;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
      return call -> {
        RelDataTypeFactory types = call.getTypeFactory();
        RelDataTypeFactory.Builder row = types.builder();
        if (hasKey) {
          row.add("key", TypeMapping.toCalcite(Type.STRING, true, types));
        }
        row.add(column, TypeMapping.toCalcite(type, true, types));
        if (isNumbered) {
          row.add("ordinality", TypeMapping.toCalcite(Type.INT64, false, types));
        }
        return row.build();
      };
    }

    Relation lower(RelLowering rels, RexCall call) {
      RexLowering rex = new RexLowering(rels, new Rows(null, List.of()));
      List<Expr> args = rex.all(call.getOperands());
      args = new ArrayList<>(args);
      args.set(0, parsed(args.getFirst()));
      if (args.size() > 1) {
        args.set(1, Coercion.cast(args.get(1), Type.STRING));
      }
      Type part = hasKey ? TEXTS : type;
      Expr parts = new Expr.Call(Functions.named(function), args, new Type.ListOf(part));
      Column element = rels.columns.column(column, part, true);
      Column number = isNumbered ? rels.columns.column("ordinality", Type.INT64, false) : null;
      LogicalNode plan =
          new LogicalNode.Unnest(LogicalNode.Values.UNIT, parts, element, number, false);
      List<Column> fields = new ArrayList<>(List.of(element));
      if (hasKey) {
        plan = pairs(rels, plan, element, fields);
      }
      if (number != null) {
        fields.add(number);
      }
      return new Relation(plan, fields);
    }

    private Expr parsed(Expr arg) {
      boolean isText = arg.type() == Type.STRING || arg.type().isJson() || arg.type() == Type.ANY;
      if (!isText) {
        throw Errors.semantic(
            null,
            "JsonExpected",
            getName().toLowerCase(Locale.ROOT) + " takes JSON and no " + arg.type(),
            "to_jsonb makes JSON of a value");
      }
      return json == Type.JSON && arg.type().isJson() ? arg : Coercion.cast(arg, json);
    }

    private LogicalNode pairs(
        RelLowering rels, LogicalNode plan, Column pair, List<Column> fields) {
      Column key = rels.columns.column("key", Type.STRING, true);
      Column value = rels.columns.column(column, type, true);
      fields.clear();
      fields.add(key);
      fields.add(value);
      return new LogicalNode.Extend(
          plan,
          List.of(
              new Assignment(key, part(pair, 1, Type.STRING)),
              new Assignment(value, part(pair, 2, type))));
    }

    private static Expr part(Column pair, long place, Type type) {
      return new Expr.Cast(
          Functions.named("sql.item").call(pair.ref(), Expr.lit(Value.of(place))),
          type,
          CastMode.FORM);
    }
  }
}
