package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.plan.expr.Column;
import java.util.List;

/// Outer rows of an `Apply`, with their numbers.
///
/// @param columns of the batch
record OuterBatch(List<Column> columns, Batch batch) {}
