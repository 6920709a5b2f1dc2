/// SPARQL over a social network as RDF, beside triple stores.
@NullMarked
package io.sabot.bench.sparql;

import org.jspecify.annotations.NullMarked;
