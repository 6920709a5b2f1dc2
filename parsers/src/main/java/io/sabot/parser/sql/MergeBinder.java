package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.NewValue;
import io.sabot.parser.sql.ChangeReader.Target;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.TableAction;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/// MERGE: the source joined with the table; for each row the first clause that applies.
final class MergeBinder {
  private final ChangeReader reader;
  private final TokenReader in;
  private final SqlBinder binder;

  MergeBinder(ChangeReader reader) {
    this.reader = reader;
    this.in = reader.in;
    this.binder = reader.binder;
  }

  private enum Match {
    MATCHED,
    NOT_BY_TARGET,
    NOT_BY_SOURCE
  }

  /// `WHEN [NOT] MATCHED [BY ...] [AND condition] THEN ...`.
  ///
  /// @param action one of {@link TableAction}
  private record Clause(
      SourceSpan place,
      Match match,
      @Nullable SqlNode condition,
      long action,
      List<NewValue> values) {}

  /// `MERGE INTO table [alias] USING source ON condition WHEN ... [RETURNING ...]`.
  LogicalNode.Output bind() throws SqlParseException {
    Token verb = in.peek();
    in.expect("MERGE", "INTO");
    in.take("ONLY");
    Target target = reader.target("USING");
    in.expect("USING");
    SqlNode source = reader.fragments.source(verb, in.skipTo("ON"));
    in.expect("ON");
    SqlNode on = reader.fragments.expression(in.skipTo("WHEN"));
    List<Clause> clauses = new ArrayList<>();
    do {
      clauses.add(clause(target));
    } while (in.peek().is("WHEN"));
    SqlNodeList returning = reader.returning();
    List<SqlNode> items = new ArrayList<>();
    ChangeRows.addTarget(items, target);
    for (Clause clause : clauses) {
      if (clause.condition() != null) {
        ChangeRows.addExpr(items, clause.condition());
      }
      for (NewValue value : clause.values()) {
        if (value.value() != null) {
          Defaults.checkGiven(value.column(), value.place(), false);
        }
        ChangeRows.addExpr(items, Defaults.node(value, target));
      }
    }
    int first = items.size();
    if (returning != null) {
      ChangeRows.addReturning(items, returning, target, ChangeRows.aliases(source), List.of());
    }
    SqlNode from =
        ChangeRows.join(
            source,
            join(clauses),
            ChangeRows.table(ChangeRows.TARGET, target.alias(), target.position()),
            on,
            target.position());
    Map<String, Table> given = Map.of(ChangeRows.TARGET, new CatalogReader.Target(target.table()));
    RelRoot root = reader.convert(items, from, null, given);
    RelLowering rels = new RelLowering(binder, reader.fragments.parameters());
    Map<Column, Column> replaced = new HashMap<>();
    Joined joined = joined(root, rels);
    LogicalNode.TableModify change =
        new Merge(target.table(), clauses, joined, replaced).change(returning == null);
    return returning == null
        ? ChangeRows.counted(change)
        : joined.rows().returning(change, replaced, first, reader.names(returning));
  }

  private static JoinType join(List<Clause> clauses) {
    boolean inserts = clauses.stream().anyMatch(c -> c.match() == Match.NOT_BY_TARGET);
    boolean sweeps = clauses.stream().anyMatch(c -> c.match() == Match.NOT_BY_SOURCE);
    return inserts
        ? sweeps ? JoinType.FULL : JoinType.LEFT
        : sweeps ? JoinType.RIGHT : JoinType.INNER;
  }

  // ---- clauses

  private Clause clause(Target target) throws SqlParseException {
    SourceSpan place = in.span();
    in.expect("WHEN");
    Match match = match();
    SqlNode condition = in.take("AND") ? reader.fragments.expression(in.skipTo("THEN")) : null;
    in.expect("THEN");
    if (in.take("DO", "NOTHING")) {
      return new Clause(place, match, condition, TableAction.NOTHING, List.of());
    }
    if (in.peek().is("INSERT") != (match == Match.NOT_BY_TARGET)) {
      throw in.unexpected(
          match == Match.NOT_BY_TARGET ? "INSERT or DO NOTHING" : "UPDATE, DELETE or DO NOTHING");
    }
    if (in.take("DELETE")) {
      return new Clause(place, match, condition, TableAction.DELETE, List.of());
    }
    if (in.take("INSERT")) {
      return new Clause(place, match, condition, TableAction.INSERT, inserted(target.table()));
    }
    in.expect("UPDATE", "SET");
    List<NewValue> values = reader.newValues(target, "WHEN", "RETURNING");
    return new Clause(place, match, condition, TableAction.UPDATE, values);
  }

