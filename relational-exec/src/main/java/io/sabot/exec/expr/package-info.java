/// Vectorised evaluation of expressions.
@NullMarked
package io.sabot.exec.expr;

import org.jspecify.annotations.NullMarked;
