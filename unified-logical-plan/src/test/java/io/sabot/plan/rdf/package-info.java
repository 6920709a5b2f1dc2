/// Tests of mappings of tables to RDF.
@NullMarked
package io.sabot.plan.rdf;

import org.jspecify.annotations.NullMarked;
