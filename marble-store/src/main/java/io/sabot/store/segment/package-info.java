/// Columnar segments: chunk encodings, zone maps, builders and the chunk cache.
@NullMarked
package io.sabot.store.segment;

import org.jspecify.annotations.NullMarked;
