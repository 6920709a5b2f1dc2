/// From text to syntax tree: the ANTLR grammar's parse tree, walked once.
@NullMarked
package io.sabot.parser.cypher.syntax;

import org.jspecify.annotations.NullMarked;
