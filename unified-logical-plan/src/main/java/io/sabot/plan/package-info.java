/// The unified logical plan: one vocabulary for SQL, openCypher and SPARQL.
@NullMarked
package io.sabot.plan;

import org.jspecify.annotations.NullMarked;
