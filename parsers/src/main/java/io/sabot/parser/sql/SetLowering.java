package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataTypeField;

/// UNION, INTERSECT, EXCEPT, recursive queries and UNNEST.
final class SetLowering {
  private final RelLowering rels;
  private final Map<List<String>, Work> work = new HashMap<>();
  private int nextWork = 1;

  private record Work(int id, List<Column> columns) {}

  SetLowering(RelLowering rels) {
    this.rels = rels;
  }

  Relation lower(SetOp set) {
    SetKind kind =
        switch (set.kind) {
          case UNION -> SetKind.UNION;
          case INTERSECT -> SetKind.INTERSECT;
          case EXCEPT -> SetKind.EXCEPT;
          default -> throw Errors.unsupported(null, String.valueOf(set.kind));
        };
    List<Relation> inputs = set.getInputs().stream().map(rels::lower).toList();
    List<RelDataTypeField> row = set.getRowType().getFieldList();
    List<Type> types = types(row, inputs);
    List<Relation> sides = inputs.stream().map(input -> as(input, types)).toList();
    if (kind == SetKind.UNION && set.all) {
      sides = constantsTogether(sides, row);
    }
    Relation result = sides.getFirst();
    for (Relation side : sides.subList(1, sides.size())) {
      result = combine(kind, set.all, result, side, row);
    }
    return result;
  }

  /// One relation for each run of relations that are constant rows. A VALUES of many rows with
  /// expressions in them comes as a union of as many relations.
  private List<Relation> constantsTogether(List<Relation> sides, List<RelDataTypeField> row) {
    List<Relation> together = new ArrayList<>();
    List<List<Expr>> rows = new ArrayList<>();
    Relation first = sides.getFirst();
    for (Relation side : sides) {
      List<List<Expr>> constants = ConstantRows.of(side);
      if (constants != null) {
        first = rows.isEmpty() ? side : first;
        rows.addAll(constants);
      } else {
        addConstants(together, first, rows, row);
        together.add(side);
      }
    }
    addConstants(together, first, rows, row);
    return together;
  }

  private void addConstants(
      List<Relation> to, Relation like, List<List<Expr>> rows, List<RelDataTypeField> row) {
    if (!rows.isEmpty()) {
      List<Column> fields = fresh(like.fields(), row);
      to.add(new Relation(new LogicalNode.Values(fields, rows), fields));
      rows.clear();
    }
  }

  private Relation combine(
      SetKind kind, boolean all, Relation left, Relation right, List<RelDataTypeField> row) {
    List<Column> fields = fresh(left.fields(), row);
    LogicalNode plan =
        new LogicalNode.SetOp(
            kind,
            all,
            EqMode.SQL,
            left.plan(),
            right.plan(),
            fields,
            new ArrayList<>(left.fields()),
            new ArrayList<>(right.fields()));
    return new Relation(plan, fields);
  }

  private List<Column> fresh(List<Column> like, List<RelDataTypeField> row) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < like.size(); i++) {
      RelDataTypeField field = row.get(i);
      fields.add(
          rels.columns.column(field.getName(), like.get(i).type(), field.getType().isNullable()));
    }
    return fields;
  }

  private static List<Type> types(List<RelDataTypeField> row, List<Relation> inputs) {
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      int field = i;
      Type type = Coercion.common(inputs.stream().map(r -> r.field(field).type()).toList());
      types.add(type == Type.ANY ? TypeMapping.fromCalcite(row.get(i).getType()) : type);
    }
    return types;
  }

  /// The relation with its fields of these types, each a column of its own.
  private Relation as(Relation relation, List<Type> types) {
    List<Column> fields = new ArrayList<>();
    List<Assignment> assignments = new ArrayList<>();
    Set<Column> seen = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      Column column = relation.field(i);
      Column out = column;
      Expr expr = Coercion.cast(column.ref(), types.get(i));
      if (!(expr instanceof Expr.Col) || !seen.add(column)) {
        out = rels.columns.column(column.name(), expr.type(), column.nullable());
      }
      fields.add(out);
      assignments.add(new Assignment(out, expr));
    }
    boolean same = fields.equals(relation.fields());
    return same
        ? relation
        : new Relation(new LogicalNode.Project(relation.plan(), assignments), fields);
  }

  Relation uncollect(Uncollect uncollect) {
    Relation input = rels.lower(uncollect.getInput());
    if (input.fields().size() != 1) {
      throw Errors.unsupported(null, "UNNEST of several lists at once");
    }
    Column list = input.field(0);
    Type elementType = list.type() instanceof Type.ListOf(Type element) ? element : Type.ANY;
    if (elementType instanceof Type.ListOf) {
      throw Errors.unsupported(null, "UNNEST of an array of several dimensions");
    }
    List<RelDataTypeField> row = uncollect.getRowType().getFieldList();
    Column element = rels.columns.column(row.getFirst().getName(), elementType, true);
    Column ordinal =
        uncollect.withOrdinality
            ? rels.columns.column(row.getLast().getName(), Type.INT64, false)
            : null;
    LogicalNode plan = new LogicalNode.Unnest(input.plan(), list.ref(), element, ordinal, false);
    return new Relation(plan, ordinal == null ? List.of(element) : List.of(element, ordinal));
  }

  Relation recursive(RepeatUnion repeat) {
    List<RelDataTypeField> row = repeat.getRowType().getFieldList();
    Relation seed = rels.lower(repeat.getSeedRel());
    List<Type> types = row.stream().map(f -> TypeMapping.fromCalcite(f.getType())).toList();
    Relation init = exactly(seed, types);
    List<Column> fields = fresh(init.fields(), row);
    List<String> name =
        java.util.Objects.requireNonNull(repeat.getTransientTable()).getQualifiedName();
    Work scan = new Work(nextWork++, fields);
    Work before = work.put(name, scan);
    Relation step = exactly(rels.lower(repeat.getIterativeRel()), types);
    if (before != null) {
      work.put(name, before);
    }
    LogicalNode plan =
        new LogicalNode.Recursive(init.plan(), step.plan(), scan.id(), fields, !repeat.all);
    return new Relation(plan, fields);
  }

  /// Exactly these fields in this order, under new columns.
  private Relation exactly(Relation relation, List<Type> types) {
    List<Column> fields = new ArrayList<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Column column = relation.field(i);
      Column out = rels.columns.column(column.name(), types.get(i), column.nullable());
      fields.add(out);
      assignments.add(new Assignment(out, Coercion.cast(column.ref(), types.get(i))));
    }
    return new Relation(new LogicalNode.Project(relation.plan(), assignments), fields);
  }

  /// A read of the rows that a recursive query added last.
  Relation workScan(TableScan scan) {
    Work rows = work.get(scan.getTable().getQualifiedName());
    if (rows == null) {
      throw Errors.unsupported(null, "the table " + scan.getTable().getQualifiedName());
    }
    List<Column> fields = rows.columns().stream().map(rels.columns::like).toList();
    return new Relation(new LogicalNode.WorkScan(rows.id(), fields), fields);
  }
}
