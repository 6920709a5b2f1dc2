/// Everything a user can be told: codes, positions, wording.
@NullMarked
package io.sabot.plan.error;

import org.jspecify.annotations.NullMarked;
