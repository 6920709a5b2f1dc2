package io.sabot.plan.catalog;

/// A named query in one of the languages (`sql`, `cypher`, `sparql`).
public record ViewDef(int id, String schema, String name, String language, String text) {}
