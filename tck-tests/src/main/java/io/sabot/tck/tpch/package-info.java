/// TPC-H: its data in Sabot and in DuckDB, and its 22 queries compared.
@NullMarked
package io.sabot.tck.tpch;

import org.jspecify.annotations.NullMarked;
