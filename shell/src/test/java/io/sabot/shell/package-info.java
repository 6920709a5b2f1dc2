@NullMarked
package io.sabot.shell;

import org.jspecify.annotations.NullMarked;
