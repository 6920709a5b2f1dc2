/// The syntax tree of an openCypher query: records that say what was written, with its place.
@NullMarked
package io.sabot.parser.cypher.ast;

import org.jspecify.annotations.NullMarked;
