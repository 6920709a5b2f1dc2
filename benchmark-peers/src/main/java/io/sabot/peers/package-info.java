/// Other graph databases behind one interface.
@NullMarked
package io.sabot.peers;

import org.jspecify.annotations.NullMarked;
