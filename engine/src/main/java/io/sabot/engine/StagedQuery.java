package io.sabot.engine;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.OnError;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.statement.Statement.Stage;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs a query that commits as it goes. Each query of it runs in a transaction of its own.
final class StagedQuery {
  private final Runner runner;
  private final Map<String, Value> parameters;
  private Summary summary = Summary.NOTHING;
  private int transactions;

  /// Runs one query with these parameters.
  @FunctionalInterface
  interface Runner {
    Result run(Statement.Query query, Map<String, Value> parameters);
  }

  StagedQuery(Runner runner, Map<String, Value> parameters) {
    this.runner = runner;
    this.parameters = new LinkedHashMap<>(parameters);
  }

  Result run(Statement.InTransactions statement) {
    return switch (statement.last().mode()) {
      case EXPLAIN -> explain(statement);
      case PROFILE -> throw Errors.unsupported(null, "PROFILE of a query IN TRANSACTIONS");
      case RUN -> {
        statement.stages().forEach(this::stage);
        try (Result last = runner.run(statement.last(), parameters())) {
          List<Row> rows = last.toList();
          Summary all = summary.plus(last.summary());
          yield new Rows(last.columns(), last.types(), last.form(), all, rows);
        }
      }
    };
  }

  private Result explain(Statement.InTransactions statement) {
    StringBuilder text = new StringBuilder();
    List<Statement.Query> queries = new ArrayList<>();
    for (Stage stage : statement.stages()) {
      queries.add(new Statement.Query(stage.rows(), Mode.EXPLAIN, ResultForm.ROWS));
      queries.add(new Statement.Query(stage.body(), Mode.EXPLAIN, ResultForm.ROWS));
    }
    queries.add(statement.last());
    for (Statement.Query query : queries) {
      try (Result plan = runner.run(query, parameters())) {
        plan.toList().forEach(row -> text.append(row.get(0)).append('\n'));
      }
    }
    return Rows.lines("plan", text.toString());
  }

  private Map<String, Value> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  private List<Row> rows(Statement.Query query) {
    try (Result result = runner.run(query, parameters())) {
      List<Row> rows = result.toList();
      summary = summary.plus(result.summary());
      return rows;
    }
  }

  private void stage(Stage stage) {
    List<Value> given = new ArrayList<>();
    for (Row row : rows(new Statement.Query(stage.rows(), Mode.RUN, ResultForm.ROWS))) {
      given.add(new Value.ListValue(row.values()));
    }
    int size = size(stage.size());
    List<Value> done = new ArrayList<>();
    boolean broken = false;
    for (int from = 0; from < given.size(); from += size) {
      List<Value> lot = given.subList(from, Math.min(given.size(), from + size));
      if (broken) {
        unfinished(stage, lot, status(false, Value.NULL), done);
      } else {
        broken = !lot(stage, lot, done) && stage.onError() == OnError.BREAK;
      }
    }
    parameters.put(stage.output(), new Value.ListValue(done));
  }

  /// Runs the body for some rows; returns whether it went well.
  private boolean lot(Stage stage, List<Value> lot, List<Value> done) {
    transactions++;
    parameters.put(stage.input(), new Value.ListValue(List.copyOf(lot)));
    List<Row> results;
    try {
      results = rows(new Statement.Query(stage.body(), Mode.RUN, ResultForm.ROWS));
    } catch (QueryException failed) {
      boolean stops =
          failed.code() == ErrorCode.CANCELLED
              || failed.code() == ErrorCode.TIMEOUT
              || failed.code() == ErrorCode.CLOSED;
      if (stage.onError() == OnError.FAIL || stops) {
        throw failed;
      }
      unfinished(stage, lot, status(true, Value.of(failed.message())), done);
      return false;
    }
    for (Row row : results) {
      List<Value> values = new ArrayList<>(row.values());
      if (stage.reportsStatus()) {
        values.add(status(true, Value.NULL));
      }
      done.add(new Value.ListValue(values));
    }
    return true;
  }

  /// The rows as they came, without results.
  private static void unfinished(Stage stage, List<Value> lot, Value status, List<Value> done) {
    for (Value row : lot) {
      List<Value> values = new ArrayList<>(((Value.ListValue) row).items());
      while (values.size() < stage.body().columns().size()) {
        values.add(Value.NULL);
      }
      if (stage.reportsStatus()) {
        values.add(status);
      }
      done.add(new Value.ListValue(values));
    }
  }

  private Value status(boolean started, Value error) {
    Map<String, Value> status = new LinkedHashMap<>();
    status.put("started", Value.of(started));
    status.put("committed", Value.of(started && error.isNull()));
    status.put(
        "transactionId", started ? Value.of("sabot-transaction-" + transactions) : Value.NULL);
    status.put("errorMessage", error);
    return new Value.MapValue(status);
  }

  private int size(Expr size) {
    Value value =
        switch (size) {
          case Expr.Lit(var constant, _) -> constant;
          case Expr.Param(var name, _) -> {
            Value given = parameters.get(name);
            if (given == null) {
              throw Errors.missingParameter(null, name);
            }
            yield given;
          }
          default -> Value.NULL;
        };
    if (value instanceof Value.Int(long rows) && rows > 0) {
      return (int) Math.min(rows, Integer.MAX_VALUE);
    }
    throw Errors.invalidArgument(
        "IN TRANSACTIONS OF takes a number of rows above 0, written out or as a parameter");
  }
}
