package io.sabot.parser.sql;

import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of CREATE TABLE: columns, types, keys.
final class TableParser {
  private final TokenReader in;
  private final DdlParser names;
  private final List<ColumnDef> columns = new ArrayList<>();
  private final Set<String> notNull = new HashSet<>();
  private List<String> primaryKey = List.of();
  private final List<List<String>> uniqueKeys = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<CheckDef> checks = new ArrayList<>();
  private final List<SequenceDef> sequences = new ArrayList<>();
  private int nextColumn = 1;

  private record Reference(
      @Nullable String name, List<String> columns, DdlParser.Name target, List<String> targets) {}

  TableParser(TokenReader in, DdlParser names) {
    this.in = in;
    this.names = names;
  }

  TableDef table(DdlParser.Name name) {
    in.expect("(");
    do {
      part();
    } while (in.take(","));
    in.expect(")");
    notNull.addAll(primaryKey.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList());
    List<ColumnDef> definitions = definitions();
    TableDef table =
        new TableDef(
            0,
            name.schema(),
            name.name(),
            definitions,
            ids(primaryKey, definitions, name.name()),
            uniqueKeys.stream().map(k -> ids(k, definitions, name.name())).toList(),
            List.of());
    List<ForeignKeyDef> keys = references.stream().map(r -> foreignKey(r, table)).toList();
    return new TableDef(
        0,
        name.schema(),
        name.name(),
        definitions,
        table.primaryKey(),
        table.uniqueKeys(),
        keys,
        checks);
  }

  private List<ColumnDef> definitions() {
    return columns.stream()
        .map(c -> notNull.contains(c.name().toLowerCase(Locale.ROOT)) ? c.withNullable(false) : c)
        .toList();
  }

  /// The table with one column more.
  TableDef added(TableDef table) {
    columns.addAll(table.columns());
    checks.addAll(table.checks());
    nextColumn = table.nextColumn();
    column();
    if (!primaryKey.isEmpty()) {
      throw Errors.unsupported(in.span(), "a column that is added as PRIMARY KEY");
    }
    TableDef more = table.withColumns(definitions()).withChecks(checks);
    List<List<Integer>> unique = new ArrayList<>(table.uniqueKeys());
    uniqueKeys.forEach(key -> unique.add(ids(key, more.columns(), table.name())));
    List<ForeignKeyDef> foreign = new ArrayList<>(table.foreignKeys());
    references.forEach(reference -> foreign.add(foreignKey(reference, more)));
    return more.withKeys(table.primaryKey(), unique, foreign);
  }

  /// The table with `[CONSTRAINT name] PRIMARY KEY | UNIQUE | FOREIGN KEY | CHECK` more.
  TableDef constrained(TableDef table) {
    columns.addAll(table.columns());
    checks.addAll(table.checks());
    part();
    List<List<Integer>> unique = new ArrayList<>(table.uniqueKeys());
    uniqueKeys.forEach(key -> unique.add(ids(key, table.columns(), table.name())));
    List<ForeignKeyDef> foreign = new ArrayList<>(table.foreignKeys());
    references.forEach(reference -> foreign.add(foreignKey(reference, table)));
    List<Integer> primary = table.primaryKey();
    if (!primaryKey.isEmpty()) {
      if (table.hasPrimaryKey()) {
        throw Errors.semantic(
            in.span(),
            "SecondPrimaryKey",
            "table '" + table.name() + "' has a primary key already",
            "");
      }
      primary = ids(primaryKey, table.columns(), table.name());
      notNull.addAll(primaryKey.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList());
    }
    return table.withColumns(definitions()).withChecks(checks).withKeys(primary, unique, foreign);
  }

  /// The table with `GENERATED ... AS IDENTITY` for a column.
  TableDef identified(TableDef table, ColumnDef column) {
    columns.add(column.withValue(null));
    in.expect("GENERATED");
    generated(column.name());
    ColumnDef changed = columns.getLast().withNullable(false);
    if (!(changed.value() instanceof ColumnValue.Identity)) {
      throw Errors.unsupported(in.span(), "a generated value for a column that is there already");
    }
    return table.withColumn(changed);
  }

  /// The sequences of identity columns; each has the id of its column.
  List<SequenceDef> sequences() {
    return sequences;
  }

  private void part() {
    String constraint = in.take("CONSTRAINT") ? in.name() : null;
    if (in.take("PRIMARY", "KEY")) {
      primaryKey = in.names();
    } else if (in.take("UNIQUE")) {
      uniqueKeys.add(in.names());
    } else if (in.take("FOREIGN", "KEY")) {
      List<String> from = in.names();
      in.expect("REFERENCES");
      reference(constraint, from);
    } else if (in.take("CHECK")) {
      check(constraint, "");
    } else if (constraint != null) {
      throw in.unexpected("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
    } else {
      column();
    }
  }

  private void column() {
    var place = in.span();
    String name = in.name();
    if (columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(name))) {
      throw new QueryException(
          ErrorCode.DUPLICATE_NAME, place, "column '" + name + "' is there twice", "");
    }
    Type serial = serial();
    Type type = serial == null ? new TypeParser(in).type() : serial;
    columns.add(new ColumnDef(nextColumn++, name, type, true));
    if (serial != null) {
      identity(name, false);
    }
    while (!in.peek().is(",") && !in.peek().is(")") && !in.atEnd()) {
      columnConstraint(name);
    }
  }

