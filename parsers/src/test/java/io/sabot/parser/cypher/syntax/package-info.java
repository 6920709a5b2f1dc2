@NullMarked
package io.sabot.parser.cypher.syntax;

import org.jspecify.annotations.NullMarked;
