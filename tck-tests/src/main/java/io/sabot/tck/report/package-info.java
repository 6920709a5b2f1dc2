/// Totals, exceptions and files of a conformance run.
@NullMarked
package io.sabot.tck.report;

import org.jspecify.annotations.NullMarked;