  private @Nullable Type serial() {
    if (in.take("SERIAL") || in.take("SERIAL4")) {
      return Type.INT32;
    }
    if (in.take("BIGSERIAL") || in.take("SERIAL8")) {
      return Type.INT64;
    }
    return in.take("SMALLSERIAL") || in.take("SERIAL2") ? new Type.Int(16) : null;
  }

  private void fill(ColumnValue value) {
    ColumnDef last = columns.removeLast();
    if (last.value() != null) {
      throw in.unexpected("one DEFAULT or GENERATED for a column");
    }
    columns.add(last.withValue(value));
  }

  /// `ALWAYS|BY DEFAULT AS IDENTITY [(options)]` or `ALWAYS AS (expression) [STORED]`.
  private void generated(String column) {
    boolean always = in.take("ALWAYS");
    if (!always) {
      in.expect("BY", "DEFAULT");
    }
    in.expect("AS");
    if (in.take("IDENTITY")) {
      identity(column, always);
      return;
    }
    if (!always) {
      throw in.unexpected("IDENTITY");
    }
    fill(new ColumnValue.Generated(in.parenthesised()));
    if (in.peek().is("VIRTUAL")) {
      throw Errors.unsupported(in.span(), "a column that is GENERATED but not STORED");
    }
    in.take("STORED");
  }

  private void identity(String column, boolean always) {
    ColumnDef last = columns.getLast();
    if (!(last.type() instanceof Type.Int(int bits))) {
      throw Errors.semantic(
          in.span(), "IdentityType", "an identity column must be a whole number", "");
    }
    notNull.add(column.toLowerCase(Locale.ROOT));
    fill(new ColumnValue.Identity(last.id(), always));
    SequenceParser options = new SequenceParser(in, (1L << (bits - 1)) - 1);
    if (in.take("(")) {
      options.options();
      in.expect(")");
    }
    sequences.add(options.sequence(last.id(), "", column));
  }

  private void columnConstraint(String column) {
    String constraint = in.take("CONSTRAINT") ? in.name() : null;
    if (in.take("NOT", "NULL")) {
      notNull.add(column.toLowerCase(Locale.ROOT));
    } else if (in.take("DEFAULT")) {
      fill(new ColumnValue.Default(in.expression()));
    } else if (in.take("GENERATED")) {
      generated(column);
    } else if (in.take("PRIMARY", "KEY")) {
      primaryKey = List.of(column);
    } else if (in.take("UNIQUE")) {
      uniqueKeys.add(List.of(column));
    } else if (in.take("REFERENCES")) {
      reference(constraint, List.of(column));
    } else if (in.take("CHECK")) {
      check(constraint, column + '_');
    } else if (!in.take("NULL")) {
      throw in.unexpected(
          "NOT NULL, DEFAULT, GENERATED, PRIMARY KEY, UNIQUE, REFERENCES, CHECK, ',' or ')'");
    }
  }

  /// @param prefix of the name of a constraint that has none
  private void check(@Nullable String constraint, String prefix) {
    var place = in.span();
    String name = constraint;
    for (int i = 1; name == null; i++) {
      String candidate = prefix + "check" + (i == 1 ? "" : i);
      name = checks.stream().anyMatch(c -> c.name().equalsIgnoreCase(candidate)) ? null : candidate;
    }
    String chosen = name;
    if (checks.stream().anyMatch(c -> c.name().equalsIgnoreCase(chosen))) {
      throw new QueryException(
          ErrorCode.DUPLICATE_NAME, place, "constraint '" + name + "' is there twice", "");
    }
    checks.add(new CheckDef(name, in.parenthesised()));
  }

  private void reference(@Nullable String constraint, List<String> from) {
    DdlParser.Name target = names.qualified();
    List<String> targets = in.peek().is("(") ? in.names() : List.of();
    references.add(new Reference(constraint, from, target, targets));
  }

  private static List<Integer> ids(List<String> names, List<ColumnDef> columns, String table) {
    List<Integer> ids = new ArrayList<>();
    for (String name : names) {
      ColumnDef found =
          columns.stream()
              .filter(c -> c.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() ->
                  Errors.unknownColumn(
                      null,
                      name,
                      "table '" + table + "'",
                      columns.stream().map(ColumnDef::name).toList()));
      ids.add(found.id());
    }
    return List.copyOf(ids);
  }

  private ForeignKeyDef foreignKey(Reference reference, TableDef self) {
    boolean toSelf =
        reference.target().name().equalsIgnoreCase(self.name())
            && reference.target().schema().equalsIgnoreCase(self.schema());
    TableDef target = toSelf ? self : names.table(reference.target());
    List<Integer> from = ids(reference.columns(), self.columns(), self.name());
    List<Integer> to =
        reference.targets().isEmpty()
            ? target.primaryKey()
            : ids(reference.targets(), target.columns(), target.name());
    if (from.size() != to.size()) {
      throw Errors.semantic(
          null,
          "ForeignKeyWidth",
          "the foreign key has " + from.size() + " columns, its target " + to.size(),
          "name the target's key columns");
    }
    return new ForeignKeyDef(name(reference), from, target.id(), to);
  }

  /// The constraint's name; without one the columns', less `_id` at the end.
  private static String name(Reference reference) {
    if (reference.name() != null) {
      return reference.name();
    }
    String joined = String.join("_", reference.columns());
    boolean id = joined.toLowerCase(Locale.ROOT).endsWith("_id") && joined.length() > 3;
    return id ? joined.substring(0, joined.length() - 3) : joined;
  }
}
