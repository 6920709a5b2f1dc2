package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.SqlJsonAggregates;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// GROUP BY and aggregate functions.
final class AggregateLowering {
  private final RelLowering rels;

  AggregateLowering(RelLowering rels) {
    this.rels = rels;
  }

  Relation lower(Aggregate aggregate) {
    boolean asksForGrouping =
        aggregate.getAggCallList().stream().anyMatch(c -> isGrouping(c.getAggregation().getKind()));
    if (asksForGrouping) {
      return oneByOne(aggregate);
    }
    Relation input = rels.lower(aggregate.getInput());
    List<ImmutableBitSet> sets =
        aggregate.getGroupType() == Aggregate.Group.SIMPLE ? List.of() : aggregate.getGroupSets();
    return grouped(aggregate, input, sets);
  }

  private static boolean isGrouping(SqlKind kind) {
    return kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID || kind == SqlKind.GROUP_ID;
  }

  /// @param sets empty for one set of all keys
  private Relation grouped(Aggregate aggregate, Relation input, List<ImmutableBitSet> sets) {
    Set<Column> keys = columns(aggregate.getGroupSet(), input);
    List<List<Column>> groupingSets = new ArrayList<>();
    sets.forEach(set -> groupingSets.add(List.copyOf(columns(set, input))));
    List<Column> fields = new ArrayList<>();
    aggregate
        .getGroupSet()
        .forEach(k -> {
          Column key = input.field(k);
          fields.add(sets.isEmpty() ? key : key.asNullable());
        });
    List<AggregateCall> calls = new ArrayList<>();
    List<Assignment> after = new ArrayList<>();
    for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
      fields.add(call(call, input, calls, after));
    }
    LogicalNode plan =
        new LogicalNode.Aggregate(input.plan(), List.copyOf(keys), groupingSets, calls, EqMode.SQL);
    return new Relation(after.isEmpty() ? plan : new LogicalNode.Extend(plan, after), fields);
  }

  private static Set<Column> columns(ImmutableBitSet set, Relation input) {
    Set<Column> columns = new LinkedHashSet<>();
    set.forEach(k -> columns.add(input.field(k)));
    return columns;
  }

  /// Adds the call and returns the column of its result, which may be computed `after` it.
  private Column call(
      org.apache.calcite.rel.core.AggregateCall call,
      Relation input,
      List<AggregateCall> calls,
      List<Assignment> after) {
    if (call.distinctKeys != null || call.ignoreNulls()) {
      throw Errors.unsupported(null, "WITHIN DISTINCT or IGNORE NULLS in an aggregate");
    }
    List<Expr> args = new ArrayList<>();
    call.getArgList().forEach(a -> args.add(input.field(a).ref()));
    AggregateFunction function = AggregateNames.find(call.getAggregation(), args.size());
    if (function == null) {
      throw Errors.unsupported(null, "the aggregate " + call.getAggregation().getName());
    }
    if ((function == Aggregates.MIN || function == Aggregates.MAX)
        && args.getFirst().type().isJson()) {
      throw Errors.semantic(
          null,
          "JsonComparison",
          "JSON has no order",
          "take the least of a part of it as text, such as min(j ->> 'key')");
    }
    Expr filter = call.hasFilter() ? input.field(call.filterArg).ref() : null;
    List<SortKey> order =
        RelLowering.keys(call.getCollation().getFieldCollations(), input.fields());
    if (function == Aggregates.COUNT && args.size() > 1) {
      filter = countSeveral(call, args, filter);
      function = Aggregates.COUNT_ROWS;
    }
    if (function == Aggregates.STRING_AGG && args.size() == 1) {
      args.add(Expr.lit(Value.of(",")));
    }
    if (SqlJsonAggregates.ALL.contains(function)) {
      int value = args.size() - 1;
      args.set(value, JsonLowering.part(args.get(value)));
      if (value > 0) {
        args.set(0, Coercion.cast(args.getFirst(), Type.STRING));
      }
    }
    Type type = function.resultType(args.stream().map(Expr::type).toList());
    String name = call.getName() == null ? function.name() : call.getName();
    Column out = rels.columns.column(name, type, call.getType().isNullable());
    calls.add(new AggregateCall(out, function, args, call.isDistinct(), EqMode.SQL, filter, order));
    return corrected(call, args, filter, out, calls, after);
  }

  private static Expr countSeveral(
      org.apache.calcite.rel.core.AggregateCall call,
      List<Expr> args,
      @org.jspecify.annotations.Nullable Expr filter) {
    if (call.isDistinct()) {
      throw Errors.unsupported(null, "COUNT(DISTINCT ...) of several columns");
    }
    List<Expr> conditions = new ArrayList<>();
    args.forEach(a -> conditions.add(LogicFunctions.IS_NOT_NULL.call(a)));
    if (filter != null) {
      conditions.add(filter);
    }
    args.clear();
    return LogicFunctions.and(conditions);
  }

  /// What SQL wants where our aggregate gives something else: null for an array of nothing, zero
  /// for a sum of nothing (SUM0), null for the deviation of nothing and for the sample deviation of
  /// one.
  private Column corrected(
      org.apache.calcite.rel.core.AggregateCall call,
      List<Expr> args,
      @org.jspecify.annotations.Nullable Expr filter,
      Column out,
      List<AggregateCall> calls,
      List<Assignment> after) {
    if (out.type() == Type.JSON && TypeMapping.fromCalcite(call.getType()) == Type.JSONB) {
      Column binary = rels.columns.column(out.name(), Type.JSONB, true);
      after.add(new Assignment(binary, Coercion.cast(out.ref(), Type.JSONB)));
      return binary;
    }
    SqlKind kind = call.getAggregation().getKind();
    if (kind == SqlKind.ARRAY_AGG && out.type() instanceof Type.ListOf) {
      Column array = rels.columns.column(out.name(), out.type(), true);
      Expr isEmpty =
          LogicFunctions.IS_NULL.call(Functions.named("sql.array_ndims").call(out.ref()));
      after.add(
          new Assignment(
              array,
              new Expr.Case(
                  List.of(new Expr.When(isEmpty, Expr.nullOf(out.type()))),
                  out.ref(),
                  out.type())));
      return array;
    }
    if (kind == SqlKind.SUM0) {
      Column sum = rels.columns.column(out.name(), out.type(), false);
      Expr zero = TemporalLowering.zero(out.type());
      after.add(new Assignment(sum, LogicFunctions.COALESCE.call(out.ref(), zero)));
      return sum;
    }
    boolean sample = kind == SqlKind.STDDEV_SAMP || kind == SqlKind.VAR_SAMP;
    boolean isList = kind == SqlKind.ARRAY_AGG;
    if (!sample && !isList && kind != SqlKind.STDDEV_POP && kind != SqlKind.VAR_POP) {
      return out;
    }
    Column count = rels.columns.column("count", Type.INT64, false);
    calls.add(
        isList
            ? new AggregateCall(
                count, Aggregates.COUNT_ROWS, List.of(), false, EqMode.SQL, filter, List.of())
            : new AggregateCall(
                count, Aggregates.COUNT, args, call.isDistinct(), EqMode.SQL, filter, List.of()));
    Expr enough =
        Coercion.compare(
            io.sabot.plan.function.ComparisonFunctions.Op.GT,
            count.ref(),
            new Expr.Lit(Value.of(sample ? 1L : 0L), Type.INT64));
    Column result = rels.columns.column(out.name(), out.type(), true);
    after.add(
        new Assignment(
            result,
            new Expr.Case(
                List.of(new Expr.When(enough, out.ref())), Expr.nullOf(out.type()), out.type())));
    return result;
  }

  // ---- GROUPING()

  /// One aggregate for each grouping set, put together: only so is it known which set a row is of.
  private Relation oneByOne(Aggregate aggregate) {
    Relation result = null;
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      Relation part = oneSet(aggregate, set);
      result = result == null ? part : union(result, part);
    }
    return java.util.Objects.requireNonNull(result);
  }

  private Relation oneSet(Aggregate aggregate, ImmutableBitSet set) {
    Relation input = rels.lower(aggregate.getInput());
    Set<Column> keys = columns(set, input);
    List<AggregateCall> calls = new ArrayList<>();
    List<Assignment> after = new ArrayList<>();
    List<Assignment> result = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      Column column = input.field(key);
      Expr value = set.get(key) ? column.ref() : Expr.nullOf(column.type());
      result.add(new Assignment(rels.columns.column(column.name(), column.type(), true), value));
    }
    for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
      SqlKind kind = call.getAggregation().getKind();
      if (isGrouping(kind)) {
        Column out = rels.columns.column("grouping", Type.INT64, false);
        long bits = kind == SqlKind.GROUP_ID ? 0 : bits(call.getArgList(), set);
        result.add(new Assignment(out, Expr.lit(Value.of(bits))));
      } else {
        Column value = call(call, input, calls, after);
        result.add(new Assignment(rels.columns.like(value), value.ref()));
      }
    }
    LogicalNode plan =
        new LogicalNode.Aggregate(input.plan(), List.copyOf(keys), List.of(), calls, EqMode.SQL);
    if (!after.isEmpty()) {
      plan = new LogicalNode.Extend(plan, after);
    }
    return new Relation(
        new LogicalNode.Project(plan, result), result.stream().map(Assignment::column).toList());
  }

  private static long bits(List<Integer> args, ImmutableBitSet set) {
    long bits = 0;
    for (int arg : args) {
      bits = bits << 1 | (set.get(arg) ? 0 : 1);
    }
    return bits;
  }

  private Relation union(Relation left, Relation right) {
    List<Column> fields = left.fields().stream().map(rels.columns::like).toList();
    LogicalNode plan =
        new LogicalNode.SetOp(
            LogicalNode.SetKind.UNION,
            true,
            EqMode.SQL,
            left.plan(),
            right.plan(),
            fields,
            new ArrayList<>(left.fields()),
            new ArrayList<>(right.fields()));
    return new Relation(plan, fields);
  }
}
