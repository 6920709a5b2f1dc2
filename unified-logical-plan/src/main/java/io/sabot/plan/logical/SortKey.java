package io.sabot.plan.logical;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.value.OrderMode;

/// One key of an order. `nullsFirst` is explicit: lowerings fill in their language's default.
public record SortKey(Expr expr, boolean descending, boolean nullsFirst, OrderMode mode) {}
