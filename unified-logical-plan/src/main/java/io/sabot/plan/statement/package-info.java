/// What a front-end makes of one statement: a plan, or a command that no plan expresses.
@NullMarked
package io.sabot.plan.statement;

import org.jspecify.annotations.NullMarked;
