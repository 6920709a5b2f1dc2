package io.sabot.engine.io;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import java.util.List;

/// A file that holds a table, read once from its start to its end. Confined to one thread.
///
/// First {@link #columns} where they are not known, then {@link #choose}, then {@link #read}.
interface TableFile extends AutoCloseable {
  /// What the file holds. Ids count from 1; names may differ only in case.
  List<ColumnDef> columns();

  /// Whether there may be a column of this name.
  boolean has(String name);

  /// How many rows there are about.
  long rows();

  /// Says what {@link #read} gives. A column that the file does not have is null in every row.
  void choose(List<ColumnDef> wanted);

  /// Adds at most `max` rows, of each a value to the buffer of each chosen column; returns how
  /// many, 0 at the end of the file.
  int read(ColumnBuffer[] buffers, int max);

  @Override
  void close();

  /// A file that knows its types has to have those of the table, or narrower integers.
  static void checkType(Type found, ColumnDef target) {
    boolean widens =
        found instanceof Type.Int(int from)
            && target.type() instanceof Type.Int(int to)
            && from <= to;
    if (!found.equals(target.type()) && !widens) {
      throw Errors.invalidArgument(
          "column '"
              + target.name()
              + "' is "
              + found
              + " in the file and "
              + target.type()
              + " in the table");
    }
  }
}
