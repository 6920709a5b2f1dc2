package io.sabot.engine.io;

import io.sabot.exec.run.Outside.Bound;
import java.util.List;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;

/// Tells from the statistics of a row group that no row of it can satisfy what is asked for.
final class ParquetBounds {
  private ParquetBounds() {}

  static boolean mayHold(BlockMetaData group, List<Bound> bounds) {
    for (Bound bound : bounds) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        String[] path = column.getPath().toArray();
        if (path.length == 1
            && path[0].equalsIgnoreCase(bound.field())
            && !mayHold(column, bound)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean mayHold(ColumnChunkMetaData column, Bound bound) {
    LogicalTypeAnnotation logical = column.getPrimitiveType().getLogicalTypeAnnotation();
    boolean isAsWritten =
        logical == null
            || logical instanceof DateLogicalTypeAnnotation
            || (logical instanceof IntLogicalTypeAnnotation integer && integer.isSigned());
    Statistics<?> statistics = column.getStatistics();
    if (!isAsWritten || statistics == null || !statistics.hasNonNullValue()) {
      return true;
    }
    return switch (statistics) {
      case IntStatistics ints -> bound.overlaps(ints.getMin(), ints.getMax());
      case LongStatistics longs -> bound.overlaps(longs.getMin(), longs.getMax());
      default -> true;
    };
  }
}
