/// Test support that every module may use (`unified-logical-plan`, type `test-jar`).
@NullMarked
package io.sabot.plan.testing;

import org.jspecify.annotations.NullMarked;
