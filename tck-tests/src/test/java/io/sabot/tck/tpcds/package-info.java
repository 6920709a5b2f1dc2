/// TPC-DS as a test.
@NullMarked
package io.sabot.tck.tpcds;

import org.jspecify.annotations.NullMarked;
