/// Tests of the files that queries write.
@NullMarked
package io.sabot.exec.spill;

import org.jspecify.annotations.NullMarked;
