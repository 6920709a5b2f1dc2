/// TPC-H as a test.
@NullMarked
package io.sabot.tck.tpch;

import org.jspecify.annotations.NullMarked;
