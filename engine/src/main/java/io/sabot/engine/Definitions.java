package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import io.sabot.store.CatalogWriter;
import io.sabot.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Carries out commands that change the catalog.
final class Definitions {
  private Definitions() {}

  static void apply(Statement statement, Transaction transaction) {
    RdfMappingDefinitions.checkChange(statement, transaction);
    CatalogWriter writer = transaction.catalog();
    switch (statement) {
      case Statement.CreateTable(var table, var sequences, var ifNotExists) ->
          createTable(table, sequences, ifNotExists, transaction);
      case Statement.DropTable drop -> dropTable(drop, transaction);
      case Statement.CreateSchema(var name, var ifNotExists) -> {
        if (!(ifNotExists && transaction.view().schemas().contains(name))) {
          writer.createSchema(name);
        }
      }
      case Statement.DropSchema(var name, var ifExists) -> {
        if (!ifExists || transaction.view().schemas().contains(name)) {
          writer.dropSchema(name);
        }
      }
      case Statement.CreateView create -> createView(create, transaction);
      case Statement.DropView drop -> dropView(drop, transaction);
      case Statement.DropMaterializedView drop -> MaterializedViews.drop(drop, transaction);
      case Statement.CreatePropertyGraph create -> GraphDefinitions.create(create, transaction);
      case Statement.DropPropertyGraph drop -> GraphDefinitions.drop(drop, transaction);
      case Statement.AddCheck(int tableId, var check) ->
          writer.alterTable(table(tableId, transaction).withCheck(check));
      case Statement.DropTableConstraint drop -> dropConstraint(drop, transaction);
      case Statement.CreateIndex create -> IndexDefinitions.create(create, transaction);
      case Statement.DropIndex(var name, var ifExists) ->
          IndexDefinitions.drop(name, ifExists, transaction);
      case Statement.CreateConstraint create -> IndexDefinitions.constrain(create, transaction);
      case Statement.DropConstraint(var name, var ifExists) ->
          IndexDefinitions.release(name, ifExists, transaction);
      case Statement.CreateSequence(var sequence, var ifNotExists) -> {
        Catalog catalog = transaction.view().catalog();
        boolean exists = catalog.sequence(sequence.schema(), sequence.name()).isPresent();
        if (!exists || !ifNotExists) {
          writer.createSequence(sequence.withIds(writer.nextId(), 0));
        }
      }
      case Statement.DropSequence drop -> dropSequence(drop, transaction);
      case Statement.CreateFunction(var function, boolean orReplace) ->
          createFunction(function, orReplace, transaction);
      case Statement.DropFunction drop -> dropFunction(drop, transaction);
      case Statement.CreateRdfMapping create -> RdfMappingDefinitions.create(create, transaction);
      case Statement.DropRdfMapping drop -> RdfMappingDefinitions.drop(drop, transaction);
      case Statement.Comment(var about, var text) -> writer.comment(about, text);
      default -> throw new IllegalArgumentException("not a definition: " + statement);
    }
  }

  /// Returns the new table's id, or 0 when it exists and may.
  ///
  /// @param sequences of identity columns, each with the id of its column
  static int createTable(
      TableDef table, List<SequenceDef> sequences, boolean ifNotExists, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    if (catalog.table(table.schema(), table.name()).isPresent()) {
      if (ifNotExists) {
        return 0;
      }
      throw exists("table", table.name());
    }
    int id = transaction.catalog().nextId();
    TableDef numbered = withSequences(table, sequences, id, transaction);
    transaction
        .catalog()
        .createTable(
            new TableDef(
                id,
                table.schema(),
                table.name(),
                numbered.columns(),
                table.primaryKey(),
                table.uniqueKeys(),
                table.foreignKeys().stream().map(key -> resolved(key, id)).toList(),
                table.checks()));
    return id;
  }

