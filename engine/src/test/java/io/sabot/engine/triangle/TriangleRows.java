package io.sabot.engine.triangle;

import io.sabot.engine.Language;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random rows of people, cities and who visited which.
final class TriangleRows {
  private static final int ROWS_MAX = 9;
  private static final List<String> TEXTS = List.of("a", "ab", "abc", "b", "ba", "");

  private TriangleRows() {}

  /// Returns the statements that were run.
  static List<String> fill(Session session, Random random) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE city (id INTEGER PRIMARY KEY, m INTEGER NOT NULL, n INTEGER,"
            + " s VARCHAR)");
    statements.add(
        "CREATE TABLE person (id INTEGER PRIMARY KEY, m INTEGER NOT NULL, n INTEGER,"
            + " s VARCHAR, boss_id INTEGER REFERENCES person (id),"
            + " home_id INTEGER NOT NULL REFERENCES city (id))");
    statements.add(
        "CREATE TABLE visited (person_id INTEGER REFERENCES person (id),"
            + " city_id INTEGER REFERENCES city (id), PRIMARY KEY (person_id, city_id))");
    int cities = 1 + random.nextInt(ROWS_MAX);
    for (int id = 1; id <= cities; id++) {
      statements.add("INSERT INTO city VALUES (" + id + columns(random) + ")");
    }
    int people = random.nextInt(ROWS_MAX + 1);
    for (int id = 1; id <= people; id++) {
      String boss = random.nextInt(3) == 0 ? "NULL" : String.valueOf(1 + random.nextInt(id));
      statements.add(
          "INSERT INTO person VALUES (%d%s, %s, %d)"
              .formatted(id, columns(random), boss, 1 + random.nextInt(cities)));
    }
    for (int person = 1; person <= people; person++) {
      for (int city = 1; city <= cities; city++) {
        if (random.nextInt(4) == 0) {
          statements.add("INSERT INTO visited VALUES (%d, %d)".formatted(person, city));
        }
      }
    }
    session.begin();
    statements.forEach(sql -> session.run(Language.SQL, sql).close());
    session.commit();
    return statements;
  }

  private static String columns(Random random) {
    return ", "
        + random.nextInt(5)
        + ", "
        + (random.nextInt(3) == 0 ? "NULL" : random.nextInt(5))
        + ", "
        + (random.nextInt(3) == 0 ? "NULL" : "'" + TEXTS.get(random.nextInt(TEXTS.size())) + "'");
  }
}
