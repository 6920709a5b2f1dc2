/// Hash tables over key vectors: for joins, grouping and duplicates.
@NullMarked
package io.sabot.exec.hash;

import org.jspecify.annotations.NullMarked;
