/// The SPARQL front-end: ARQ parses and compiles to its algebra (triple form, never optimised),
/// which is lowered here. No Jena type leaves this package.
@NullMarked
package io.sabot.parser.sparql;

import org.jspecify.annotations.NullMarked;
