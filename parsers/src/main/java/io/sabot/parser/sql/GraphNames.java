package io.sabot.parser.sql;

import io.sabot.parser.sql.GraphVariable.Degree;
import io.sabot.parser.sql.GraphVariable.Kind;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.function.Functions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Puts columns in the place of what an expression says about the variables of a pattern:
/// properties, functions of paths and elements, predicates, and what is from around GRAPH_TABLE.
final class GraphNames extends SqlShuttle {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "PATH_LENGTH",
          "VERTICES",
          "NODES",
          "EDGES",
          "RELATIONSHIPS",
          "ELEMENT_ID",
          "SAME",
          "ALL_DIFFERENT",
          "PROPERTY_EXISTS");

  private final GraphScope scope;
  private final GraphNeeds needs;
  private final @Nullable Set<String> inside;
  private final Set<String> local = new HashSet<>();
  private final FromClause from = new FromClause(this);
  private int depth;
  private @Nullable GraphVariable aggregated;

  /// @param inside for a condition within a part of a path that is searched: the variables of one
  ///   repetition of it, each of which is one element there
  GraphNames(GraphScope scope, GraphNeeds needs, @Nullable Set<String> inside) {
    this.scope = scope;
    this.needs = needs;
    this.inside = inside;
  }

  SqlNode replaced(SqlNode node) {
    return Objects.requireNonNull(node.accept(this));
  }

  private static @Nullable SourceSpan span(SqlNode node) {
    return CalciteErrors.span(node.getParserPosition());
  }

  // ---- names

  @Override
  public SqlNode visit(SqlIdentifier id) {
    String first = id.names.getFirst();
    if (local.contains(first.toLowerCase(Locale.ROOT)) || id.isStar() && id.names.size() == 1) {
      return id;
    }
    GraphVariable variable = scope.find(first);
    if (id.isSimple()) {
      return depth > 0 ? id : variable == null ? scope.outer(id) : whole(variable, id);
    }
    if (variable == null) {
      return scope.outer(id);
    }
    if (id.names.size() > 2) {
      throw Errors.unsupported(span(id), "a field of a property");
    }
    return part(variable, id.names.get(1), id);
  }

  /// An element or path itself.
  private SqlNode whole(GraphVariable variable, SqlIdentifier id) {
    check(variable, id);
    return column(variable, "itself", variable.name, v -> v.apply(variable.name), id);
  }

  private SqlNode part(GraphVariable variable, String name, SqlIdentifier id) {
    check(variable, id);
    if (name.startsWith("$")) {
      int number = Integer.parseInt(name.substring(1));
      return column(variable, name, "test", scope.test(number, variable, this::check), id);
    }
    if (variable.kind == Kind.PATH) {
      throw Errors.semantic(
          span(id),
          "PathProperty",
          "'" + variable.name + "' is a path and has no properties",
          "use path_length(p), vertices(p) or edges(p)");
    }
    SourceSpan place = Objects.requireNonNullElse(span(id), variable.place);
    GraphView.Property property = scope.view().property(variable, name, place);
    return column(
        variable,
        "." + property.name(),
        property.name(),
        v -> property.value().apply(v.apply(variable.name)),
        id);
  }

  /// Whether the variable stands for one element where it is named.
  private void check(GraphVariable variable, SqlNode place) {
    if (inside != null && !inside.contains(variable.name)) {
      throw Errors.unsupported(
          span(place),
          "'"
              + variable.name
              + "' in a condition inside a part of a path that is searched, where"
              + " it is not declared,");
    }
    boolean isList = inside == null && variable.degree == Degree.GROUP && variable != aggregated;
    if (isList) {
      throw Errors.semantic(
          span(place),
          "GroupVariable",
          "'" + variable.name + "' stands for a list, because its part of the path is repeated",
          "use an aggregate such as COUNT(" + variable.name + ")");
    }
  }

  private SqlNode column(
      GraphVariable variable, String what, String name, GraphNeeds.Value value, SqlNode place) {
    String column = needs.column(variable.name, what, name, value);
    return new SqlIdentifier(List.of(variable.name, column), place.getParserPosition());
  }

  // ---- calls

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.isA(SqlKind.QUERY)) {
      return query(call);
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (FUNCTIONS.contains(name) && namesVariable(call)) {
      return function(name, call);
    }
    if (aggregated == null && GraphAggregates.isAggregate(call)) {
      GraphVariable list = GraphAggregates.list(call, scope, depth > 0, local);
      if (list != null) {
        return aggregate(call, list);
      }
    }
    return super.visit(call);
  }

  private SqlNode query(SqlCall call) {
    if (depth == 0) {
      FromClause.names(call, local);
    }
    depth++;
    try {
      return from.query(call);
    } finally {
      depth--;
      if (depth == 0) {
        local.clear();
      }
    }
  }

  @Nullable SqlNode operands(SqlCall call) {
    return super.visit(call);
  }

  private SqlNode aggregate(SqlCall call, GraphVariable list) {
    if (inside != null) {
      throw Errors.unsupported(span(call), "an aggregate inside a part of a path");
    }
    aggregated = list;
    try {
      SqlNode own = GraphAggregates.countsRows(call) ? GraphAggregates.countAll(call) : call;
      SqlNode replaced = own == call ? super.visit(call) : own;
      return GraphAggregates.query(Objects.requireNonNull(replaced), list);
    } finally {
      aggregated = null;
    }
  }

  private boolean namesVariable(SqlCall call) {
    return !call.getOperandList().isEmpty()
        && call.operand(0) instanceof SqlIdentifier id
        && id.isSimple()
        && scope.find(id.getSimple()) != null;
  }

  private GraphVariable variable(SqlNode operand) {
    GraphVariable variable =
        operand instanceof SqlIdentifier id && id.isSimple() ? scope.find(id.getSimple()) : null;
    if (variable == null) {
      throw Errors.semantic(
          span(operand),
          "VariableExpected",
          "found " + operand + ", expected a variable of the pattern",
          "");
    }
    check(variable, operand);
    return variable;
  }

  private SqlNode function(String name, SqlCall call) {
    GraphVariable first = variable(call.operand(0));
    return switch (name) {
      case "PATH_LENGTH" -> ofPath(first, "cy.length", call);
      case "VERTICES", "NODES" -> ofPath(first, "cy.nodes", call);
      case "EDGES", "RELATIONSHIPS" -> ofPath(first, "cy.relationships", call);
      case "ELEMENT_ID" -> {
        expectElement(first, call);
        yield ofOne(first, "cy.elementid", call);
      }
      case "SAME", "ALL_DIFFERENT" -> compared(name, call);
      default -> exists(first, call);
    };
  }

  private SqlNode ofPath(GraphVariable path, String function, SqlCall call) {
    if (path.kind != Kind.PATH) {
      throw Errors.semantic(
          span(call),
          "PathExpected",
          "'" + path.name + "' is no path",
          "name one: p = (a)-[]->(b)");
    }
    return ofOne(path, function, call);
  }

  private SqlNode ofOne(GraphVariable variable, String function, SqlCall call) {
    if (call.operandCount() != 1) {
      throw Errors.semantic(
          span(call), "ArgumentCount", call.getOperator().getName() + " takes one variable", "");
    }
    return column(
        variable,
        function,
        call.getOperator().getName().toLowerCase(Locale.ROOT),
        v -> Functions.named(function).call(v.apply(variable.name)),
        call);
  }

  private static void expectElement(GraphVariable variable, SqlNode place) {
    if (variable.kind == Kind.PATH) {
      throw Errors.semantic(
          span(place), "ElementExpected", "'" + variable.name + "' is a path", "");
    }
  }

  private SqlNode compared(String name, SqlCall call) {
    List<GraphVariable> all = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      GraphVariable variable = variable(operand);
      expectElement(variable, operand);
      all.add(variable);
      if (variable.kind != all.getFirst().kind) {
        throw Errors.semantic(
            span(operand),
            "ElementExpected",
            name + " compares vertices with vertices and edges with edges",
            "");
      }
    }
    if (all.size() < 2) {
      throw Errors.semantic(span(call), "ArgumentCount", name + " needs two elements", "");
    }
    return column(
        all.getFirst(),
        call.toString(),
        name.toLowerCase(Locale.ROOT),
        name.equals("SAME") ? v -> GraphScope.same(all, v) : v -> GraphScope.allDifferent(all, v),
        call);
  }

  private SqlNode exists(GraphVariable variable, SqlCall call) {
    expectElement(variable, call);
    if (call.operandCount() != 2
        || !(call.operand(1) instanceof SqlIdentifier id)
        || !id.isSimple()) {
      throw Errors.semantic(
          span(call), "ArgumentCount", "PROPERTY_EXISTS takes a variable and a property", "");
    }
    SourceSpan place = Objects.requireNonNullElse(span(call), variable.place);
    return column(
        variable,
        "has " + id.getSimple(),
        "has_" + id.getSimple(),
        v -> scope.view().has(variable, id.getSimple(), v.apply(variable.name), place),
        call);
  }
}
