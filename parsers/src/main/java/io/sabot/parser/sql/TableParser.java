package io.sabot.parser.sql;

import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
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
    List<ColumnDef> definitions =
        columns.stream()
            .map(c ->
                new ColumnDef(
                    c.id(),
                    c.name(),
                    c.type(),
                    !notNull.contains(c.name().toLowerCase(Locale.ROOT))))
            .toList();
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
    columns.add(new ColumnDef(columns.size() + 1, name, new TypeParser(in).type(), true));
    while (!in.peek().is(",") && !in.peek().is(")")) {
      columnConstraint(name);
    }
  }

  private void columnConstraint(String column) {
    String constraint = in.take("CONSTRAINT") ? in.name() : null;
    if (in.take("NOT", "NULL")) {
      notNull.add(column.toLowerCase(Locale.ROOT));
    } else if (in.take("PRIMARY", "KEY")) {
      primaryKey = List.of(column);
    } else if (in.take("UNIQUE")) {
      uniqueKeys.add(List.of(column));
    } else if (in.take("REFERENCES")) {
      reference(constraint, List.of(column));
    } else if (in.take("CHECK")) {
      check(constraint, column + '_');
    } else if (!in.take("NULL")) {
      if (in.peek().is("DEFAULT") || in.peek().is("GENERATED")) {
        throw Errors.unsupported(in.span(), in.peek().text() + " of a column");
      }
      throw in.unexpected("NOT NULL, PRIMARY KEY, UNIQUE, REFERENCES, CHECK, ',' or ')'");
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
