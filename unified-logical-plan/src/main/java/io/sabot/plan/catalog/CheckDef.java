package io.sabot.plan.catalog;

/// A CHECK constraint of a table: a SQL condition over its columns that no row may make false.
public record CheckDef(String name, String condition) {}
