package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;

/// A property that a scan delivers as a column.
public record PropertyRead(Column column, String key) {}
