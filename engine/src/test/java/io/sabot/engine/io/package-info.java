@NullMarked
package io.sabot.engine.io;

import org.jspecify.annotations.NullMarked;
