package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// Scalar expressions over the rows of one node.
final class RexLowering {
  private final RelLowering rels;
  private final Rows rows;

  RexLowering(RelLowering rels, Rows rows) {
    this.rels = rels;
    this.rows = rows;
  }

  /// The sequence that a text names, `name` or `schema.name`.
  SequenceDef sequence(String text) {
    List<Token> tokens = Scanner.scan(text);
    boolean isQualified = tokens.size() == 4 && tokens.get(1).is(".");
    String schema = isQualified ? tokens.getFirst().text() : CatalogReader.DEFAULT_SCHEMA;
    String name = isQualified ? tokens.get(2).text() : tokens.getFirst().text();
    Catalog catalog = rels.binder.catalog;
    return catalog
        .sequence(schema, name)
        .orElseThrow(() ->
            new QueryException(
                ErrorCode.UNKNOWN_TABLE,
                null,
                "sequence '" + text + "' does not exist",
                Errors.didYouMean(
                    name, catalog.sequences().stream().map(SequenceDef::name).toList())));
  }

  /// A variable that an expression binds itself.
  Column column(String name, Type type) {
    return rels.columns.column(name, type, true);
  }

  ColumnAllocator allocator() {
    return rels.columns;
  }

  Expr condition(RexNode node) {
    return Coercion.cast(lower(node), Type.BOOL);
  }

