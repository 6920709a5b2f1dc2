/// sqllogictest: SQLite's test files, which hold statements, queries and their results, run over
/// the engine.
@NullMarked
package io.sabot.tck.slt;

import org.jspecify.annotations.NullMarked;
