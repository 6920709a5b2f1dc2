/// Queries of one language inside another: what the three front-ends share.
@NullMarked
package io.sabot.parser.embed;

import org.jspecify.annotations.NullMarked;
