@NullMarked
package io.sabot.parser.cypher.lower;

import org.jspecify.annotations.NullMarked;
