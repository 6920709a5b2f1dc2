/// Tests of how files of sqllogictest are read and compared.
@NullMarked
package io.sabot.tck.slt;

import org.jspecify.annotations.NullMarked;
