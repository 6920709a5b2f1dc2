/// The plan as text: printed, and parsed back.
@NullMarked
package io.sabot.plan.text;

import org.jspecify.annotations.NullMarked;
