/// Columnar aggregate states: one slot a group.
@NullMarked
package io.sabot.exec.aggregate;

import org.jspecify.annotations.NullMarked;
