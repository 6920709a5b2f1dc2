/// The SPARQL front-end: ARQ parses and compiles to its algebra (triple form, never optimised),
/// which is lowered here. No Jena type leaves this package but for `RdfFaults`, by which all
/// readers of RDF documents tell what is malformed.
@NullMarked
package io.sabot.parser.sparql;

import org.jspecify.annotations.NullMarked;
