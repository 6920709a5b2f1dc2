package io.sabot.parser.sql;

import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rex.RexNode;

/// Binds queries and changes of rows: text to checked plan.
final class SqlBinder {
  private static final int MAX_VIEW_DEPTH = 50;

  final Catalog catalog;
  final ColumnAllocator columns;
  final Map<String, Value> parameters;
  final EmbeddedLanguages languages;

  /// The GRAPH_TABLEs of all texts, by the names that stand in their place.
  final Map<String, GraphTable> graphTables = new HashMap<>();

  /// The files of all texts, by the names that stand in their place.
  final Map<String, CatalogReader.FileRows> files = new HashMap<>();

  private int depth;
  private int graphTableCount;

  SqlBinder(
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      EmbeddedLanguages languages) {
    this.catalog = catalog;
    this.columns = columns;
    this.parameters = parameters;
    this.languages = languages;
  }

  String nextGraphTable() {
    return "$g" + graphTableCount++;
  }

  Statement.Query statement(String text) {
    return new Statement.Query(plan(text), Mode.RUN, ResultForm.ROWS);
  }

  /// The plan of a query.
  Output plan(String text) {
    if (depth >= MAX_VIEW_DEPTH) {
      throw Errors.semantic(
          null, "CyclicView", "views are nested too deeply", "look for a view that uses itself");
    }
    depth++;
    try {
      GraphTables lifted = GraphTables.lift(text, this);
      ParameterText parameterText = lifted.parameters();
      CalcitePlanner planner = new CalcitePlanner(this, parameterText);
      RelRoot root = planner.convert();
      return lower(root, parameterText, ResultNames.of(planner.parsed(), text));
    } catch (QueryException known) {
      throw known;
    } catch (Exception | AssertionError failed) {
      // Calcite asserts by throwing, whether assertions are on or not.
      throw CalciteErrors.translate(failed, this, text);
    } finally {
      depth--;
    }
  }

  /// The plan of a text in any language, as views and embedded queries need it.
  Output plan(String language, String text, Map<String, Value> visible) {
    if (language.equalsIgnoreCase("sql")) {
      return plan(text);
    }
    return EmbeddedQuery.plan(languages, language, text, catalog, columns, visible);
  }

  private Output lower(RelRoot root, ParameterText parameterText, ResultNames unnamed) {
    RelLowering lowering = new RelLowering(this, parameterText);
    if (root.rel instanceof TableModify) {
      throw Errors.unsupported(null, "a change of rows inside a query");
    }
    Relation relation = lowering.lower(root.rel);
    List<Column> outputs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Map.Entry<Integer, String> field : root.fields) {
      outputs.add(relation.field(field.getKey()));
      names.add(unnamed.name(field.getValue()));
    }
    return output(relation.plan(), outputs, names);
  }

  /// An output whose columns are all different.
  Output output(LogicalNode plan, List<Column> fields, List<String> names) {
    List<Assignment> assignments = new ArrayList<>();
    List<OutputColumn> outputs = new ArrayList<>();
    Set<Column> seen = new HashSet<>();
    boolean repeated = false;
    for (int i = 0; i < fields.size(); i++) {
      Column field = fields.get(i);
      Column column = field;
      if (!seen.add(field)) {
        column = columns.like(field);
        repeated = true;
      }
      assignments.add(new Assignment(column, field.ref()));
      outputs.add(new OutputColumn(column, names.get(i)));
    }
    return new Output(repeated ? new LogicalNode.Project(plan, assignments) : plan, outputs);
  }

  /// A column for a computed value.
  Column columnFor(String name, Expr expr, RexNode origin) {
    return columns.column(name, expr.type(), origin.getType().isNullable());
  }
}
