/// Random SQL, asked of Sabot and of DuckDB.
@NullMarked
package io.sabot.engine.duck;

import org.jspecify.annotations.NullMarked;
