package io.sabot.parser.sql;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.lower.PatternPlan;
import io.sabot.parser.sql.GraphVariable.Degree;
import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.Functions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The meaning of one GRAPH_TABLE: the plan of its pattern, and over it the query `SELECT columns
/// FROM variables WHERE conditions`, which Calcite checks as any other. Each variable seems to be a
/// table of one row with what is read of it as columns. To be bound once.
final class GraphQuery {
  private final GraphTable table;
  private final SqlBinder binder;
  private final GraphScope scope;
  private final GraphNeeds needs = new GraphNeeds();
  private final List<PatternPart> parts;
  private final List<SqlNode> conditions = new ArrayList<>();
  private final SqlNodeList results = new SqlNodeList(SqlParserPos.ZERO);
  private final List<String> names = new ArrayList<>();

  GraphQuery(GraphTable table) {
    this.table = table;
    this.binder = table.binder;
    GraphTableText text = table.text;
    this.scope =
        new GraphScope(GraphView.of(binder, text.graph(), text.graphPlace()), text.tests());
    GraphShape shape = new GraphShape(scope, this::inside, this::words);
    this.parts = shape.parts(text.pattern());
    shape.later().forEach(range -> conditions.add(expression(range, needs, null)));
    if (text.where() != null) {
      conditions.add(expression(text.where(), needs, null));
    }
    columns();
  }

  List<SqlIdentifier> outer() {
    return scope.outer();
  }

  // ---- texts

  private SqlNode expression(Range range, GraphNeeds own, @Nullable Set<String> inside) {
    try {
      SqlNode parsed = table.fragments.expression(range);
      return new GraphNames(scope, own, inside).replaced(GraphTables.place(parsed, binder));
    } catch (SqlParseException malformed) {
      throw CalciteErrors.translate(malformed, binder, table.text.text());
    }
  }

