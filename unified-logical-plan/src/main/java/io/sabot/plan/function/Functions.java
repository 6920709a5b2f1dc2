package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All scalar and aggregate functions, by name. A family is one class with a list `ALL`; to add a
/// function, add it to its family.
public final class Functions {
  /// Built at the first look-up and not with this class: the families call the short forms below
  /// while they are being initialised, and their lists are not there yet.
  private static final class Index {
    private static final Map<String, Function> SCALARS =
        index(
            List.of(
                LogicFunctions.ALL, //
                ComparisonFunctions.ALL,
                ArithmeticFunctions.ALL,
                ListFunctions.ALL,
                PathFunctions.ALL,
                MappingFunctions.ALL,
                RdfTermFunctions.ALL,
                SequenceFunctions.ALL,
                CypherOperators.ALL,
                CypherFunctions.ALL,
                CypherMathFunctions.ALL,
                CypherConversions.ALL,
                CypherTrims.ALL,
                CypherSpatial.ALL,
                CypherTemporal.ALL,
                SparqlFunctions.ALL,
                SparqlStringFunctions.ALL,
                SqlFunctions.ALL));
  }

  private Functions() {}

  private static Map<String, Function> index(List<List<Function>> families) {
    Map<String, Function> byName = new TreeMap<>();
    for (List<Function> family : families) {
      for (Function function : family) {
        if (byName.put(function.name(), function) != null) {
          throw new IllegalStateException("function defined twice: " + function.name());
        }
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  /// The function of that name. An unknown name is a bug of the caller.
  public static Function named(String name) {
    Function function = Index.SCALARS.get(name);
    if (function == null) {
      throw new IllegalArgumentException("no function named " + name);
    }
    return function;
  }

  public static @Nullable Function find(String name) {
    return Index.SCALARS.get(name);
  }

  public static Collection<Function> all() {
    return Index.SCALARS.values();
  }

  public static Collection<String> names() {
    return Index.SCALARS.keySet();
  }

  // ---- short forms for the families

  static Function.TypeRule always(Type type) {
    return args -> type;
  }

  /// Strict, immutable, cannot fail.
  static Function total(String name, int args, Type type, Function.Scalar scalar) {
    return new Function(
        name,
        args,
        args,
        Function.Nulls.STRICT,
        Function.Faults.NONE,
        Function.Volatility.IMMUTABLE,
        always(type),
        scalar);
  }

  /// Strict, immutable, throws for some arguments.
  static Function throwing(String name, int args, Type type, Function.Scalar scalar) {
    return throwing(name, args, args, type, scalar);
  }

  static Function throwing(
      String name, int minArgs, int maxArgs, Type type, Function.Scalar scalar) {
    return new Function(
        name,
        minArgs,
        maxArgs,
        Function.Nulls.STRICT,
        Function.Faults.THROW,
        Function.Volatility.IMMUTABLE,
        always(type),
        scalar);
  }

  /// Strict, immutable, null for arguments that it is not defined for (SPARQL errors).
  static Function orNull(String name, int minArgs, int maxArgs, Type type, Function.Scalar scalar) {
    return new Function(
        name,
        minArgs,
        maxArgs,
        Function.Nulls.STRICT,
        Function.Faults.NULL,
        Function.Volatility.IMMUTABLE,
        always(type),
        scalar);
  }

  /// Sees nulls itself; cannot fail.
  static Function custom(String name, int minArgs, int maxArgs, Type type, Function.Scalar scalar) {
    return new Function(
        name,
        minArgs,
        maxArgs,
        Function.Nulls.CUSTOM,
        Function.Faults.NONE,
        Function.Volatility.IMMUTABLE,
        always(type),
        scalar);
  }

  /// The same function under other flags.
  static Function with(
      Function function, Function.Nulls nulls, Function.Faults faults, Function.Volatility v) {
    return new Function(
        function.name(),
        function.minArgs(),
        function.maxArgs(),
        nulls,
        faults,
        v,
        function.typeRule(),
        function.scalar());
  }

  static Function typed(Function function, Function.TypeRule rule) {
    return new Function(
        function.name(),
        function.minArgs(),
        function.maxArgs(),
        function.nulls(),
        function.faults(),
        function.volatility(),
        rule,
        function.scalar());
  }
}
