/// The SQL front-end. Calcite parses, checks and types a statement; the classes named `...Lowering`
/// turn its relational algebra into the logical plan. No Calcite type leaves this package.
@NullMarked
package io.sabot.parser.sql;

import org.jspecify.annotations.NullMarked;
