/// Tests of plan text.
@NullMarked
package io.sabot.plan.text;

import org.jspecify.annotations.NullMarked;
