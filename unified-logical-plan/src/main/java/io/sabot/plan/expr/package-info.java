/// Scalar expressions over columns.
@NullMarked
package io.sabot.plan.expr;

import org.jspecify.annotations.NullMarked;
