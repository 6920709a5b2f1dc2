package io.sabot.exec.run;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.util.List;

/// What `CALL` finds.
@FunctionalInterface
public interface Procedures {
  /// Runs a procedure and returns its rows, each with the values of `fields` in that order.
  List<List<Value>> call(String name, List<Value> args, List<String> fields, QueryRun run);

  /// Runs a procedure for several rows and returns the rows of each.
  default List<List<List<Value>>> callAll(
      String name, List<List<Value>> args, List<String> fields, QueryRun run) {
    return args.stream().map(row -> call(name, row, fields, run)).toList();
  }

  /// No procedure exists.
  Procedures NONE =
      (name, args, fields, run) -> {
        throw new QueryException(
            ErrorCode.UNKNOWN_PROCEDURE,
            null,
            "procedure '" + name + "' does not exist",
            "",
            "ProcedureNotFound",
            null);
      };
}