  /// Makes the sequences of identity columns, which so far name themselves.
  static TableDef withSequences(
      TableDef table, List<SequenceDef> sequences, int tableId, Transaction transaction) {
    TableDef result = table;
    for (SequenceDef sequence : sequences) {
      ColumnDef column = table.column(sequence.id());
      ColumnValue.Identity identity =
          (ColumnValue.Identity) java.util.Objects.requireNonNull(column.value());
      int id = transaction.catalog().nextId();
      String name = freeName(table, column, transaction.view().catalog());
      transaction
          .catalog()
          .createSequence(
              new SequenceDef(
                  id,
                  table.schema(),
                  name,
                  sequence.start(),
                  sequence.increment(),
                  sequence.min(),
                  sequence.max(),
                  sequence.cycle(),
                  tableId));
      result = result.withColumn(column.withValue(new ColumnValue.Identity(id, identity.always())));
    }
    return result;
  }

  /// `table_column_seq`, with a number behind it where that is taken.
  private static String freeName(TableDef table, ColumnDef column, Catalog catalog) {
    String first = table.name() + "_" + column.name() + "_seq";
    String name = first;
    for (int i = 1;
        catalog.sequence(table.schema(), name).isPresent()
            || catalog.table(table.schema(), name).isPresent();
        i++) {
      name = first + i;
    }
    return name;
  }

  private static void dropSequence(Statement.DropSequence drop, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    Optional<SequenceDef> found = catalog.sequence(drop.schema(), drop.name());
    if (found.isEmpty()) {
      if (!drop.ifExists()) {
        throw new QueryException(
            ErrorCode.UNKNOWN_TABLE,
            null,
            "sequence '" + drop.name() + "' does not exist",
            Errors.didYouMean(
                drop.name(), catalog.sequences().stream().map(SequenceDef::name).toList()));
      }
      return;
    }
    int owner = found.get().ownerTable();
    if (owner != 0) {
      String table = catalog.table(owner).map(TableDef::name).orElse("");
      throw Errors.semantic(
          null,
          "SequenceOwned",
          "sequence '" + drop.name() + "' belongs to a column of table '" + table + "'",
          "drop the column's identity instead");
    }
    transaction.catalog().dropSequence(found.get().id());
  }

  private static Optional<FunctionDef> function(
      String schema, String name, Transaction transaction) {
    return transaction.view().catalog().functions().stream()
        .filter(f -> f.schema().equalsIgnoreCase(schema) && f.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static void createFunction(
      FunctionDef function, boolean orReplace, Transaction transaction) {
    Optional<FunctionDef> before = function(function.schema(), function.name(), transaction);
    if (before.isPresent()) {
      if (!orReplace) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME,
            null,
            "function '" + function.name() + "' exists already",
            "use OR REPLACE, or another name");
      }
      transaction.catalog().dropFunction(before.get().id());
    }
    transaction
        .catalog()
        .createFunction(
            new FunctionDef(
                transaction.catalog().nextId(),
                function.schema(),
                function.name(),
                function.parameters(),
                function.returns(),
                function.text()));
  }

  private static void dropFunction(Statement.DropFunction drop, Transaction transaction) {
    Optional<FunctionDef> found = function(drop.schema(), drop.name(), transaction);
    if (found.isPresent()) {
      transaction.catalog().dropFunction(found.get().id());
    } else if (!drop.ifExists()) {
      throw Errors.unknownFunction(
          null,
          drop.name(),
          transaction.view().catalog().functions().stream().map(FunctionDef::name).toList());
    }
  }

  /// A foreign key to table 0 is one to the new table itself.
  private static ForeignKeyDef resolved(ForeignKeyDef key, int self) {
    return key.targetTable() == 0
        ? new ForeignKeyDef(key.name(), key.columns(), self, key.targetColumns())
        : key;
  }

  static QueryException exists(String what, String name) {
    return new QueryException(
        ErrorCode.DUPLICATE_NAME,
        null,
        what + " '" + name + "' exists already",
        "use IF NOT EXISTS, or another name");
  }

