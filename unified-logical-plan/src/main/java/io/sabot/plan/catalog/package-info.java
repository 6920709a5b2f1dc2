/// Catalog and statistics as immutable data.
@NullMarked
package io.sabot.plan.catalog;

import org.jspecify.annotations.NullMarked;
