/// Physical plan records: how a query runs.
@NullMarked
package io.sabot.plan.physical;

import org.jspecify.annotations.NullMarked;
