/// Mappings of tables to RDF that users give, as data: what R2RML says, without its syntax.
@NullMarked
package io.sabot.plan.rdf;

import org.jspecify.annotations.NullMarked;
