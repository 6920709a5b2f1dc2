package io.sabot.engine.io;

import io.sabot.engine.Access;
import io.sabot.exec.run.Outside;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.error.ErrorCode;
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
import java.util.List;
import org.apache.jena.query.ResultSet;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.resultset.ResultsReader;

/// SPARQL endpoints over HTTP, those that are allowed.
public final class Endpoints implements Outside.Endpoints {
  private static final String ACCEPT =
      "application/sparql-results+json, application/sparql-results+xml;q=0.9";
  private static final int CHECK_MILLIS = 50;

  private final Access access;

  public Endpoints(Access access) {
    this.access = access;
  }

  @Override
  public List<List<Value>> select(
      String endpoint, String query, List<String> variables, QueryRun run) {
    if (!access.allowsEndpoint(endpoint)) {
      throw new QueryException(
          ErrorCode.SERVICE_ERROR,
          null,
          "SERVICE may not ask <" + endpoint + ">",
          "allow it: SET service_endpoints = '" + endpoint + "'");
    }
    HttpRequest request = request(endpoint, query);
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(access.endpointTimeout()).build()) {
      var pending = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
      while (!pending.isDone()) {
        run.check();
        waitFor(pending);
      }
      HttpResponse<InputStream> response = pending.join();
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw failed(endpoint, "it answered with status " + response.statusCode());
        }
        return read(body, response.headers().firstValue("Content-Type").orElse(""), variables);
      }
    } catch (IOException | JenaException | java.util.concurrent.CompletionException broken) {
      Throwable cause = broken.getCause() == null ? broken : broken.getCause();
      throw failed(endpoint, String.valueOf(cause));
    }
  }

  private static void waitFor(java.util.concurrent.CompletableFuture<?> pending) {
    try {
      pending.get(CHECK_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException notYet) {
      // Looked at again after the query's own limits.
    } catch (java.util.concurrent.ExecutionException failed) {
      // Thrown by the join that follows.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw io.sabot.plan.error.Errors.cancelled();
    }
  }

  private HttpRequest request(String endpoint, String query) {
    try {
      return HttpRequest.newBuilder(URI.create(endpoint))
          .timeout(access.endpointTimeout())
          .header("Accept", ACCEPT)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(
              HttpRequest.BodyPublishers.ofString(
                  "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
          .build();
    } catch (IllegalArgumentException notHttp) {
      throw failed(endpoint, "it is no HTTP address");
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
