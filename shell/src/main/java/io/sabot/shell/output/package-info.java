/// Results as text: one class for each format.
@NullMarked
package io.sabot.shell.output;

import org.jspecify.annotations.NullMarked;
