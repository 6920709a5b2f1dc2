/// DuckDB as the oracle of SQL suites: the same rows and the same text give the same result.
@NullMarked
package io.sabot.tck.oracle;

import org.jspecify.annotations.NullMarked;
