package io.sabot.tck.sparql;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sabot.engine.Access;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.io.SparqlResults;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// SPARQL endpoints on the loopback address, each a database of its own, that stand for those a
/// test names.
final class LoopbackEndpoints implements AutoCloseable {
  private static final LoopbackEndpoints NONE =
      new LoopbackEndpoints(null, Executors.newSingleThreadExecutor(), Access.NOTHING);

  private final @Nullable HttpServer server;
  private final ExecutorService threads;
  private final Access access;
  private final List<Sabot> databases = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private LoopbackEndpoints(@Nullable HttpServer server, ExecutorService threads, Access access) {
    this.server = server;
    this.threads = threads;
    this.access = access;
  }

  /// @param documents the document that each endpoint serves
  static LoopbackEndpoints start(Map<String, String> documents, Options options)
      throws IOException {
    if (documents.isEmpty()) {
      return NONE;
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Map<String, String> addresses = new LinkedHashMap<>();
    int number = 0;
    for (String endpoint : documents.keySet()) {
      addresses.put(endpoint, "http://127.0.0.1:" + server.getAddress().getPort() + "/" + number++);
    }
    Access access = Access.NOTHING.withEndpoints(addresses);
    LoopbackEndpoints endpoints =
        new LoopbackEndpoints(server, Executors.newCachedThreadPool(), access);
    server.setExecutor(endpoints.threads);
    number = 0;
    for (String document : documents.values()) {
      Sabot database = Sabot.inMemory(options.withAccess(access));
      endpoints.databases.add(database);
      SparqlSuite.load(database, List.of(document), Map.of());
      server.createContext("/" + number++, exchange -> endpoints.answer(exchange, database));
    }
    server.start();
    return endpoints;
  }

  Access access() {
    return access;
  }

  /// The queries that came, in the order in which they came.
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange, Sabot database) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String query = URLDecoder.decode(body.substring("query=".length()), StandardCharsets.UTF_8);
      asked.add(query);
      StringBuilder text = new StringBuilder();
      int status = 200;
      try (Result result = database.sparql(query)) {
        SparqlResults.write(result, SparqlResults.Format.JSON, text);
      } catch (QueryException failed) {
        status = 400;
        text.append(failed.getMessage());
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", SparqlResults.Format.JSON.mediaType());
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
      threads.shutdown();
      databases.forEach(Sabot::close);
    }
  }
}