  private Match match() {
    if (!in.take("NOT")) {
      in.expect("MATCHED");
      return Match.MATCHED;
    }
    in.expect("MATCHED");
    if (in.take("BY", "SOURCE")) {
      return Match.NOT_BY_SOURCE;
    }
    in.take("BY", "TARGET");
    return Match.NOT_BY_TARGET;
  }

  /// `[(column, ...)] VALUES (value, ...)` or `DEFAULT VALUES`: a value for every column.
  private List<NewValue> inserted(TableDef table) throws SqlParseException {
    List<ColumnDef> columns = new ArrayList<>();
    if (in.take("(")) {
      do {
        columns.add(in.column(table));
      } while (in.take(","));
      in.expect(")");
    } else {
      columns.addAll(table.columns());
    }
    Map<Integer, SqlNode> given = new HashMap<>();
    SourceSpan place = in.span();
    if (!in.take("DEFAULT", "VALUES")) {
      in.expect("VALUES");
      List<@Nullable SqlNode> values = reader.values();
      if (values.size() != columns.size()) {
        throw Errors.semantic(
            place,
            "ValueCount",
            "found " + values.size() + " values for " + columns.size() + " columns",
            "");
      }
      for (int i = 0; i < columns.size(); i++) {
        SqlNode value = values.get(i);
        if (value != null) {
          given.put(columns.get(i).id(), value);
        }
      }
    }
    return table.columns().stream().map(c -> new NewValue(c, given.get(c.id()), place)).toList();
  }

  // ---- rows

  /// @param present of which rows a source row is part
  private record Joined(ChangeRows rows, Column present) {}

  /// The join, with a column on the side of the source that is never null there.
  private Joined joined(RelRoot root, RelLowering rels) {
    if (!(ChangeRows.project(root).getInput() instanceof Join join)) {
      throw Errors.unsupported(null, "this source of a MERGE");
    }
    Relation source = rels.lower(join.getLeft());
    Column present = binder.columns.column("present", Type.BOOL, false);
    Relation marked =
        new Relation(
            new LogicalNode.Extend(source.plan(), List.of(new Assignment(present, Expr.TRUE))),
            source.fields());
    Relation rows = new JoinLowering(rels).lower(join, marked, rels.lower(join.getRight()));
    return new Joined(new ChangeRows(root, rels, rows), present.asNullable());
  }

  /// Puts the clauses on top of the joined rows.
  private final class Merge {
    private final TableDef table;
    private final List<Clause> clauses;
    private final ChangeRows rows;
    private final Column present;
    private final Map<Column, Column> replaced;

    Merge(TableDef table, List<Clause> clauses, Joined joined, Map<Column, Column> replaced) {
      this.table = table;
      this.clauses = clauses;
      this.rows = joined.rows();
      this.present = joined.present();
      this.replaced = replaced;
    }

    LogicalNode.TableModify change(boolean isCounted) {
      int width = table.columns().size();
      Column address = rows.field(width);
      List<Expr.When> which = new ArrayList<>();
      List<Map<Integer, Expr>> values = new ArrayList<>();
      int item = width + 1;
      for (int i = 0; i < clauses.size(); i++) {
        Clause clause = clauses.get(i);
        List<Expr> conditions = new ArrayList<>(List.of(applies(clause.match(), address)));
        if (clause.condition() != null) {
          conditions.add(checked(clause, Coercion.cast(rows.expr(item++), Type.BOOL)));
        }
        which.add(new Expr.When(LogicFunctions.and(conditions), number(i)));
        Map<Integer, Expr> set = new TreeMap<>();
        for (NewValue value : clause.values()) {
          Expr expr = checked(clause, rows.expr(item++));
          set.put(value.column().id(), Coercion.cast(expr, value.column().type()));
        }
        values.add(set);
      }
      Column clause = binder.columns.column("clause", Type.INT64, false);
      Expr chosen = new Expr.Case(which, number(clauses.size()), Type.INT64);
      LogicalNode numbered =
          new LogicalNode.Extend(rows.rows().planned(), List.of(new Assignment(clause, chosen)));
      return change(numbered, clause, address, values, isCounted);
    }

