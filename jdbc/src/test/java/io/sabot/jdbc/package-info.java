/// The driver, asked as programs, pools and tools ask it.
@NullMarked
package io.sabot.jdbc;

import org.jspecify.annotations.NullMarked;
