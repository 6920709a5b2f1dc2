/// Off-heap memory of a query: Arrow buffers under one limit.
@NullMarked
package io.sabot.exec.memory;

import org.jspecify.annotations.NullMarked;
