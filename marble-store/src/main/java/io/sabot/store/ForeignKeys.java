package io.sabot.store;

import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks foreign keys, whole statements at a time: rows added to a child need their parent, and
/// keys that a parent lost must not be in any child. A null in a foreign key matches anything.
///
/// A child has no index of its own: lost keys are looked for by one scan of its columns.
final class ForeignKeys {
  private static final int BATCH = 1024;

  private final StoreTransaction transaction;
  private final Map<Integer, Integer> checkedRows = new HashMap<>();
  private final Map<Long, Integer> checkedKeys = new HashMap<>();

  ForeignKeys(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  /// A foreign key seen from both sides: `columns` are the child's in the order of the parent's
  /// key.
  private record Link(
      TableDef child, TableDef parent, ForeignKeyDef key, int keyNumber, List<Integer> columns) {

    KeyCodec parentCodec() {
      return new KeyCodec(parent, KeyCodec.keys(parent).get(keyNumber));
    }

    long space() {
      return Spaces.key(parent.id(), keyNumber);
    }
  }

  private Link link(TableDef child, ForeignKeyDef key) {
    TableDef parent = transaction.catalogChanges().current().tables().get(key.targetTable());
    if (parent == null) {
      throw Errors.unknownTable(null, "id " + key.targetTable(), List.of());
    }
    Link link = find(child, parent, key);
    if (link != null) {
      return link;
    }
    throw new QueryException(
        ErrorCode.SEMANTIC_ERROR,
        null,
        "foreign key '"
            + key.name()
            + "' of table '"
            + child.name()
            + "' does not name a primary or unique key of '"
            + parent.name()
            + "'",
        "reference the primary key or a unique key");
  }

  /// After a return to a savepoint everything is checked anew.
  void forget() {
    checkedRows.clear();
    checkedKeys.clear();
  }

  private static @Nullable Link find(TableDef child, TableDef parent, ForeignKeyDef key) {
    List<List<Integer>> keys = KeyCodec.keys(parent);
    for (int k = 0; k < keys.size(); k++) {
      List<Integer> target = keys.get(k);
      if (target.size() == key.targetColumns().size()
          && new HashSet<>(target).equals(new HashSet<>(key.targetColumns()))) {
        List<Integer> columns = new ArrayList<>();
        for (int id : target) {
          columns.add(key.columns().get(key.targetColumns().indexOf(id)));
        }
        return new Link(child, parent, key, k, columns);
      }
    }
    return null;
  }

  void checkStatement() {
    for (TableTarget target : List.copyOf(transaction.targets())) {
      checkAdded(target);
      checkLost(target);
    }
  }

  private void checkAdded(TableTarget target) {
    TableDef child = target.definition();
    TableChanges changes = transaction.tableIfChanged(child.id());
    if (child.foreignKeys().isEmpty() || changes == null) {
      return;
    }
    List<TableChanges.Appended> appended = changes.appended();
    int from = checkedRows.getOrDefault(child.id(), 0);
    if (from == appended.size()) {
      return;
    }
    OverlayState state = transaction.state();
    StateTableReader rows = new StateTableReader(state, changes.state());
    for (ForeignKeyDef key : child.foreignKeys()) {
      Link link = link(child, key);
      for (TableChanges.Appended run : appended.subList(from, appended.size())) {
        eachBatch(run, rows, addresses -> checkParents(link, state, rows, addresses));
      }
    }
    checkedRows.put(child.id(), appended.size());
  }

  private interface Batch {
    void accept(long[] addresses);
  }

  private static void eachBatch(TableChanges.Appended run, StateTableReader rows, Batch batch) {
    for (int from = 0; from < run.rows(); from += BATCH) {
      long[] addresses = new long[Math.min(BATCH, run.rows() - from)];
      int count = 0;
      for (int i = 0; i < addresses.length; i++) {
        long address = run.address() + from + i;
        if (rows.isLive(address)) {
          addresses[count++] = address;
        }
      }
      if (count > 0) {
        batch.accept(Arrays.copyOf(addresses, count));
      }
    }
  }

  private void checkParents(
      Link link, OverlayState state, StateTableReader rows, long[] addresses) {
    ColumnData[] keys = keys(link, rows, addresses);
    long[] parents = lookup(link, state, keys, addresses.length);
    for (int i = 0; i < addresses.length; i++) {
      if (parents[i] == -1 && !hasNull(keys, i)) {
        throw noParent(link, rows, addresses[i]);
      }
    }
  }

  private static ColumnData[] keys(Link link, StateTableReader rows, long[] addresses) {
    KeyCodec codec = link.parentCodec();
    ColumnData[] keys = new ColumnData[link.columns().size()];
    for (int i = 0; i < keys.length; i++) {
      ColumnBuilder builder = new ColumnBuilder(codec.kind(i));
      rows.gather(link.columns().get(i), addresses, addresses.length, builder);
      keys[i] = builder.data();
    }
    return keys;
  }

  private static boolean hasNull(ColumnData[] keys, int row) {
    for (ColumnData key : keys) {
      if (key.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  private static long[] lookup(Link link, State state, ColumnData[] keys, int count) {
    long[] parents = new long[count];
    TableState parent = state.table(link.parent().id());
    if (parent == null) {
      Arrays.fill(parents, -1);
      return parents;
    }
    StateTableReader reader = new StateTableReader(state, parent);
    new StateKeyIndex(state, reader, link.keyNumber(), link.parentCodec(), null)
        .lookup(keys, count, parents);
    return parents;
  }

  private QueryException noParent(Link link, StateTableReader rows, long address) {
    KeyCodec codec = link.parentCodec().over(link.columns());
    return new QueryException(
        ErrorCode.FOREIGN_KEY_VIOLATION,
        null,
        "foreign key '"
            + link.key().name()
            + "' of table '"
            + link.child().name()
            + "': table '"
            + link.parent().name()
            + "' has no row with key ("
            + text(link, codec, rows, address)
            + ")",
        "insert that row first");
  }

  private static String text(Link link, KeyCodec codec, StateTableReader rows, long address) {
    StringBuilder text = new StringBuilder();
    ColumnChunk[] chunks = TableTarget.chunks(rows, codec, address);
    for (int i = 0; i < chunks.length; i++) {
      var type = link.child().column(codec.columnIds().get(i)).type();
      text.append(i == 0 ? "" : ", ");
      text.append(ColumnText.of(type, chunks[i], Segment.row(address)));
    }
    return text.toString();
  }

  /// How many rows of a committed table have no parent.
  static long countWithoutParent(
      Root root, TableDef child, ForeignKeyDef key, StateTableReader rows) {
    TableDef parent = root.catalog().tables().get(key.targetTable());
    Link link = parent == null ? null : find(child, parent, key);
    if (link == null) {
      return rows.rowCount();
    }
    long[] missing = new long[1];
    for (Segment segment : rows.segments()) {
      TableChanges.Appended all = new TableChanges.Appended(segment.address(0), segment.rowCount());
      eachBatch(
          all,
          rows,
          addresses -> {
            ColumnData[] keys = keys(link, rows, addresses);
            long[] parents = lookup(link, root, keys, addresses.length);
            for (int i = 0; i < addresses.length; i++) {
              missing[0] += parents[i] == -1 && !hasNull(keys, i) ? 1 : 0;
            }
          });
    }
    return missing[0];
  }

  /// All foreign keys that name this table.
  private List<Link> linksTo(TableDef parent) {
    List<Link> links = new ArrayList<>();
    for (TableDef child : transaction.catalogChanges().current().tables().values()) {
      for (ForeignKeyDef key : child.foreignKeys()) {
        if (key.targetTable() == parent.id()) {
          links.add(link(child, key));
        }
      }
    }
    return links;
  }

  private void checkLost(TableTarget target) {
    for (Link link : linksTo(target.definition())) {
      SpaceChanges changes = transaction.spaceIfChanged(link.space());
      long id = link.space() * 31 + link.child().id() * 1009L + link.key().name().hashCode();
      int from = checkedKeys.getOrDefault(id, 0);
      if (changes == null || changes.log().count() == from) {
        continue;
      }
      OverlayState state = transaction.state();
      KeyCodec codec = link.parentCodec();
      Set<List<Long>> lost =
          lost(codec, changes.log().run(from), state.set(link.space(), codec.arity()), state);
      TableState child = state.table(link.child().id());
      if (!lost.isEmpty() && child != null) {
        StateTableReader rows = new StateTableReader(state, child);
        scan(
            link,
            rows,
            lost,
            address -> {
              throw stillReferenced(link, rows, address);
            });
      }
      checkedKeys.put(id, changes.log().count());
    }
  }

  /// Keys that a run removes and that no row of `after` has.
  private static Set<List<Long>> lost(KeyCodec codec, TupleRun run, TupleSet after, State state) {
    Set<List<Long>> keys = new HashSet<>();
    Probe probe = new Probe(after, state.blobs());
    long[] prefix = new long[codec.length()];
    for (int i = 0; i < run.count(); i++) {
      if (run.isRemoved(i)) {
        for (int c = 0; c < prefix.length; c++) {
          prefix[c] = run.component(i, c);
        }
        if (probe.first(prefix, prefix.length) == null) {
          keys.add(boxed(prefix));
        }
      }
    }
    return keys;
  }

  private static List<Long> boxed(long[] values) {
    List<Long> list = new ArrayList<>(values.length);
    for (long value : values) {
      list.add(value);
    }
    return list;
  }

  private interface Row {
    void accept(long address);
  }

  private static void scan(Link link, StateTableReader child, Set<List<Long>> lost, Row found) {
    KeyCodec codec = link.parentCodec().over(link.columns());
    long[] prefix = new long[codec.length()];
    for (Segment segment : child.segments()) {
      ColumnChunk[] chunks = new ColumnChunk[link.columns().size()];
      for (int i = 0; i < chunks.length; i++) {
        chunks[i] = segment.column(link.columns().get(i));
      }
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)
            && codec.components(chunks, row, prefix)
            && lost.contains(boxed(prefix))) {
          found.accept(segment.address(row));
        }
      }
    }
  }

  private QueryException stillReferenced(Link link, StateTableReader rows, long address) {
    KeyCodec codec = link.parentCodec().over(link.columns());
    return new QueryException(
        ErrorCode.FOREIGN_KEY_VIOLATION,
        null,
        "foreign key '"
            + link.key().name()
            + "' of table '"
            + link.child().name()
            + "' still refers to key ("
            + text(link, codec, rows, address)
            + ") of table '"
            + link.parent().name()
            + "'",
        "delete or change those rows first");
  }

  /// Fails with a conflict when what others committed breaks a foreign key together with our
  /// changes.
  void checkCommit(Root head) {
    Root base = transaction.base();
    for (TableTarget target : transaction.targets()) {
      TableDef table = target.definition();
      for (ForeignKeyDef key : table.foreignKeys()) {
        Link link = link(table, key);
        if (head.table(link.parent().id()) != base.table(link.parent().id())) {
          checkParentsIn(head, link);
        }
      }
      for (Link link : linksTo(table)) {
        SpaceChanges changes = transaction.spaceIfChanged(link.space());
        if (changes != null && head.table(link.child().id()) != base.table(link.child().id())) {
          checkChildrenIn(head, link, changes);
        }
      }
    }
  }

  private void checkParentsIn(Root head, Link link) {
    TableChanges changes = transaction.tableIfChanged(link.child().id());
    TableState parents = head.table(link.parent().id());
    if (changes == null || parents == null) {
      return;
    }
    OverlayState state = transaction.state();
    StateTableReader rows = new StateTableReader(state, changes.state());
    TableState base = transaction.base().table(link.parent().id());
    for (TableChanges.Appended run : changes.appended()) {
      eachBatch(
          run,
          rows,
          addresses -> {
            ColumnData[] keys = keys(link, rows, addresses);
            for (long parent : lookup(link, state, keys, addresses.length)) {
              boolean inBase =
                  parent != -1 && base != null && base.find(Segment.segmentId(parent)) != null;
              if (inBase && !parents.isLive(transaction.store().remapped(parent))) {
                throw Errors.conflict("a row of table '" + link.parent().name() + "'");
              }
            }
          });
    }
  }

  private void checkChildrenIn(Root head, Link link, SpaceChanges changes) {
    TableState children = head.table(link.child().id());
    if (children == null) {
      return;
    }
    OverlayState state = transaction.state();
    KeyCodec codec = link.parentCodec();
    Set<List<Long>> lost =
        lost(codec, changes.log().run(0), state.set(link.space(), codec.arity()), state);
    TableChanges own = transaction.tableIfChanged(link.child().id());
    Set<Long> deleted = new HashSet<>();
    if (own != null) {
      for (long address : own.deletedAddresses()) {
        deleted.add(transaction.store().remapped(address));
      }
    }
    if (!lost.isEmpty()) {
      scan(
          link,
          new StateTableReader(head, children),
          lost,
          address -> {
            if (!deleted.contains(address)) {
              throw Errors.conflict("a row of table '" + link.child().name() + "'");
            }
          });
    }
  }
}
