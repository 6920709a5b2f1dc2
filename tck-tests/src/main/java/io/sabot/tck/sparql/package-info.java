/// The W3C SPARQL suites against the engine.
@NullMarked
package io.sabot.tck.sparql;

import org.jspecify.annotations.NullMarked;
