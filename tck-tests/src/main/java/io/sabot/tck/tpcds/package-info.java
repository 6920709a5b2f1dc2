/// TPC-DS: its data in Sabot and in DuckDB, and its 99 queries compared.
@NullMarked
package io.sabot.tck.tpcds;

import org.jspecify.annotations.NullMarked;
