package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;

/// A variable that both sides of a compatibility join may bind; `out` is whichever is bound.
public record SharedColumn(Column left, Column right, Column out) {}
