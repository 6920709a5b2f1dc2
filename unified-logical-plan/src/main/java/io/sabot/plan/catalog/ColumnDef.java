package io.sabot.plan.catalog;

import io.sabot.plan.type.Type;

/// A column of a stored table. `id` is its identity within the table and never reused.
public record ColumnDef(int id, String name, Type type, boolean nullable) {}
