/// Values that do not fit in a term identifier, by number.
@NullMarked
package io.sabot.store.dictionary;

import org.jspecify.annotations.NullMarked;
