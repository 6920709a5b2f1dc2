/// Tests of what the SPARQL suites do not ask for.
@NullMarked
package io.sabot.tck.sparql;

import org.jspecify.annotations.NullMarked;
