@NullMarked
package io.sabot.bench.graph;

import org.jspecify.annotations.NullMarked;
