package io.sabot.engine;

import io.sabot.parser.sparql.R2rmlFrontEnd;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.rdf.RdfMappingDef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the documents of mappings say, read once. Thread-safe.
final class RdfMappings {
  private static final int DOCUMENTS_MAX = 64;

  private record Key(String name, String document, String base) {}

  private final Map<Key, RdfMapping> read =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RdfMapping> eldest) {
          return size() > DOCUMENTS_MAX;
        }
      };

  /// @param base of relative IRIs where a document declares none
  RdfMapping of(List<RdfMappingDef> definitions, String base) {
    if (definitions.isEmpty()) {
      return RdfMapping.NONE;
    }
    List<RdfMapping> all = new ArrayList<>();
    for (RdfMappingDef definition : definitions) {
      all.add(of(definition.name(), definition.document(), base));
    }
    return RdfMapping.union(all);
  }

  private synchronized RdfMapping of(String name, String document, String base) {
    return read.computeIfAbsent(
        new Key(name, document, base), _ -> R2rmlFrontEnd.read(name, document, base));
  }
}
