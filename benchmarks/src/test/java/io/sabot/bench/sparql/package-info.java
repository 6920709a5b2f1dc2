@NullMarked
package io.sabot.bench.sparql;

import org.jspecify.annotations.NullMarked;
