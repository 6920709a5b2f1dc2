@NullMarked
package io.sabot.optimizer.joinorder;

import org.jspecify.annotations.NullMarked;
