package io.sabot.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What queries may reach beyond the store. Everything is off until it is allowed.
///
/// @param documents the folder below which `LOAD` reads files; null when it may read none
/// @param endpoints the SPARQL endpoints that `SERVICE` may ask; `*` allows every one
/// @param endpointTimeout how long one request to an endpoint may take
public record Access(@Nullable Path documents, Set<String> endpoints, Duration endpointTimeout) {
  public static final Access NOTHING = new Access(null, Set.of(), Duration.ofSeconds(30));

  public Access {
    endpoints = Collections.unmodifiableSet(new LinkedHashSet<>(endpoints));
  }

  public Access withDocuments(@Nullable Path folder) {
    return new Access(folder, endpoints, endpointTimeout);
  }

  public Access withEndpoints(Set<String> allowed) {
    return new Access(documents, allowed, endpointTimeout);
  }

  public Access withEndpointTimeout(Duration timeout) {
    return new Access(documents, endpoints, timeout);
  }

  public boolean allowsEndpoint(String iri) {
    return endpoints.contains("*") || endpoints.contains(iri);
  }
}
