/// A social network asked in three languages, beside graph databases.
@NullMarked
package io.sabot.bench.graph;

import org.jspecify.annotations.NullMarked;
