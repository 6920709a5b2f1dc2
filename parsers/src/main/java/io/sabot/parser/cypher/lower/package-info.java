/// From a checked syntax tree to the logical plan.
@NullMarked
package io.sabot.parser.cypher.lower;

import org.jspecify.annotations.NullMarked;
