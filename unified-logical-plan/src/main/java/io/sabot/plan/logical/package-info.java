/// Logical plan records: what a query means, in any language.
@NullMarked
package io.sabot.plan.logical;

import org.jspecify.annotations.NullMarked;