    private LogicalNode.TableModify change(
        LogicalNode numbered,
        Column clause,
        Column address,
        List<Map<Integer, Expr>> set,
        boolean isCounted) {
      List<Assignment> assignments = new ArrayList<>();
      Map<Integer, Column> values = new TreeMap<>();
      for (int c = 0; c < table.columns().size(); c++) {
        ColumnDef column = table.columns().get(c);
        Column old = rows.field(c);
        List<Expr.When> branches = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
          Expr value = set.get(i).get(column.id());
          if (value != null) {
            branches.add(new Expr.When(is(clause, i), value));
          }
        }
        Column value = binder.columns.column(column.name(), column.type(), true);
        Expr expr =
            branches.isEmpty() ? old.ref() : new Expr.Case(branches, old.ref(), column.type());
        assignments.add(new Assignment(value, expr));
        values.put(column.id(), value);
      }
      Column action = binder.columns.column("action", Type.INT64, false);
      List<Expr.When> actions = new ArrayList<>();
      for (int i = 0; i < clauses.size(); i++) {
        actions.add(new Expr.When(is(clause, i), ConflictBinder.code(clauses.get(i).action())));
      }
      Expr code = new Expr.Case(actions, ConflictBinder.code(TableAction.NOTHING), Type.INT64);
      assignments.add(new Assignment(action, code));
      LogicalNode input =
          Defaults.compute(table, new LogicalNode.Extend(numbered, assignments), values, binder);
      for (int c = 0; c < table.columns().size(); c++) {
        Column value = values.get(table.columns().get(c).id());
        replaced.put(rows.field(c), java.util.Objects.requireNonNull(value));
      }
      return new LogicalNode.TableModify(
          TableVerb.MERGE,
          table.id(),
          table.name(),
          input,
          address,
          action,
          values,
          isCounted ? binder.columns.column("count", Type.INT64, false) : null);
    }

    private Expr applies(Match match, Column address) {
      Expr inTarget = LogicFunctions.IS_NOT_NULL.call(address.ref());
      Expr inSource = LogicFunctions.IS_NOT_NULL.call(present.ref());
      return switch (match) {
        case MATCHED -> LogicFunctions.and(List.of(inTarget, inSource));
        case NOT_BY_TARGET -> LogicFunctions.not(inTarget);
        case NOT_BY_SOURCE -> LogicFunctions.not(inSource);
      };
    }

    /// Where there is no row of a side its columns must not be asked for.
    private Expr checked(Clause clause, Expr expr) {
      if (clause.match() == Match.MATCHED) {
        return expr;
      }
      Set<Column> ofTarget = new HashSet<>();
      for (int c = 0; c <= table.columns().size(); c++) {
        ofTarget.add(rows.field(c));
      }
      Set<Column> absent = new HashSet<>(rows.rows().fields());
      if (clause.match() == Match.NOT_BY_TARGET) {
        absent.retainAll(ofTarget);
      } else {
        absent.removeAll(ofTarget);
      }
      for (Column column : expr.columns()) {
        if (absent.contains(column)) {
          throw Errors.semantic(
              clause.place(),
              "MergeSide",
              "column '" + column.name() + "' has no row where this clause applies",
              clause.match() == Match.NOT_BY_TARGET
                  ? "use columns of the source only"
                  : "use columns of table '" + table.name() + "' only");
        }
      }
      return expr;
    }

    private Expr is(Column clause, int number) {
      return Coercion.compare(ComparisonFunctions.Op.EQ, clause.ref(), number(number));
    }

    private static Expr number(int number) {
      return Expr.lit(Value.of((long) number));
    }
  }
}
