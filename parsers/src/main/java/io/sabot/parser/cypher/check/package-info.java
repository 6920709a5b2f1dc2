/// Checks of scope, type and composition that need no catalog, made before lowering.
@NullMarked
package io.sabot.parser.cypher.check;

import org.jspecify.annotations.NullMarked;
