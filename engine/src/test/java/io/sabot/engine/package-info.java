/// The engine through its public face.
@NullMarked
package io.sabot.engine;

import org.jspecify.annotations.NullMarked;
