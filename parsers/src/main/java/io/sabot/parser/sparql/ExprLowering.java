package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.E_Exists;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.E_IRI;
import org.apache.jena.sparql.expr.E_NotExists;
import org.apache.jena.sparql.expr.E_NotOneOf;
import org.apache.jena.sparql.expr.E_OneOf;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprTripleTerm;
import org.apache.jena.sparql.expr.ExprVar;
import org.apache.jena.sparql.expr.NodeValue;
import org.jspecify.annotations.Nullable;

/// Expressions. An EXISTS inside becomes an `Apply` below, whose mark the expression reads; ask
/// {@link #over} for the input with those.
final class ExprLowering {
  private static final Map<String, Op> COMPARISONS =
      new TreeMap<>(
          Map.of("eq", Op.EQ, "ne", Op.NE, "lt", Op.LT, "le", Op.LE, "gt", Op.GT, "ge", Op.GE));
  private static final Map<String, String> ARITHMETIC =
      new TreeMap<>(
          Map.of("add", "sp.add", "subtract", "sp.sub", "multiply", "sp.mul", "divide", "sp.div"));

  private final Context context;
  private final Map<String, Column> variables;
  private final @Nullable Column row;
  private final List<Pending> pending = new ArrayList<>();

  private record Pending(org.apache.jena.sparql.algebra.Op op, Column mark) {}

  ExprLowering(Context context, Map<String, Column> variables) {
    this(context, variables, null);
  }

  /// @param row numbers the solutions, so that `BNODE(label)` is one blank node in each; null where
  ///   a label has no solution to belong to
  ExprLowering(Context context, Map<String, Column> variables, @Nullable Column row) {
    this.context = context;
    this.variables = variables;
    this.row = row;
  }

  /// Whether `BNODE(label)` is part of the expression.
  static boolean labelsBlankNodes(org.apache.jena.sparql.expr.Expr expr) {
    if (!(expr instanceof ExprFunction function)) {
      return false;
    }
    List<org.apache.jena.sparql.expr.Expr> args = function.getArgs();
    return !args.isEmpty() && symbol(function).equals("bnode")
        || args.stream().anyMatch(ExprLowering::labelsBlankNodes);
  }

  private static String symbol(ExprFunction function) {
    return function.getFunctionSymbol().getSymbol().toLowerCase(Locale.ROOT);
  }

  boolean hasExists() {
    return !pending.isEmpty();
  }

  /// `input` with a mark for every EXISTS met so far.
  LogicalNode over(LogicalNode input) {
    LogicalNode plan = input;
    OpLowering ops = new OpLowering(context);
    for (Pending exists : pending) {
      plan = ops.exists(plan, variables, exists.op(), exists.mark());
    }
    return plan;
  }

  /// The conjunction of filter expressions, as a condition.
  Expr conditions(List<org.apache.jena.sparql.expr.Expr> exprs) {
    return LogicFunctions.and(exprs.stream().map(this::condition).toList());
  }

  /// The effective boolean value of an expression.
  Expr condition(org.apache.jena.sparql.expr.Expr expr) {
    Expr value = term(expr);
    return value.type() == Type.BOOL ? value : LogicFunctions.EBV.call(value);
  }

  Expr term(org.apache.jena.sparql.expr.Expr expr) {
    return switch (expr) {
      case ExprVar variable -> variable(variable.getVarName());
      case NodeValue value -> new Expr.Lit(RdfTerms.value(value.asNode()), Type.ANY);
      case E_Exists exists -> mark(exists);
      case E_NotExists exists -> LogicFunctions.not(mark(exists));
      case E_OneOf in -> oneOf(in.getLHS(), in.getRHS().getList());
      case E_NotOneOf in -> LogicFunctions.not(oneOf(in.getLHS(), in.getRHS().getList()));
      case E_Function call -> named(call);
      case ExprFunction function -> builtIn(function);
      case ExprTripleTerm triple -> node(triple.getNode());
      default -> throw Errors.unsupported(null, "the expression " + expr);
    };
  }

  /// A term with variables in it.
  private Expr node(Node node) {
    if (Var.isVar(node)) {
      return variable(node.getName());
    }
    if (node.isTripleTerm() && !node.isConcrete()) {
      return Functions.named("sp.triple")
          .call(
              node(node.getTriple().getSubject()),
              node(node.getTriple().getPredicate()),
              node(node.getTriple().getObject()));
    }
    return new Expr.Lit(RdfTerms.value(node), Type.ANY);
  }

  private Expr variable(String name) {
    Column column = variables.get(name);
    Column outer = context.outer().get(name);
    if (column != null) {
      // Within an EXISTS a variable that the pattern leaves unbound has the value of the row.
      return column.nullable() && outer != null
          ? LogicFunctions.COALESCE.call(column.ref(), outer.ref())
          : column.ref();
    }
    Value fixed = context.constant(name);
    if (fixed != null) {
      return new Expr.Lit(fixed, Type.ANY);
    }
    if (context.isLate(name)) {
      return Context.late(name);
    }
    return outer != null ? outer.ref() : Expr.nullOf(Type.ANY);
  }

  private Expr mark(ExprFunctionOp exists) {
    Column mark = context.columns().column("exists", Type.BOOL, false);
    pending.add(
        new Pending(org.apache.jena.sparql.algebra.Algebra.compile(exists.getElement()), mark));
    return LogicFunctions.IS_TRUE.call(mark.ref());
  }

