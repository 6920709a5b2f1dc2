@NullMarked
package io.sabot.parser.cypher;

import org.jspecify.annotations.NullMarked;
