/// The openCypher TCK against the engine.
@NullMarked
package io.sabot.tck.opencypher;

import org.jspecify.annotations.NullMarked;