  private static TableDef table(int id, Transaction transaction) {
    return transaction
        .view()
        .catalog()
        .table(id)
        .orElseThrow(() -> new IllegalStateException("no table " + id));
  }

  private static void dropConstraint(Statement.DropTableConstraint drop, Transaction transaction) {
    TableDef table = table(drop.tableId(), transaction);
    TableDef without = table.without(drop.name());
    if (!without.equals(table)) {
      transaction.catalog().alterTable(without);
      return;
    }
    Catalog catalog = transaction.view().catalog();
    for (IndexDef index : catalog.indexes()) {
      boolean isIt =
          index.unique()
              && index.target().isOfTable(table.id())
              && index.name().equalsIgnoreCase(drop.name());
      if (isIt) {
        transaction.catalog().dropIndex(index.id());
        return;
      }
    }
    if (!drop.ifExists()) {
      List<String> known = new ArrayList<>();
      table.checks().forEach(c -> known.add(c.name()));
      table.foreignKeys().forEach(k -> known.add(k.name()));
      throw new QueryException(
          ErrorCode.UNKNOWN_TABLE,
          null,
          "table '" + table.name() + "' has no constraint '" + drop.name() + "'",
          Errors.didYouMean(drop.name(), known));
    }
  }

  private static void dropTable(Statement.DropTable drop, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    var table = catalog.table(drop.schema(), drop.name());
    if (table.isPresent()) {
      MaterializedViews.checkTable(table.get(), catalog);
      MaterializedViews.checkUnused(table.get(), catalog);
      GraphDefinitions.checkUnused(table.get(), catalog);
      transaction.catalog().dropTable(table.get().id());
    } else if (!drop.ifExists()) {
      throw Errors.unknownTable(
          null, drop.name(), catalog.tables().stream().map(TableDef::name).toList());
    }
  }

  private static void createView(Statement.CreateView create, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    for (ViewDef view : catalog.views()) {
      if (view.schema().equalsIgnoreCase(create.schema())
          && view.name().equalsIgnoreCase(create.name())) {
        if (!create.orReplace()) {
          throw exists("view", create.name());
        }
        transaction.catalog().dropView(view.id());
      }
    }
    transaction
        .catalog()
        .createView(
            new ViewDef(
                transaction.catalog().nextId(),
                create.schema(),
                create.name(),
                create.language(),
                create.text()));
  }

  private static void dropView(Statement.DropView drop, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    for (ViewDef view : catalog.views()) {
      if (view.schema().equalsIgnoreCase(drop.schema())
          && view.name().equalsIgnoreCase(drop.name())) {
        transaction.catalog().dropView(view.id());
        return;
      }
    }
    catalog
        .table(drop.schema(), drop.name())
        .ifPresent(table -> MaterializedViews.checkTable(table, catalog));
    if (!drop.ifExists()) {
      throw Errors.unknownTable(
          null, drop.name(), catalog.views().stream().map(ViewDef::name).toList());
    }
  }

  /// The insert that fills a new table with the rows of a query.
  static Statement.Query insertInto(
      TableDef table, LogicalNode.Output output, int tableId, ColumnAllocator columns) {
    Map<Integer, Column> values = new TreeMap<>();
    for (int c = 0; c < output.columns().size(); c++) {
      values.put(table.columns().get(c).id(), output.columns().get(c).column());
    }
    Column count = columns.column("count", Type.INT64, false);
    LogicalNode insert =
        new LogicalNode.TableModify(
            LogicalNode.TableVerb.INSERT,
            tableId,
            table.name(),
            output.input(),
            null,
            values,
            count);
    LogicalNode plan =
        new LogicalNode.Output(insert, List.of(new LogicalNode.OutputColumn(count, "count")));
    return new Statement.Query(plan, Mode.RUN, ResultForm.NONE);
  }
}
