/// Random SPARQL over random RDF, answered by Sabot and by ARQ's reference engine, and the test
/// that the answers agree.
@NullMarked
package io.sabot.engine.arq;

import org.jspecify.annotations.NullMarked;
