package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.Target;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The rows that a change starts from, and the expressions of the change over them. They come from
/// one SELECT whose results are, in order: the columns of the table that changes, where the row is,
/// the values and conditions of the change, and the results of RETURNING.
final class ChangeRows {
  static final String TARGET = "target";

  private final RelLowering rels;
  private final RelRoot root;
  private final Project project;
  private final Rows rows;

  /// Lowers the rows, not yet the expressions.
  ChangeRows(RelRoot root, RelLowering rels) {
    this(root, rels, rels.lower(project(root).getInput()));
  }

  /// @param input the rows of the query, lowered already
  ChangeRows(RelRoot root, RelLowering rels, Relation input) {
    this.root = root;
    this.rels = rels;
    this.project = project(root);
    this.rows = new Rows(input);
  }

  static Project project(RelRoot root) {
    if (root.rel instanceof Project project) {
      return project;
    }
    throw Errors.unsupported(null, "an aggregate or a window function in this place");
  }

  Rows rows() {
    return rows;
  }

  /// The results from `first` on.
  int size() {
    return project.getProjects().size();
  }

  /// The column of a result that is a field of the rows.
  Column field(int item) {
    if (project.getProjects().get(item) instanceof RexInputRef ref) {
      return rows.fields().get(ref.getIndex());
    }
    throw new IllegalStateException("result " + item + " of " + project + " is not a field");
  }

  /// Lowers a result; queries in it are put on top of the rows.
  Expr expr(int item) {
    RexNode rex = project.getProjects().get(item);
    return rels.correlated(
        project.getVariablesSet(), rows.fields(), () -> new RexLowering(rels, rows).lower(rex));
  }

  boolean isNullable(int item) {
    return project.getProjects().get(item).getType().isNullable();
  }

  /// The results from `first` on, over what a change made of the rows.
  ///
  /// @param replaced the new values of columns
  LogicalNode.Output returning(
      LogicalNode changed, Map<Column, Column> replaced, int first, ResultNames names) {
    List<Column> fields =
        rows.fields().stream().map(field -> replaced.getOrDefault(field, field)).toList();
    RexLowering rex = new RexLowering(rels, new Rows(null, fields));
    List<Assignment> assignments = new ArrayList<>();
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = first; i < size(); i++) {
      RexNode result = project.getProjects().get(i);
      String name = names.name(root.fields.get(i).getValue());
      Expr expr = rex.lower(result);
      Column column = rels.binder.columnFor(name, expr, result);
      assignments.add(new Assignment(column, expr));
      outputs.add(new OutputColumn(column, name));
    }
    return new LogicalNode.Output(new LogicalNode.Project(changed, assignments), outputs);
  }

  /// One row with the number of rows changed.
  static LogicalNode.Output counted(LogicalNode.TableModify change) {
    Column count = java.util.Objects.requireNonNull(change.count());
    return new LogicalNode.Output(change, List.of(new OutputColumn(count, "count")));
  }

  // ---- pieces of the query

  /// `"$given"."name" AS alias`.
  static SqlNode table(String name, String alias, SqlParserPos position) {
    return named(new SqlIdentifier(List.of(CatalogReader.GIVEN, name), position), alias, position);
  }

  static SqlNode named(SqlNode node, String name, SqlParserPos position) {
    return SqlStdOperatorTable.AS.createCall(position, node, new SqlIdentifier(name, position));
  }

  static SqlNode join(
      SqlNode left, JoinType type, SqlNode right, @Nullable SqlNode on, SqlParserPos position) {
    JoinConditionType condition = on == null ? JoinConditionType.NONE : JoinConditionType.ON;
    return new SqlJoin(
        position,
        left,
        SqlLiteral.createBoolean(false, position),
        type.symbol(position),
        right,
        condition.symbol(position),
        on);
  }

  /// Adds the columns of the table and where the row is, under names that nothing else has.
  static void addTarget(List<SqlNode> items, Target target) {
    for (ColumnDef column : target.table().columns()) {
      addColumn(items, target.alias(), column.name(), target.position());
    }
    addColumn(items, target.alias(), CatalogReader.Target.ADDRESS, target.position());
  }

  static void addColumn(List<SqlNode> items, String alias, String name, SqlParserPos position) {
    items.add(
        named(new SqlIdentifier(List.of(alias, name), position), "$" + items.size(), position));
  }

  /// Adds a value or condition.
  static void addExpr(List<SqlNode> items, SqlNode node) {
    items.add(named(node, "$" + items.size(), node.getParserPosition()));
  }

  /// Adds the results of RETURNING, with the stars that would show where the row is spelled out.
  ///
  /// @param before names of other tables whose columns `*` puts first
  /// @param after names of those that it puts last
  static void addReturning(
      List<SqlNode> items,
      Iterable<SqlNode> results,
      Target target,
      List<String> before,
      List<String> after) {
    for (SqlNode result : results) {
      if (!(result instanceof SqlIdentifier name) || !name.isStar()) {
        items.add(result);
      } else if (name.names.size() == 1) {
        SqlParserPos position = result.getParserPosition();
        before.forEach(alias -> items.add(star(alias, position)));
        columns(items, target, position);
        after.forEach(alias -> items.add(star(alias, position)));
      } else if (name.names.getFirst().equalsIgnoreCase(target.alias())) {
        columns(items, target, result.getParserPosition());
      } else {
        items.add(result);
      }
    }
  }

  private static SqlNode star(String alias, SqlParserPos position) {
    return new SqlIdentifier(List.of(alias, ""), position);
  }

  private static void columns(List<SqlNode> items, Target target, SqlParserPos position) {
    TableDef table = target.table();
    for (ColumnDef column : table.columns()) {
      items.add(new SqlIdentifier(List.of(target.alias(), column.name()), position));
    }
  }

  /// The names by which tables of a FROM clause are known.
  static List<String> aliases(SqlNode from) {
    List<String> names = new ArrayList<>();
    addAliases(from, names);
    return names;
  }

  private static void addAliases(SqlNode from, List<String> names) {
    switch (from) {
      case SqlJoin join -> {
        addAliases(join.getLeft(), names);
        addAliases(join.getRight(), names);
      }
      case SqlIdentifier table -> names.add(table.names.getLast());
      case org.apache.calcite.sql.SqlCall call
          when call.getOperator() == SqlStdOperatorTable.AS
              && call.operand(1) instanceof SqlIdentifier alias ->
          names.add(alias.getSimple());
      default -> {}
    }
  }
}
