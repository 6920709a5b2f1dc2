/// Run-time values, their 64-bit term identifiers, equalities and orders.
@NullMarked
package io.sabot.plan.value;

import org.jspecify.annotations.NullMarked;
