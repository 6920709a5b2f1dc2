package io.sabot.shell.demo;

import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.ColumnBuffer;
import io.sabot.plan.catalog.TableDef;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the tables and fills them in one transaction.
final class WordNetLoader {
  private static final int BATCH_ROWS = 1 << 16;

  static final String TABLES =
      """
      CREATE TABLE lexname (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
      CREATE TABLE synset (
        id INTEGER PRIMARY KEY,
        lexname_id INTEGER NOT NULL REFERENCES lexname (id),
        gloss VARCHAR NOT NULL);
      CREATE TABLE word (id INTEGER PRIMARY KEY, lemma VARCHAR NOT NULL);
      CREATE TABLE sense (
        id INTEGER PRIMARY KEY,
        word_id INTEGER NOT NULL REFERENCES word (id),
        synset_id INTEGER NOT NULL REFERENCES synset (id),
        place INTEGER NOT NULL);
      CREATE TABLE hypernym (
        narrow_id INTEGER NOT NULL REFERENCES synset (id),
        wide_id INTEGER NOT NULL REFERENCES synset (id),
        PRIMARY KEY (narrow_id, wide_id));
      CREATE TABLE part_of (
        part_id INTEGER NOT NULL REFERENCES synset (id),
        whole_id INTEGER NOT NULL REFERENCES synset (id),
        PRIMARY KEY (part_id, whole_id));
      """;

  /// Pointers that become rows of a join table.
  private static final Map<String, String> RELATIONS =
      Map.of("@", "hypernym", "@i", "hypernym", "#p", "part_of");

  private final BulkLoad load;
  private final Map<String, Loading> tables = new LinkedHashMap<>();
  private final Map<String, Integer> words = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private int senses;

  private WordNetLoader(BulkLoad load) {
    this.load = load;
    for (TableDef table : load.catalog().tables()) {
      tables.put(table.name(), new Loading(table));
    }
  }

  /// Returns the number of rows.
  static long load(Sabot database) throws IOException {
    try (Session session = database.session()) {
      session.run(Language.SQL, TABLES).close();
    }
    try (BulkLoad load = BulkLoad.begin(database)) {
      WordNetLoader loader = new WordNetLoader(load);
      for (int i = 0; i < WordNet.LEXNAMES.size(); i++) {
        loader.add("lexname", i, WordNet.LEXNAMES.get(i));
      }
      WordNet.read(loader::add);
      long rows = 0;
      for (Loading table : loader.tables.values()) {
        table.flush();
        rows += table.count;
      }
      load.commit();
      return rows;
    }
  }

  private void add(WordNet.Synset synset) {
    add("synset", synset.id(), synset.lexname(), synset.gloss());
    List<String> lemmas = synset.words();
    for (int place = 0; place < lemmas.size(); place++) {
      add("sense", ++senses, word(lemmas.get(place)), synset.id(), place + 1);
    }
    for (WordNet.Pointer pointer : synset.pointers()) {
      String table = RELATIONS.get(pointer.symbol());
      if (table != null && seen.add(table + synset.id() + ":" + pointer.target())) {
        add(table, synset.id(), pointer.target());
      }
    }
  }

  private int word(String lemma) {
    Integer known = words.get(lemma);
    if (known != null) {
      return known;
    }
    int id = words.size() + 1;
    words.put(lemma, id);
    add("word", id, lemma);
    return id;
  }

  private void add(String table, Object... values) {
    Loading loading = tables.get(table);
    if (loading == null) {
      throw new IllegalStateException("no table " + table);
    }
    loading.add(values);
  }

  /// The rows of one table that are not in the store yet.
  private final class Loading {
    private final TableDef table;
    private final ColumnBuffer[] buffers;
    private long count;

    Loading(TableDef table) {
      this.table = table;
      this.buffers =
          table.columns().stream()
              .map(column -> new ColumnBuffer(column.type(), BATCH_ROWS))
              .toArray(ColumnBuffer[]::new);
    }

    void add(Object... values) {
      for (int c = 0; c < values.length; c++) {
        if (values[c] instanceof Integer number) {
          buffers[c].addLong(number);
        } else {
          buffers[c].addString(values[c].toString());
        }
      }
      count++;
      if (buffers[0].isFull()) {
        flush();
      }
    }

    void flush() {
      load.append(table, buffers);
    }
  }
}
