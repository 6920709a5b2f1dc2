package io.sabot.store;

import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.kv.KvBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Small numbers for labels, relationship types, property keys and label sets. Append-only and
/// shared by all transactions; every commit writes whatever is not stored yet.
///
/// Stored in META as `'g' kind(1) id(4)` -> text, or for label sets the label ids.
final class Names {
  static final int PREFIX = 'g';

  /// One numbering.
  enum Kind {
    LABEL,
    TYPE,
    KEY,
    PARTITION
  }

  private final List<Table> tables = new ArrayList<>();

  private final Map<Integer, int[]> labelSets = new ConcurrentHashMap<>();

  Names() {
    for (Kind kind : Kind.values()) {
      // Column 0 of an element table is its identifier, so property keys count from 1.
      tables.add(new Table(kind == Kind.KEY ? 1 : 0));
    }
  }

  /// Guarded by itself, except `ids`, which may be read without.
  private static final class Table {
    final int first;
    final Map<String, Integer> ids = new ConcurrentHashMap<>();
    volatile List<String> names = List.of();
    int stored;

    Table(int first) {
      this.first = first;
    }

    synchronized int add(String name) {
      Integer known = ids.get(name);
      if (known != null) {
        return known;
      }
      List<String> grown = new ArrayList<>(names);
      grown.add(name);
      names = grown;
      int id = first + grown.size() - 1;
      ids.put(name, id);
      return id;
    }
  }

  private Table table(Kind kind) {
    return tables.get(kind.ordinal());
  }

  /// The number of a name, or -1.
  int find(Kind kind, String name) {
    return table(kind).ids.getOrDefault(name, -1);
  }

  int intern(Kind kind, String name) {
    Integer known = table(kind).ids.get(name);
    return known != null ? known : table(kind).add(name);
  }

  String name(Kind kind, int id) {
    Table table = table(kind);
    return table.names.get(id - table.first);
  }

  List<String> names(Kind kind) {
    return table(kind).names;
  }

  /// The number of a sorted label set.
  int partition(int[] labels) {
    return intern(Kind.PARTITION, Arrays.toString(labels));
  }

  /// The labels of a partition; not to be changed.
  int[] labels(int partition) {
    return labelSets.computeIfAbsent(partition, this::parsed);
  }

  private int[] parsed(int partition) {
    String text = name(Kind.PARTITION, partition);
    if (text.length() == 2) {
      return new int[0];
    }
    return Arrays.stream(text.substring(1, text.length() - 1).split(", "))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /// Adds what no commit has written to `batch`; returns how far each numbering is written then.
  int[] writeNew(KvBatch batch) {
    int[] upTo = new int[tables.size()];
    for (Kind kind : Kind.values()) {
      Table table = table(kind);
      List<String> names = table.names;
      for (int i = table.stored; i < names.size(); i++) {
        byte[] key = Key.of(PREFIX).add8(kind.ordinal()).add32(i).bytes();
        batch.put(Family.META, key, new ByteWriter().text(names.get(i)).checked());
      }
      upTo[kind.ordinal()] = names.size();
    }
    return upTo;
  }

  /// The batch of {@link #writeNew} is in the database.
  void written(int[] upTo) {
    for (int i = 0; i < upTo.length; i++) {
      tables.get(i).stored = upTo[i];
    }
  }

  void load(Kv kv) {
    kv.scan(
        Family.META,
        Key.of(PREFIX).bytes(),
        (key, value) -> {
          Table table = tables.get(key[1]);
          table.add(ByteReader.checked(value, "a name").text());
          table.stored++;
          return true;
        });
  }
}
