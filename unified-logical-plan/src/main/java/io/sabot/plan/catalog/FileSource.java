package io.sabot.plan.catalog;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A file outside of the store that is read as a table, and how.
///
/// @param path as the statement has it
/// @param format `csv`, `jsonl`, `parquet` or `arrow`
/// @param options what was found out about the file, and must hold again when it is read: for CSV
///   `header` and `separator`
/// @param rows how many there are about
public record FileSource(String path, String format, SortedMap<String, String> options, long rows) {
  public FileSource {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }
}
