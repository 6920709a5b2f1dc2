package io.sabot.engine;

import io.sabot.store.StoreStats;
import io.sabot.store.kv.FamilySize;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a store holds and what that takes, as text.
final class StorageReport {
  private final StringBuilder out = new StringBuilder();

  private StorageReport() {}

  static String of(StoreStats stats) {
    StorageReport report = new StorageReport();
    report.tables(stats);
    report.sets(stats);
    report.families(stats);
    report.line("");
    report.line("version %,d, about %,d keys in the dictionary", stats.version(), stats.terms());
    report.line(
        "%s of log since opening, %s of cache, %,d open transactions",
        size(stats.logBytes()), size(stats.cacheBytes()), stats.openTransactions());
    return report.out.toString();
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }

  private void tables(StoreStats stats) {
    line("%-36s %14s %12s %9s %9s %10s", "table", "rows", "deleted", "segments", "small", "size");
    for (StoreStats.Table table : stats.tables()) {
      line(
          "%-36s %,14d %,12d %,9d %,9d %10s",
          table.name(),
          table.rows(),
          table.deleted(),
          table.segments(),
          table.small(),
          size(table.bytes()));
    }
  }

  private void sets(StoreStats stats) {
    line("");
    line("%-36s %14s %12s %9s %20s", "index", "entries", "in delta", "blocks", "size");
    for (StoreStats.Tuples set : stats.sets()) {
      line(
          "%-36s %,14d %,12d %,9d %20s",
          set.name(), set.tuples(), set.runTuples(), set.blocks(), size(set.bytes()));
    }
  }

  private void families(StoreStats stats) {
    line("");
    line("%-36s %14s %12s %9s  %s", "files", "keys, about", "in memory", "size", "by level");
    for (FamilySize family : stats.families()) {
      String levels =
          Arrays.stream(family.filesByLevel())
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" "));
      line(
          "%-36s %,14d %12s %9s  %s",
          family.family().name().toLowerCase(Locale.ROOT),
          family.keys(),
          size(family.memoryBytes()),
          size(family.fileBytes()),
          levels);
    }
  }

  private static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%,.0f KB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
  }
}
