/// Tests of the texts of TPC-DS.
@NullMarked
package io.sabot.tck.tpcds;

import org.jspecify.annotations.NullMarked;
