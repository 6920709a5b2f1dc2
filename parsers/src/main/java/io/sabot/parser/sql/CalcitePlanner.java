package io.sabot.parser.sql;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/// Text to Calcite's relational algebra, as it is written: nothing is simplified or rearranged.
final class CalcitePlanner {
  /// Lenient, but names of results are not visible in HAVING: `HAVING sum(x) > 1` beside `sum(x) AS
  /// x` would read as a sum of sums.
  private static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isHavingAlias() {
          return false;
        }

        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }

        @Override
        public SelectAliasLookup isSelectAlias() {
          return SelectAliasLookup.UNSUPPORTED;
        }
      };

  static final SqlParser.Config PARSER =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(1024)
          .withConformance(CONFORMANCE);

  private static final RelBuilder.Config REL_BUILDER =
      RelBuilder.Config.DEFAULT
          .withSimplify(false)
          .withSimplifyLimit(false)
          .withSimplifyValues(false)
          .withPruneInputOfAggregate(false)
          .withPushJoinCondition(false)
          .withConvertCorrelateToJoin(false)
          .withBloat(-1);

  private static final SqlToRelConverter.Config CONVERTER =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withInSubQueryThreshold(20)
          .withRelBuilderConfigTransform(_ -> REL_BUILDER);

  private final SqlBinder binder;
  private final ParameterText text;
  private final RelDataTypeFactory types =
      new SqlTypeFactoryImpl(TypeMapping.SYSTEM) {
        @Override
        public Charset getDefaultCharset() {
          return StandardCharsets.UTF_8;
        }
      };

  private @Nullable SqlNode parsed;

  CalcitePlanner(SqlBinder binder, ParameterText text) {
    this.binder = binder;
    this.text = text;
  }

  RelRoot convert() throws SqlParseException {
    SqlNode statement = PostgresForms.read(text.text(), SqlParser::parseStmt);
    parsed = statement;
    return convert(statement, Map.of());
  }

  /// @param given tables that only this statement knows, in the schema {@link CatalogReader#GIVEN}
  RelRoot convert(SqlNode statement, Map<String, Table> given) {
    SqlNode placed = GraphTables.place(statement, binder);
    SqlNode typed = java.util.Objects.requireNonNull(placed.accept(new ParameterTypes()));
    CalciteCatalogReader reader = CatalogReader.of(binder, types, given);
    SqlValidator validator = validator(reader);
    SqlNode checked = checked(validator, typed);
    RelOptCluster cluster =
        RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
    cluster.setMetadataQuerySupplier(WithoutPredicates::new);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, query, schema, view) -> {
              throw new IllegalStateException("views are not expanded here");
            },
            validator,
            reader,
            cluster,
            StandardConvertletTable.INSTANCE,
            CONVERTER);
    return converter.convertQuery(checked, false, true);
  }

  /// The validator asserts, rather than says, that an expression does not stand where only a query
  /// may.
  private static SqlNode checked(SqlValidator validator, SqlNode typed) {
    try {
      return validator.validate(typed);
    } catch (AssertionError misplaced) {
      throw new QueryException(
          ErrorCode.SEMANTIC_ERROR,
          CalciteErrors.span(typed.getParserPosition()),
          "a part of this statement stands where it cannot: " + misplaced.getMessage(),
          "look for an expression where a query or a table is expected");
    } catch (IndexOutOfBoundsException tooWide) {
      // The validator does not count the values of an INSERT that names no columns.
      if (typed instanceof SqlInsert insert && insert.getTargetColumnList() == null) {
        throw new QueryException(
            ErrorCode.SEMANTIC_ERROR,
            CalciteErrors.span(insert.getSource().getParserPosition()),
            "INSERT gives more values than the table has columns",
            "name the columns: INSERT INTO t (a, b) ...");
      }
      throw tooWide;
    }
  }

  /// Tells the converter of no predicates: which rows a relation can have is for our optimizer to
  /// find, and Calcite's own account fails an assertion at a comparison with NULL that it did not
  /// simplify.
  private static final class WithoutPredicates extends RelMetadataQuery {
    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode relation) {
      return RelOptPredicateList.EMPTY;
    }
  }

  /// The statement as written; there once {@link #convert} has parsed it.
  SqlNode parsed() {
    return java.util.Objects.requireNonNull(parsed);
  }

  private SqlValidator validator(CalciteCatalogReader reader) {
    return new PostgresValidator(
        Operators.table(binder),
        reader,
        types,
        SqlValidator.Config.DEFAULT
            .withConformance(CONFORMANCE)
            .withTypeCoercionFactory(ImplicitCasts::new)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true));
  }

  /// Gives each parameter the type of its value, except where a row count stands.
  private final class ParameterTypes extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call instanceof SqlOrderBy order) {
        SqlNode query = java.util.Objects.requireNonNull(order.query.accept(this));
        return new SqlOrderBy(
            order.getParserPosition(), query, order.orderList, order.offset, order.fetch);
      }
      if (call instanceof SqlSelect select && select.getFetch() != null) {
        return select;
      }
      return super.visit(call);
    }

    @Override
    public SqlNode visit(SqlDynamicParam param) {
      String name = text.names().get(param.getIndex());
      Value value = binder.parameters.get(name);
      if (value == null) {
        throw Errors.missingParameter(CalciteErrors.span(param.getParserPosition()), name);
      }
      return SqlStdOperatorTable.CAST.createCall(
          param.getParserPosition(), param, spec(Expr.typeOf(value), param));
    }

    private SqlDataTypeSpec spec(Type type, SqlDynamicParam param) {
      var position = param.getParserPosition();
      return type instanceof Type.ListOf(Type element)
          ? new SqlDataTypeSpec(
              new SqlCollectionTypeNameSpec(basic(element, param), SqlTypeName.ARRAY, position),
              position)
          : new SqlDataTypeSpec(basic(type, param), position);
    }

    private SqlBasicTypeNameSpec basic(Type type, SqlDynamicParam param) {
      var position = param.getParserPosition();
      if (type instanceof Type.Decimal(int precision, int scale)) {
        return new SqlBasicTypeNameSpec(SqlTypeName.DECIMAL, precision, scale, position);
      }
      SqlTypeName name =
          switch (type) {
            case Type.Int _ -> SqlTypeName.BIGINT;
            case Type.Floating _ -> SqlTypeName.DOUBLE;
            case Type.Decimal _ -> SqlTypeName.DECIMAL;
            case Type.ListOf _ -> SqlTypeName.ANY;
            case Type.Simple simple ->
                switch (simple) {
                  case BOOL -> SqlTypeName.BOOLEAN;
                  case STRING -> SqlTypeName.VARCHAR;
                  case DATE -> SqlTypeName.DATE;
                  default -> SqlTypeName.ANY;
                };
          };
      return new SqlBasicTypeNameSpec(name, position);
    }
  }
}