  Expr lower(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> rows.fields().get(ref.getIndex()).ref();
      case RexLiteral literal -> Literals.lower(literal);
      case RexDynamicParam param -> parameter(param, TypeMapping.fromCalcite(param.getType()));
      case RexFieldAccess access -> fieldAccess(access);
      case RexSubQuery query -> new SubQueryLowering(rels, rows).lower(query);
      case RexOver over -> new WindowLowering(rels, rows, this).lower(over);
      case RexCall call -> located(call);
      default -> throw Errors.unsupported(null, "the expression " + node);
    };
  }

  private Expr located(RexCall call) {
    SourceSpan place = CalciteErrors.span(call.getParserPosition());
    try {
      return typed(call(call), call.getType()).at(place);
    } catch (QueryException wrong) {
      throw wrong.at(place);
    }
  }

  private Expr parameter(RexDynamicParam param, Type type) {
    return new Expr.Param(rels.parameters.names().get(param.getIndex()), type);
  }

  private Expr fieldAccess(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      return rels.outerFields(variable.id).get(access.getField().getIndex()).ref();
    }
    throw Errors.unsupported(null, "a field of a row value");
  }

  /// A result of no exact type takes the one that the validator found.
  private static Expr typed(Expr expr, RelDataType declared) {
    if (expr.type() != Type.ANY) {
      return expr;
    }
    Type type = TypeMapping.fromCalcite(declared);
    return type == Type.ANY ? expr : new Expr.Cast(expr, type, CastMode.FORM);
  }

  List<Expr> all(List<RexNode> nodes) {
    return nodes.stream().map(this::lower).toList();
  }

  private Expr call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    Expr ofRows = new RowLowering(this).test(call);
    if (ofRows != null) {
      return ofRows;
    }
    return switch (call.getKind()) {
      case ROW -> new RowLowering(this).text(call);
      case AND -> LogicFunctions.and(conditions(operands));
      case OR -> LogicFunctions.or(conditions(operands));
      case NOT -> LogicFunctions.not(condition(operands.getFirst()));
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          Coercion.compare(
              Coercion.comparison(call.getKind()), lower(operands.get(0)), lower(operands.get(1)));
      case IS_NULL -> LogicFunctions.IS_NULL.call(lower(operands.getFirst()));
      case IS_NOT_NULL -> LogicFunctions.IS_NOT_NULL.call(lower(operands.getFirst()));
      case IS_TRUE -> LogicFunctions.IS_TRUE.call(condition(operands.getFirst()));
      case IS_FALSE -> LogicFunctions.IS_FALSE.call(condition(operands.getFirst()));
      case IS_NOT_TRUE ->
          LogicFunctions.not(LogicFunctions.IS_TRUE.call(condition(operands.getFirst())));
      case IS_NOT_FALSE ->
          LogicFunctions.not(LogicFunctions.IS_FALSE.call(condition(operands.getFirst())));
      case IS_UNKNOWN -> LogicFunctions.IS_NULL.call(condition(operands.getFirst()));
      case IS_DISTINCT_FROM -> LogicFunctions.not(notDistinct(operands));
      case IS_NOT_DISTINCT_FROM -> notDistinct(operands);
      case SEARCH -> lower(RexUtil.expandSearch(builder(), null, call));
      case PLUS,
          PLUS_PREFIX,
          MINUS,
          TIMES,
          DIVIDE,
          MOD,
          MINUS_PREFIX,
          CHECKED_PLUS,
          CHECKED_MINUS,
          CHECKED_TIMES,
          CHECKED_DIVIDE,
          CHECKED_MINUS_PREFIX ->
          arithmetic(call);
      case CASE -> branches(call);
      case CAST, SAFE_CAST -> cast(call);
      case REINTERPRET -> reinterpret(call);
      case DEFAULT -> Expr.nullOf(Type.ANY);
      default -> new FunctionLowering(this).lower(call);
    };
  }

  private static RexBuilder builder() {
    return new RexBuilder(new org.apache.calcite.sql.type.SqlTypeFactoryImpl(TypeMapping.SYSTEM));
  }

  private List<Expr> conditions(List<RexNode> nodes) {
    return nodes.stream().map(this::condition).toList();
  }

  private Expr notDistinct(List<RexNode> operands) {
    List<Expr> sides = Coercion.alike(lower(operands.get(0)), lower(operands.get(1)));
    return ComparisonFunctions.NOT_DISTINCT.call(sides);
  }

  // ---- arithmetic

  private Expr arithmetic(RexCall call) {
    List<RexNode> operands = call.getOperands();
    if (operands.size() == 1) {
      Expr only = lower(operands.getFirst());
      return call.getKind() == SqlKind.PLUS_PREFIX ? only : ArithmeticFunctions.NEG.call(only);
    }
    if (TypeMapping.fromCalcite(operands.getFirst().getType()).isJson()) {
      return new JsonLowering(this).less(operands);
    }
    if (operands.stream().anyMatch(o -> isTemporal(o.getType()))) {
      return new TemporalLowering(this).arithmetic(call);
    }
    ArithmeticFunctions.Op op =
        switch (call.getKind()) {
          case PLUS, CHECKED_PLUS -> ArithmeticFunctions.Op.ADD;
          case MINUS, CHECKED_MINUS -> ArithmeticFunctions.Op.SUB;
          case TIMES, CHECKED_TIMES -> ArithmeticFunctions.Op.MUL;
          case DIVIDE, CHECKED_DIVIDE -> ArithmeticFunctions.Op.DIV;
          default -> ArithmeticFunctions.Op.MOD;
        };
    return Coercion.arithmetic(op, lower(operands.get(0)), lower(operands.get(1)));
  }

  static boolean isTemporal(RelDataType type) {
    return SqlTypeUtil.isDatetime(type) || SqlTypeUtil.isInterval(type);
  }

  // ---- conditionals and casts

  private Expr branches(RexCall call) {
    List<RexNode> operands = call.getOperands();
    List<Expr> conditions = new ArrayList<>();
    List<Expr> results = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      conditions.add(condition(operands.get(i)));
      results.add(lower(operands.get(i + 1)));
    }
    results.add(lower(operands.getLast()));
    Type type = resultType(results, call.getType());
    List<Expr.When> whens = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      whens.add(new Expr.When(conditions.get(i), Coercion.cast(results.get(i), type)));
    }
    return new Expr.Case(whens, Coercion.cast(results.getLast(), type), type);
  }

  /// The common type of the results that are not the constant null.
  static Type resultType(List<Expr> results, RelDataType declared) {
    List<Type> types =
        results.stream()
            .filter(e -> !(e instanceof Expr.Lit(var value, _) && value.isNull()))
            .map(Expr::type)
            .toList();
    Type common = Coercion.common(types);
    return common == Type.ANY ? TypeMapping.fromCalcite(declared) : common;
  }

  private Expr cast(RexCall call) {
    RexNode operand = call.getOperands().getFirst();
    RelDataType to = call.getType();
    Type type = TypeMapping.fromCalcite(to);
    if (operand instanceof RexDynamicParam param) {
      return parameter(param, type);
    }
    CastMode mode = call.getKind() == SqlKind.SAFE_CAST ? CastMode.TRY : CastMode.SQL;
    Expr input = lower(operand);
    if (SqlTypeUtil.isInterval(to) || SqlTypeUtil.isInterval(operand.getType())) {
      return new TemporalLowering(this).cast(input, operand.getType(), to);
    }
    Type wanted = type.equals(OpenDecimals.TYPE) ? OpenDecimals.of(input) : type;
    if (input.type().isJson() && type instanceof Type.Int) {
      input = Coercion.cast(input, new Type.Decimal(Type.Decimal.MAX_PRECISION, 10), mode);
    }
    Expr result = Coercion.cast(input, wanted, mode);
    return cutsText(operand.getType(), to)
        ? Functions.named("sql.left")
            .call(result, Expr.lit(io.sabot.plan.value.Value.of(to.getPrecision())))
        : result;
  }

  /// Whether a cast to a string type of limited length may have to cut.
  private static boolean cutsText(RelDataType from, RelDataType to) {
    boolean known =
        from.getSqlTypeName() == SqlTypeName.CHAR && from.getPrecision() <= to.getPrecision();
    return TypeMapping.isLimited(to)
        && from.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER
        && !known;
  }

  private Expr reinterpret(RexCall call) {
    RexNode operand = call.getOperands().getFirst();
    return new TemporalLowering(this).number(lower(operand), operand.getType());
  }
}
