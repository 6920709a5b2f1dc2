package io.sabot.tck.opencypher;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opencypher.tools.tck.api.CypherValueRecords;
import org.opencypher.tools.tck.api.ExecutionFailed;
import org.opencypher.tools.tck.api.Graph;
import org.opencypher.tools.tck.api.ProcedureSupport;
import org.opencypher.tools.tck.api.QueryType;
import org.opencypher.tools.tck.api.StringRecords;
import org.opencypher.tools.tck.values.CypherValue;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;
import scala.util.Left;
import scala.util.Right;

/// One scenario's graph: a database that was emptied before.
final class SabotGraph implements Graph, ProcedureSupport {
  private static final Pattern SIGNATURE =
      Pattern.compile("([\\w.]+)\\((.*?)\\)\\s*::\\s*(.*)", Pattern.DOTALL);

  private final Sabot database;
  private final Session session;
  private final List<String> registered = new ArrayList<>();

  SabotGraph(Sabot database) {
    this.database = database;
    this.session = database.session();
  }

  @Override
  public Either<ExecutionFailed, CypherValueRecords> cypher(
      String query, scala.collection.immutable.Map<String, CypherValue> params, QueryType type) {
    Map<String, Object> parameters = new HashMap<>();
    CollectionConverters.asJava(params)
        .forEach((name, value) -> parameters.put(name, value(value.toString())));
    try (Result result = session.run(Language.CYPHER, query, parameters)) {
      return new Right<>(records(result));
    } catch (QueryException failed) {
      return new Left<>(failure(query, parameters, failed));
    }
  }

  private static CypherValueRecords records(Result result) {
    List<scala.collection.immutable.Map<String, String>> rows = new ArrayList<>();
    List<String> columns = result.columns();
    while (result.hasNext()) {
      Row row = result.next();
      scala.collection.immutable.Map<String, String> cells =
          scala.collection.immutable.Map$.MODULE$.empty();
      for (int c = 0; c < columns.size(); c++) {
        cells = cells.updated(columns.get(c), TckText.of(row.get(c)));
      }
      rows.add(cells);
    }
    return new StringRecords(
            CollectionConverters.asScala(columns).toList(),
            CollectionConverters.asScala(rows).toList())
        .asValueRecords();
  }

  private ExecutionFailed failure(
      String query, Map<String, Object> parameters, QueryException failed) {
    String phase = "runtime";
    try {
      session.check(Language.CYPHER, query, parameters);
    } catch (QueryException atCompileTime) {
      phase = "compile time";
    }
    String errorType = errorType(failed);
    if (errorType.equals("ArgumentError") && phase.equals("compile time")) {
      errorType = "SyntaxError";
    }
    return new ExecutionFailed(errorType, phase, failed.detail(), Option.apply(failed));
  }

  private static String errorType(QueryException failed) {
    if (failed.detail().equals("MergeReadOwnWrites")) {
      return "SemanticError";
    }
    return switch (failed.code()) {
      case PARAMETER_MISSING -> "ParameterMissing";
      case UNKNOWN_PROCEDURE -> "ProcedureError";
      case DELETED_ENTITY -> "EntityNotFound";
      case STILL_CONNECTED -> "ConstraintVerificationFailed";
      case TYPE_MISMATCH -> "TypeError";
      case INVALID_ARGUMENT, OUT_OF_RANGE, DIVISION_BY_ZERO -> "ArgumentError";
      default -> "SyntaxError";
    };
  }

  /// A value in the notation of the TCK, which is Cypher's.
  private Value value(String text) {
    try (Result result = session.run(Language.CYPHER, "RETURN " + text + " AS value")) {
      return result.next().value(0);
    }
  }

  @Override
  public void registerProcedure(String signature, CypherValueRecords table) {
    Matcher matcher = SIGNATURE.matcher(signature.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a procedure signature: " + signature);
    }
    List<ProcedureDef.Field> inputs = fields(matcher.group(2));
    String results = matcher.group(3).strip();
    List<ProcedureDef.Field> outputs =
        results.startsWith("(") ? fields(results.substring(1, results.length() - 1)) : List.of();
    List<Map<String, Value>> rows = new ArrayList<>();
    CollectionConverters.asJava(table.rows())
        .forEach(row -> {
          Map<String, Value> cells = new LinkedHashMap<>();
          CollectionConverters.asJava(row)
              .forEach((name, cell) -> cells.put(name, value(cell.toString())));
          rows.add(cells);
        });
    registered.add(matcher.group(1));
    database.register(
        new ProcedureDef(matcher.group(1), inputs, outputs),
        args -> rows.stream().filter(row -> matches(row, inputs, args)).toList());
  }

  private static boolean matches(
      Map<String, Value> row, List<ProcedureDef.Field> inputs, List<Value> args) {
    for (int i = 0; i < inputs.size(); i++) {
      Value expected = row.getOrDefault(inputs.get(i).name(), Value.NULL);
      boolean bothNull = expected.isNull() && args.get(i).isNull();
      if (!bothNull && !Boolean.TRUE.equals(Equality.cypher(expected, args.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static List<ProcedureDef.Field> fields(String text) {
    List<ProcedureDef.Field> fields = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        String[] field = part.split("::");
        fields.add(new ProcedureDef.Field(field[0].strip(), type(field[1].strip())));
      }
    }
    return fields;
  }

  private static Type type(String name) {
    return switch (name.replace("?", "").toUpperCase(Locale.ROOT)) {
      case "STRING" -> Type.STRING;
      case "INTEGER" -> Type.INT64;
      case "FLOAT", "NUMBER" -> Type.FLOAT64;
      case "BOOLEAN" -> Type.BOOL;
      default -> Type.ANY;
    };
  }

  @Override
  public void close() {
    registered.forEach(database::unregister);
    session.close();
  }
}
