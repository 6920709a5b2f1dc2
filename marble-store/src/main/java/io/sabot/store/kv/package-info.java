/// The one RocksDB under the store: families, batches, ingestion of sorted files.
@NullMarked
package io.sabot.store.kv;

import org.jspecify.annotations.NullMarked;
