package io.sabot.parser.sql;

import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/// The operators and functions that the validator knows.
final class Operators {
  static final SqlFunction SERIES = new Series();

  /// Functions of PostgreSQL that Calcite's library lacks, or has with another meaning; they go
  /// before it.
  private static final List<SqlFunction> POSTGRES =
      Stream.of(
              PostgresFunctions.ALL,
              TextOperators.ALL,
              NumberOperators.ALL,
              AggregateOperators.ALL,
              TimeOperators.ALL,
              JsonOperators.ALL,
              JsonTables.ALL,
              ArrayOperators.ALL,
              MapOperators.ALL)
          .flatMap(List::stream)
          .toList();

  private static final SqlOperatorTable LIBRARY = new Library();

  private Operators() {}

  static SqlOperatorTable table(SqlBinder binder) {
    return SqlOperatorTables.chain(
        SqlOperatorTables.of(
            List.of(new Embedded("CYPHER", binder), new Embedded("SPARQL", binder))),
        SqlOperatorTables.of(SERIES),
        SqlOperatorTables.of(
            binder.graphTables.values().stream().map(GraphTable::function).toList()),
        SqlOperatorTables.of(UserOperators.of(binder.catalog)),
        SqlOperatorTables.of(DateOperators.ALL),
        SqlOperatorTables.of(InfixOperators.ALL),
        SqlOperatorTables.of(FrameFunctions.ALL),
        SqlOperatorTables.of(SpanAggregate.ALL),
        SqlOperatorTables.of(POSTGRES),
        SqlOperatorTables.of(PostgresFunctions.NEXT_NUMBER),
        LIBRARY);
  }

  /// The names of all built-in functions.
  static List<String> names() {
    List<String> names = new ArrayList<>();
    POSTGRES.forEach(f -> names.add(f.getName().toLowerCase(java.util.Locale.ROOT)));
    LIBRARY.getOperatorList().stream()
        .filter(o -> o instanceof SqlFunction)
        .forEach(o -> names.add(o.getName().toLowerCase(java.util.Locale.ROOT)));
    return names;
  }

  /// The parameters that an embedded text sees: the statement's own, and one for each argument.
  static Map<String, Value> visible(SqlBinder binder, List<String> names, int arguments) {
    return EmbeddedQuery.visible(
        binder.parameters, names.subList(0, Math.min(arguments, names.size())));
  }

  /// `generate_series(from, to [, step])` over whole numbers, or over times by an interval.
  private static final class Series extends TableFunction {
    Series() {
      super(
          "GENERATE_SERIES",
          OperandTypes.or(
              TimeSeries.OPERANDS,
              OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
              OperandTypes.family(
                  SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER)));
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
      return call ->
          call.getTypeFactory().builder().add("generate_series", TimeSeries.element(call)).build();
    }
  }

  /// `TABLE(CYPHER('text', argument ...))`: its row type is that of the query in the text.
  static final class Embedded extends TableFunction {
    private final SqlBinder binder;

    Embedded(String name, SqlBinder binder) {
      super(name, OperandTypes.VARIADIC);
      this.binder = binder;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
      return call -> {
        String text = text(call);
        List<String> names = EmbeddedQuery.parameters(text);
        return CatalogReader.rowType(
            binder.plan(
                getName().toLowerCase(java.util.Locale.ROOT),
                text,
                visible(binder, names, call.getOperandCount() - 1)),
            call.getTypeFactory());
      };
    }

    private String text(SqlOperatorBinding call) {
      if (call.getOperandCount() == 0 || !call.isOperandLiteral(0, false)) {
        throw Errors.semantic(
            null,
            "LiteralExpected",
            getName() + " needs the text of a query as its first argument",
            "write TABLE(" + getName() + "('...'))");
      }
      return String.valueOf(call.getOperandLiteralValue(0, String.class));
    }
  }

  /// Calcite's functions and operators, without the functions that ours stand for: of two of one
  /// name it would take either.
  private static final class Library implements SqlOperatorTable {
    private final SqlOperatorTable all =
        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL));

    private final Set<String> ours = new HashSet<>();

    Library() {
      POSTGRES.forEach(function -> ours.add(function.getName()));
      FrameFunctions.ALL.forEach(function -> ours.add(function.getName()));
      SpanAggregate.ALL.forEach(function -> ours.add(function.getName()));
    }

    private boolean isKept(SqlOperator operator) {
      return !(operator instanceof SqlFunction && ours.contains(operator.getName()));
    }

    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        @Nullable SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher matcher) {
      List<SqlOperator> theirs = new ArrayList<>();
      all.lookupOperatorOverloads(name, category, syntax, theirs, matcher);
      theirs.stream().filter(this::isKept).forEach(found::add);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return all.getOperatorList().stream().filter(this::isKept).toList();
    }
  }
}
