package io.sabot.engine.io;

import io.sabot.engine.Access;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.jena.query.ResultSet;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.resultset.ResultsReader;

/// Asks SPARQL endpoints over HTTP, those that are allowed, for what goes with many rows at a time.
///
/// Rows that bind the same variables are sent together as a VALUES block after the query. A
/// solution then belongs to the rows that have its values; rows that bind different variables are
/// never in one request, because a solution would belong to one of them twice.
public final class Services {
  /// The distinct rows of one request.
  private static final int BATCH = 100;

  private static final int CHECK_MILLIS = 50;
  private static final String ACCEPT =
      "application/sparql-results+json, application/sparql-results+xml;q=0.9";

  private final Access access;
  private final UnaryOperator<Value> asTerm;

  /// One client for the process, made when the first endpoint is asked.
  private static final class Client {
    static final HttpClient HTTP = HttpClient.newBuilder().build();
  }

  /// @param asTerm the IRI of an entity
  public Services(Access access, UnaryOperator<Value> asTerm) {
    this.access = access;
    this.asTerm = asTerm;
  }

  /// What a request is made of, and the variables it sends.
  private record Request(String endpoint, String query, boolean silent, List<String> sent) {}

  /// The solutions for each row of arguments (see `LogicalNode.ProcedureCall.SERVICE`), each with
  /// the values of `fields`.
  public List<List<List<Value>>> ask(List<List<Value>> rows, List<String> fields, QueryRun run) {
    Map<Request, Map<List<Value>, List<Integer>>> requests = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Value> values = new ArrayList<>();
      Request request = request(rows.get(row), values);
      requests
          .computeIfAbsent(request, r -> new LinkedHashMap<>())
          .computeIfAbsent(values, v -> new ArrayList<>())
          .add(row);
    }
    List<List<List<Value>>> results = new ArrayList<>();
    rows.forEach(row -> results.add(new ArrayList<>()));
    requests.forEach((request, byValues) -> {
      List<List<Value>> distinct = List.copyOf(byValues.keySet());
      for (int from = 0; from < distinct.size(); from += BATCH) {
        List<List<Value>> batch = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
        Map<List<Value>, List<List<Value>>> found = silently(request, batch, fields, run);
        found.forEach((values, solutions) ->
            byValues
                .getOrDefault(values, List.of())
                .forEach(row -> results.get(row).addAll(solutions)));
      }
    });
    return results;
  }

  /// A blank node of this store means nothing to an endpoint and is not sent.
  private Request request(List<Value> args, List<Value> values) {
    String endpoint =
        args.getFirst() instanceof Value.Iri(String iri) ? iri : String.valueOf(args.getFirst());
    List<String> sent = new ArrayList<>();
    String names = ((Value.Str) args.get(3)).value();
    String[] variables = names.isEmpty() ? new String[0] : names.split(" ");
    for (int i = 0; i < variables.length; i++) {
      Value value = asTerm.apply(args.get(4 + i));
      boolean known =
          value instanceof Value.Iri || io.sabot.plan.value.RdfLiterals.isLiteral(value);
      if (known) {
        sent.add(variables[i]);
        values.add(value);
      }
    }
    return new Request(
        endpoint,
        ((Value.Str) args.get(1)).value(),
        args.get(2).equals(Value.TRUE),
        List.copyOf(sent));
  }

  /// Of a silent service that fails every row has one empty solution.
  private Map<List<Value>, List<List<Value>>> silently(
      Request request, List<List<Value>> batch, List<String> fields, QueryRun run) {
    try {
      return solutions(request, batch, fields, run);
    } catch (QueryException failed) {
      if (!request.silent() || failed.code() != ErrorCode.SERVICE_ERROR) {
        throw failed;
      }
      List<Value> empty = fields.stream().map(f -> Value.NULL).toList();
      Map<List<Value>, List<List<Value>>> none = new HashMap<>();
      batch.forEach(values -> none.put(values, List.of(empty)));
      return none;
    }
  }

  private Map<List<Value>, List<List<Value>>> solutions(
      Request request, List<List<Value>> batch, List<String> fields, QueryRun run) {
    Map<List<Value>, List<List<Value>>> found = new HashMap<>();
    List<String> wanted = new ArrayList<>(fields);
    wanted.addAll(request.sent());
    String query = request.query() + valuesBlock(request.sent(), batch);
    for (List<Value> row : select(request.endpoint(), query, wanted, run)) {
      List<Value> key = row.subList(fields.size(), row.size());
      found.computeIfAbsent(key, k -> new ArrayList<>()).add(row.subList(0, fields.size()));
    }
    return found;
  }

  private static String valuesBlock(List<String> variables, List<List<Value>> rows) {
    if (variables.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("\nVALUES (");
    variables.forEach(name -> out.append('?').append(name).append(' '));
    out.append(") {\n");
    for (List<Value> row : rows) {
      out.append('(');
      row.forEach(value -> out.append(SparqlText.turtle(value)).append(' '));
      out.append(")\n");
    }
    return out.append("}").toString();
  }

  private List<List<Value>> select(
      String endpoint, String query, List<String> variables, QueryRun run) {
    String address = access.address(endpoint);
    if (address == null) {
      throw new QueryException(
          ErrorCode.SERVICE_ERROR,
          null,
          "SERVICE may not ask <" + endpoint + ">",
          "allow it: SET service_endpoints = '" + endpoint + "'");
    }
    CompletableFuture<HttpResponse<InputStream>> pending =
        Client.HTTP.sendAsync(
            httpRequest(address, query), HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response = await(pending, run);
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw failed(endpoint, "it answered with status " + response.statusCode());
        }
        return read(body, response.headers().firstValue("Content-Type").orElse(""), variables);
      }
    } catch (IOException | JenaException broken) {
      throw failed(endpoint, String.valueOf(broken));
    } catch (ExecutionException broken) {
      throw failed(endpoint, String.valueOf(broken.getCause()));
    } finally {
      pending.cancel(true);
    }
  }

  private static <T> T await(CompletableFuture<T> pending, QueryRun run) throws ExecutionException {
    while (true) {
      run.check();
      try {
        return pending.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // Looks at the query's own limits and waits on.
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw Errors.cancelled();
      }
    }
  }

  private HttpRequest httpRequest(String address, String query) {
    try {
      return HttpRequest.newBuilder(URI.create(address))
          .timeout(access.endpointTimeout())
          .header("Accept", ACCEPT)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(
              HttpRequest.BodyPublishers.ofString(
                  "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
          .build();
    } catch (IllegalArgumentException notHttp) {
      throw failed(address, "it is no HTTP address");
    }
  }

  private static List<List<Value>> read(InputStream body, String type, List<String> variables) {
    Lang lang = type.contains("xml") ? ResultSetLang.RS_XML : ResultSetLang.RS_JSON;
    ResultSet solutions = ResultsReader.create().lang(lang).build().read(body);
    String scope = "s" + Long.toHexString(System.nanoTime()) + "_";
    List<List<Value>> rows = new ArrayList<>();
    while (solutions.hasNext()) {
      Binding binding = solutions.nextBinding();
      List<Value> row = new ArrayList<>();
      for (String variable : variables) {
        var node = binding.get(Var.alloc(variable));
        row.add(node == null ? Value.NULL : JenaTerms.value(node, scope));
      }
      rows.add(row);
    }
    return rows;
  }

  private static QueryException failed(String endpoint, String why) {
    return new QueryException(
        ErrorCode.SERVICE_ERROR, null, "the endpoint <" + endpoint + "> failed: " + why, "");
  }
}
