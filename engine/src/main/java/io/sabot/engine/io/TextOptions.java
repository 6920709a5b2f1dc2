package io.sabot.engine.io;

import org.jspecify.annotations.Nullable;

/// How a text file is taken for a table.
///
/// @param header whether the first line names the columns; null to find out
/// @param separator between fields; null to find out
/// @param allText whether all columns are texts
/// @param sampleRows how many rows are looked at to find out what the columns are
record TextOptions(
    @Nullable Boolean header, @Nullable Character separator, boolean allText, long sampleRows) {
  static final TextOptions RECOGNISED = new TextOptions(null, null, false, 10_000);
}
