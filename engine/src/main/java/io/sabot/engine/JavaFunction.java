package io.sabot.engine;

import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function in Java that queries of every language may call, registered with {@link
/// Sabot#register(JavaFunction)}.
///
/// SQL and Cypher call it by its name, SPARQL by the IRI `sabot:name`. Arguments are converted to
/// the types of the parameters before it is called, and are Java objects as {@link Row#get} gives
/// them; what it returns is converted to the type it declares. A function must give equal results
/// for equal arguments; it may be called by several threads at once, and for rows that a later part
/// of the query leaves out. What it throws ends the query.
public sealed interface JavaFunction {
  String name();

  /// One row at a time. It is not called when an argument is null: the result is null then.
  record Scalar(String name, List<Type> parameters, Type returns, OfRow body)
      implements JavaFunction {
    public Scalar {
      parameters = List.copyOf(parameters);
    }
  }

  /// Many rows at a time. It is not called for rows with an argument that is null.
  record Batch(String name, List<Type> parameters, Type returns, OfRows body)
      implements JavaFunction {
    public Batch {
      parameters = List.copyOf(parameters);
    }
  }

  /// One result for the rows of a group. Rows with an argument that is null are left out.
  ///
  /// @param state makes the state of a new group
  record Aggregate(String name, List<Type> parameters, Type returns, Supplier<State> state)
      implements JavaFunction {
    public Aggregate {
      parameters = List.copyOf(parameters);
    }
  }

  /// Rows: `FROM TABLE(name(...))` in SQL, `CALL name(...) YIELD ...` in Cypher, and both inside
  /// SPARQL's SERVICE.
  record Table(String name, List<Field> inputs, List<Field> outputs, OfTable body)
      implements JavaFunction {
    public Table {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /// Computes the result of one row.
  @FunctionalInterface
  interface OfRow {
    @Nullable Object apply(Object[] arguments) throws Exception;
  }

  /// Computes the results of many rows, in order.
  @FunctionalInterface
  interface OfRows {
    @Nullable Object[] apply(List<Object[]> rows) throws Exception;
  }

  /// What is known of a group.
  interface State {
    void add(Object[] arguments) throws Exception;

    @Nullable Object result() throws Exception;
  }

  /// Computes the rows of a call, each with a value for each output, in order.
  @FunctionalInterface
  interface OfTable {
    Iterable<@Nullable Object[]> rows(@Nullable Object[] arguments) throws Exception;
  }
}
