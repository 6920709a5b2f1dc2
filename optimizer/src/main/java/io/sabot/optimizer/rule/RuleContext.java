package io.sabot.optimizer.rule;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.ColumnAllocator;

/// What a rule may know besides the plan.
public record RuleContext(Catalog catalog, ColumnAllocator columns) {}
