package io.sabot.engine.triangle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked, in no language: rows of tables that are found by following foreign keys, a
/// condition, and what is returned of them.
///
/// Null, a property that is not there and an unbound variable are the same thing here. What the
/// languages define differently is not asked: sums of nothing, the order of nulls, division.
sealed interface Question {
  /// The tables of `Rows`.
  enum Table {
    PERSON,
    CITY;

    String sqlName() {
      return this == PERSON ? "person" : "city";
    }
  }

  /// How one gets from a row to another.
  enum Link {
    /// From a person to another by a nullable foreign key.
    BOSS(Table.PERSON, Table.PERSON),
    /// From a person to a city by a foreign key that is never null.
    HOME(Table.PERSON, Table.CITY),
    /// From a person to a city by a table with both keys.
    VISITED(Table.PERSON, Table.CITY);

    final Table from;
    final Table to;

    Link(Table from, Table to) {
      this.from = from;
      this.to = to;
    }
  }

  /// A row, by a name of its own.
  record Row(String name, Table table) {}

  /// Binds `target`, starting at a row that is bound; `forward` says in which direction of the
  /// link.
  ///
  /// @param condition of the optional part; null for none, always null for one that is required
  record Step(
      Row source,
      Link link,
      boolean forward,
      Row target,
      boolean optional,
      @Nullable Condition condition) {}

  /// Columns: `id` and `m` are never null, `n` and `s` may be; `s` is a text.
  enum Column {
    ID,
    M,
    N,
    S;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean isNumber() {
      return this != S;
    }

    boolean isNullable() {
      return this == N || this == S;
    }
  }

  sealed interface Value {
    record Of(Row row, Column column) implements Value {}

    record Number(int value) implements Value {}

    record Text(String value) implements Value {}

    record Sum(Value left, Value right) implements Value {}

    record Product(Value left, Value right) implements Value {}

    record OrElse(Value value, Value otherwise) implements Value {}

    /// `otherwise` also where the condition is unknown.
    record If(Condition condition, Value then, Value otherwise) implements Value {}
  }

  sealed interface Condition {
    /// @param operator one of `=`, `<>`, `<`, `<=`, `>`, `>=`
    record Compare(String operator, Value left, Value right) implements Condition {}

    record StartsWith(Value.Of text, String prefix) implements Condition {}

    record IsNull(Value.Of value, boolean negated) implements Condition {}

    record And(Condition left, Condition right) implements Condition {}

    record Or(Condition left, Condition right) implements Condition {}

    record Not(Condition inner) implements Condition {}

    /// Whether there is a row to step to for which the condition holds.
    record Exists(Step step, @Nullable Condition condition) implements Condition {}
  }

  sealed interface Aggregate {
    record CountRows() implements Aggregate {}

    record Count(Value value, boolean distinct) implements Aggregate {}

    /// Of what is never null.
    record Extreme(Value.Of value, boolean greatest) implements Aggregate {}

    /// Nulls count as 0, so that a sum of nothing is 0 everywhere.
    record Total(Value value) implements Aggregate {}
  }

  /// @param distinct whether equal rows are one
  /// @param limit how many rows in the order of all rows' ids; null for all in any order
  record Rows(
      Row start,
      List<Step> steps,
      @Nullable Condition condition,
      List<Value> results,
      boolean distinct,
      @Nullable Integer limit)
      implements Question {}

  /// @param atLeast only groups of at least so many rows; null for all
  record Groups(
      Row start,
      List<Step> steps,
      @Nullable Condition condition,
      List<Value.Of> keys,
      List<Aggregate> aggregates,
      @Nullable Integer atLeast)
      implements Question {}

  record Union(Rows left, Rows right, boolean all) implements Question {}
}