  private Set<String> words(Range range) {
    Set<String> words = new HashSet<>();
    for (Token token : Scanner.scan(table.text.text().substring(range.from(), range.to()))) {
      if (token.isName()) {
        words.add(token.text().toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  private void columns() {
    SqlNodeList items;
    try {
      items = table.fragments.results(table.text.columnsWord(), table.text.columns());
    } catch (SqlParseException malformed) {
      throw CalciteErrors.translate(malformed, binder, table.text.text());
    }
    ResultNames unnamed = ResultNames.of(items, table.text.text());
    for (SqlNode item : items) {
      if (item instanceof SqlIdentifier id && id.isStar()) {
        all(id);
      } else if (item instanceof SqlCall as && as.getKind() == SqlKind.AS) {
        add(as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple());
      } else if (item instanceof SqlIdentifier id) {
        add(id, id.names.getLast());
      } else {
        add(item, unnamed.name("EXPR$0"));
      }
    }
  }

  private void add(SqlNode value, String name) {
    SqlNode placed = GraphTables.place(value, binder);
    put(new GraphNames(scope, needs, null).replaced(placed), name);
  }

  private void put(SqlNode value, String name) {
    SqlParserPos at = value.getParserPosition();
    SqlIdentifier alias = new SqlIdentifier("$r" + names.size(), at);
    results.add(SqlStdOperatorTable.AS.createCall(at, value, alias));
    names.add(name);
  }

  /// `v.*`: all properties.
  private void all(SqlIdentifier star) {
    SourceSpan place = CalciteErrors.span(star.getParserPosition());
    GraphVariable variable = star.names.size() == 2 ? scope.find(star.names.getFirst()) : null;
    if (variable == null || variable.kind == GraphVariable.Kind.PATH) {
      throw Errors.semantic(
          place,
          "VariableExpected",
          "found '" + star + "', expected the properties of one element such as v.*",
          "");
    }
    SourceSpan known = Objects.requireNonNullElse(place, variable.place);
    List<GraphView.Property> properties = scope.view().properties(variable, known);
    if (properties.isEmpty()) {
      throw Errors.semantic(place, "NoProperties", "'" + variable.name + "' has no properties", "");
    }
    for (GraphView.Property property : properties) {
      SqlIdentifier id =
          new SqlIdentifier(List.of(variable.name, property.name()), star.getParserPosition());
      put(new GraphNames(scope, needs, null).replaced(id), property.name());
    }
  }

  // ---- conditions that are tested while paths are searched for

  private Expression inside(Range range, Set<String> inside) {
    GraphNeeds own = new GraphNeeds();
    SqlNode condition = expression(range, own, inside);
    SourceSpan place = Scanner.span(table.text.text(), range.from());
    return new Expression.Foreign(
        variables -> condition(condition, own, variables, place), new Place(place));
  }

  private Expr condition(
      SqlNode condition, GraphNeeds own, Function<String, Column> variables, SourceSpan place) {
    Function<String, Expr> elements = name -> variables.apply(name).ref();
    Map<Column, Expr> values = new HashMap<>();
    Tables tables =
        new Tables(LogicalNode.Values.UNIT, binder.columns.column("row", Type.INT64, true));
    for (String variable : own.variables()) {
      tables.add(variable, columnsOf(own, variable, elements, values), own);
    }
    List<Column> outer = new ArrayList<>();
    for (int i = 0; i < scope.outer().size(); i++) {
      outer.add(variables.apply(outerName(i)));
    }
    tables.addOuter(outer);
    Relation rows = tables.query(SqlNodeList.of(condition), null);
    Expr found = single(rows, place).transform(e -> replaced(e, values));
    if (found.type() != Type.BOOL) {
      throw Errors.semantic(
          place, "ConditionExpected", "found " + found.type() + ", expected a condition", "");
    }
    return found;
  }

  private static Expr replaced(Expr expr, Map<Column, Expr> values) {
    Expr value = expr instanceof Expr.Col(Column column) ? values.get(column) : null;
    return value == null ? expr : value;
  }

  /// The one result of a query over nothing.
  private static Expr single(Relation rows, SourceSpan place) {
    Column out = rows.field(0);
    if (rows.plan() instanceof LogicalNode.Project(var input, var assignments)
        && input.equals(LogicalNode.Values.UNIT)) {
      for (Assignment assignment : assignments) {
        if (assignment.column().equals(out)) {
          return assignment.expr();
        }
      }
    }
    throw Errors.unsupported(place, "a subquery inside a part of a path that is searched");
  }

  private static String outerName(int place) {
    return GraphScope.OUTER + place;
  }

  /// New columns for what is read of a variable.
  private List<Column> columnsOf(
      GraphNeeds own, String variable, Function<String, Expr> elements, Map<Column, Expr> values) {
    List<Column> columns = new ArrayList<>();
    for (GraphNeeds.Need need : own.of(variable)) {
      Expr value = need.value().of(elements);
      Column column = binder.columns.column(need.name(), value.type(), true);
      values.put(column, value);
      columns.add(column);
    }
    return columns;
  }

  // ---- the whole

  /// @param outer the columns from around it, in the order of {@link #outer}
  LogicalNode.Output bind(List<Column> outer) {
    Map<String, Column> around = new LinkedHashMap<>();
    for (int i = 0; i < outer.size(); i++) {
      around.put(outerName(i), outer.get(i));
    }
    PatternPlan pattern = PatternPlan.of(parts, around, binder.catalog, binder.columns);
    Map<String, Column> variables = new HashMap<>(pattern.variables());
    LogicalNode plan = optional(pattern.plan(), variables);
    Function<String, Expr> elements = name -> Objects.requireNonNull(variables.get(name)).ref();
    Map<Column, Expr> values = new LinkedHashMap<>();
    Map<String, List<Column>> columns = new LinkedHashMap<>();
    for (GraphVariable variable : scope.variables()) {
      if (variable.degree != Degree.GROUP) {
        columns.put(variable.name, columnsOf(needs, variable.name, elements, values));
      }
    }
    if (!values.isEmpty()) {
      List<Assignment> made = new ArrayList<>();
      values.forEach((column, value) -> made.add(new Assignment(column, value)));
      plan = new LogicalNode.Extend(plan, made);
    }
    Tables tables = new Tables(plan, PlanColumns.of(plan).getFirst());
    columns.forEach((name, read) -> tables.add(name, read, needs));
    tables.addOuter(outer);
    for (GraphVariable variable : scope.variables()) {
      if (variable.degree == Degree.GROUP) {
        tables.addList(variable, Objects.requireNonNull(variables.get(variable.name)));
      }
    }
    SqlNode where =
        conditions.stream()
            .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(a.getParserPosition(), a, b))
            .orElse(null);
    Relation rows = tables.query(results, where);
    return binder.output(rows.plan(), rows.fields(), names);
  }

  /// What may be left out is found as a list of at most one element.
  private LogicalNode optional(LogicalNode plan, Map<String, Column> variables) {
    List<Assignment> made = new ArrayList<>();
    for (GraphVariable variable : scope.variables()) {
      if (variable.degree == Degree.OPTIONAL) {
        Column list = Objects.requireNonNull(variables.get(variable.name));
        Column one = binder.columns.column(variable.name, variable.type(), true);
        Expr first = Functions.named("cy.index").call(list.ref(), Expr.lit(Value.of(0)));
        made.add(new Assignment(one, new Expr.Cast(first, variable.type(), CastMode.FORM)));
        variables.put(variable.name, one);
      }
    }
    return made.isEmpty() ? plan : new LogicalNode.Extend(plan, made);
  }

  /// The tables that variables seem to be.
  private final class Tables {
    private static final String ROWS = "$rows";
    private final Map<String, Table> given = new LinkedHashMap<>();
    private SqlNode from;

    /// @param any a column of the plan
    Tables(LogicalNode plan, Column any) {
      given.put(ROWS, new CatalogReader.Given(new Relation(plan, List.of(any)), List.of("$row")));
      from = named(ROWS, ROWS);
    }

    private SqlNode named(String tableName, String name) {
      SqlParserPos at = SqlParserPos.ZERO;
      SqlIdentifier id = new SqlIdentifier(List.of(CatalogReader.GIVEN, tableName), at);
      return SqlStdOperatorTable.AS.createCall(at, id, new SqlIdentifier(name, at));
    }

    void add(String name, List<Column> columns, GraphNeeds read) {
      if (!columns.isEmpty()) {
        add(name, columns, read.of(name).stream().map(GraphNeeds.Need::column).toList());
      }
    }

    private void add(String name, List<Column> columns, List<String> columnNames) {
      Relation rows = new Relation(LogicalNode.Values.UNIT, columns);
      given.put(name, new CatalogReader.Given(rows, columnNames));
      SqlParserPos at = SqlParserPos.ZERO;
      from =
          new SqlJoin(
              at,
              from,
              SqlLiteral.createBoolean(false, at),
              JoinType.COMMA.symbol(at),
              named(name, name),
              JoinConditionType.NONE.symbol(at),
              null);
    }

    void addOuter(List<Column> columns) {
      if (!columns.isEmpty()) {
        List<String> columnNames = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          columnNames.add(GraphScope.outerColumn(i));
        }
        add(GraphScope.OUTER, columns, columnNames);
      }
    }

    /// The elements of a list, for queries inside of expressions.
    void addList(GraphVariable variable, Column list) {
      Column sample = binder.columns.column(variable.name, variable.type(), true);
      List<String> columnNames = new ArrayList<>(List.of("$element"));
      List<Type> types = new ArrayList<>(List.of(variable.type()));
      for (GraphNeeds.Need need : needs.of(variable.name)) {
        columnNames.add(need.column());
        types.add(need.value().of(_ -> sample.ref()).type());
      }
      given.put(
          GraphAggregates.TABLE + variable.name,
          new CatalogReader.Fresh(() -> elements(variable, list), columnNames, types));
    }

    private Relation elements(GraphVariable variable, Column list) {
      Column element = binder.columns.column(variable.name, variable.type(), false);
      LogicalNode plan =
          new LogicalNode.Unnest(LogicalNode.Values.UNIT, list.ref(), element, null, false);
      List<Column> columns = new ArrayList<>(List.of(element));
      List<Assignment> made = new ArrayList<>();
      for (GraphNeeds.Need need : needs.of(variable.name)) {
        Expr value = need.value().of(_ -> element.ref());
        Column column = binder.columns.column(need.name(), value.type(), true);
        made.add(new Assignment(column, value));
        columns.add(column);
      }
      return new Relation(made.isEmpty() ? plan : new LogicalNode.Extend(plan, made), columns);
    }

    Relation query(SqlNodeList selected, @Nullable SqlNode where) {
      SqlSelect select = GraphAggregates.select(selected, from, where, SqlParserPos.ZERO);
      RelRoot root = new CalcitePlanner(binder, table.parameters).convert(select, given);
      Relation rows = new RelLowering(binder, table.parameters).lower(root.rel);
      List<Column> fields = new ArrayList<>();
      for (Map.Entry<Integer, String> field : root.fields) {
        fields.add(rows.field(field.getKey()));
      }
      return new Relation(rows.plan(), fields);
    }
  }
}