  private Expr oneOf(
      org.apache.jena.sparql.expr.Expr left, List<org.apache.jena.sparql.expr.Expr> items) {
    Expr value = term(left);
    List<Expr> tests = new ArrayList<>();
    for (var item : items) {
      tests.add(ComparisonFunctions.compare(Op.EQ, Rules.SPARQL, value, term(item)));
    }
    return LogicFunctions.or(tests);
  }

  private Expr named(E_Function call) {
    String iri = call.getFunctionIRI();
    List<Expr> args = call.getArgs().stream().map(this::term).toList();
    if (RdfLiterals.isNumericType(iri) || isOtherCast(iri)) {
      return Functions.named("sp.cast").call(args.getFirst(), Expr.lit(new Value.Iri(iri)));
    }
    UserFunction user = UserFunctions.find(iri, context.binding().catalog());
    if (user == null || user instanceof UserFunction.Aggregate) {
      throw Errors.unknownFunction(null, iri, UserFunctions.iris(context.binding().catalog()));
    }
    UserFunctions.checkCount(user, args.size());
    return user.call(args, context.columns(), Expr.CastMode.TRY);
  }

  private static boolean isOtherCast(String iri) {
    return switch (iri) {
      case io.sabot.plan.value.Xsd.STRING,
          io.sabot.plan.value.Xsd.BOOLEAN,
          io.sabot.plan.value.Xsd.DATE_TIME,
          io.sabot.plan.value.Xsd.DATE,
          io.sabot.plan.value.Xsd.TIME,
          io.sabot.plan.value.Xsd.DURATION,
          io.sabot.plan.value.Xsd.DAY_TIME_DURATION,
          io.sabot.plan.value.Xsd.YEAR_MONTH_DURATION ->
          true;
      default -> false;
    };
  }

  private Expr builtIn(ExprFunction function) {
    String symbol = function.getFunctionSymbol().getSymbol();
    List<org.apache.jena.sparql.expr.Expr> args = function.getArgs();
    Op comparison = COMPARISONS.get(symbol);
    if (comparison != null) {
      return ComparisonFunctions.compare(
          comparison, Rules.SPARQL, term(args.get(0)), term(args.get(1)));
    }
    String arithmetic = ARITHMETIC.get(symbol);
    if (arithmetic != null) {
      return Functions.named(arithmetic).call(term(args.get(0)), term(args.get(1)));
    }
    return switch (symbol) {
      case "and" -> LogicFunctions.and(condition(args.get(0)), condition(args.get(1)));
      case "or" -> LogicFunctions.or(List.of(condition(args.get(0)), condition(args.get(1))));
      case "not" -> LogicFunctions.not(condition(args.get(0)));
      case "unaryminus" -> Functions.named("sp.neg").call(term(args.get(0)));
      case "unaryplus" -> Functions.named("sp.plus").call(term(args.get(0)));
      case "bound" -> LogicFunctions.IS_NOT_NULL.call(term(args.get(0)));
      case "coalesce" ->
          new Expr.Call(LogicFunctions.COALESCE, args.stream().map(this::any).toList(), Type.ANY);
      case "if" -> conditional(args);
      case "sameTerm" -> ComparisonFunctions.sameTerm(any(args.get(0)), any(args.get(1)));
      case "iri", "uri" -> resolved((E_IRI) function);
      case "bnode" -> blankNode(args);
      default -> plain(symbol, args);
    };
  }

  /// The expression in the dynamic type.
  private Expr any(org.apache.jena.sparql.expr.Expr expr) {
    Expr value = term(expr);
    return value.type() == Type.ANY ? value : new Expr.Cast(value, Type.ANY, Expr.CastMode.FORM);
  }

  private Expr blankNode(List<org.apache.jena.sparql.expr.Expr> args) {
    List<Expr> all = new ArrayList<>(args.stream().map(this::term).toList());
    if (!args.isEmpty() && row != null) {
      all.add(row.ref());
    }
    return Functions.named("sp.bnode").call(all);
  }

  private Expr resolved(E_IRI function) {
    String base = function.getParserBase();
    Function iri = Functions.named("sp.iri");
    Expr relative = term(function.getRelExpr());
    return base == null
        ? iri.call(relative)
        : iri.call(relative, new Expr.Lit(Value.of(base), Type.ANY));
  }

  /// IF of an error is an error.
  private Expr conditional(List<org.apache.jena.sparql.expr.Expr> args) {
    Expr condition = condition(args.get(0));
    return new Expr.Case(
        List.of(
            new Expr.When(LogicFunctions.IS_NULL.call(condition), Expr.nullOf(Type.ANY)),
            new Expr.When(condition, any(args.get(1)))),
        any(args.get(2)),
        Type.ANY);
  }

  private Expr plain(String symbol, List<org.apache.jena.sparql.expr.Expr> args) {
    String name = "sp." + symbol.toLowerCase(Locale.ROOT);
    Function function = Functions.find(name);
    if (function == null || args.size() < function.minArgs() || args.size() > function.maxArgs()) {
      throw Errors.unsupported(null, "the function " + symbol.toUpperCase(Locale.ROOT));
    }
    return function.call(args.stream().map(this::term).toList());
  }
}
