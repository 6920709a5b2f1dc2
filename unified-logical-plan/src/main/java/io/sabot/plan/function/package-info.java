/// The function registry: signature, flags and scalar implementation side by side.
@NullMarked
package io.sabot.plan.function;

import org.jspecify.annotations.NullMarked;
