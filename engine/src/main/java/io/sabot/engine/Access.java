package io.sabot.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What queries may reach beyond the store. Everything is off until it is allowed.
///
/// @param documents the folder below which `LOAD` reads files; null when it may read none
/// @param endpoints the address to ask for each SPARQL endpoint that `SERVICE` may name; under `*`
///   every endpoint, at its own address
/// @param endpointTimeout how long one request to an endpoint may take
public record Access(
    @Nullable Path documents, Map<String, String> endpoints, Duration endpointTimeout) {
  public static final String ANY = "*";
  public static final Access NOTHING = new Access(null, Map.of(), Duration.ofSeconds(30));

  public Access {
    endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
  }

  public Access withDocuments(@Nullable Path folder) {
    return new Access(folder, endpoints, endpointTimeout);
  }

  public Access withEndpoints(Map<String, String> allowed) {
    return new Access(documents, allowed, endpointTimeout);
  }

  public Access withEndpointTimeout(Duration timeout) {
    return new Access(documents, endpoints, timeout);
  }

  /// Where to ask an endpoint; null when it may not be asked.
  public @Nullable String address(String iri) {
    String address = endpoints.get(iri);
    return address == null && endpoints.containsKey(ANY) ? iri : address;
  }
}
