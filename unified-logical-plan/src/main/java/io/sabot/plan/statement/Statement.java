package io.sabot.plan.statement;

import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.MaterializedViewDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bound statement of any language.
public sealed interface Statement {
  /// What to do with a plan.
  enum Mode {
    RUN,
    EXPLAIN,
    PROFILE
  }

  /// What the rows of a plan are to the user.
  enum ResultForm {
    /// A table of results.
    ROWS,
    /// One row with one boolean (SPARQL ASK).
    BOOLEAN,
    /// Triples in columns subject, predicate and object (CONSTRUCT, DESCRIBE).
    TRIPLES,
    /// No rows: an update that returns nothing.
    NONE
  }

  /// How a plan is shown.
  ///
  /// @param phase the only one to show; empty for all
  record PlanForm(String phase, boolean asJson) {
    public static final PlanForm TEXT = new PlanForm("", false);
  }

  /// @param entitiesAsIris whether results show entities by IRI, as RDF does
  /// @param planForm how EXPLAIN and PROFILE show the plan
  record Query(
      LogicalNode plan, Mode mode, ResultForm form, boolean entitiesAsIris, PlanForm planForm)
      implements Statement {
    public Query(LogicalNode plan, Mode mode, ResultForm form) {
      this(plan, mode, form, false);
    }

    public Query(LogicalNode plan, Mode mode, ResultForm form, boolean entitiesAsIris) {
      this(plan, mode, form, entitiesAsIris, PlanForm.TEXT);
    }
  }

  /// Several statements of one text, run one after the other (SQL scripts, SPARQL update requests
  /// run as one).
  record Script(List<Statement> statements) implements Statement {
    public Script {
      statements = List.copyOf(statements);
    }
  }

  /// A query that commits as it goes: the stages one after the other, then `last`.
  record InTransactions(List<Stage> stages, Query last) implements Statement {
    public InTransactions {
      stages = List.copyOf(stages);
    }
  }

  /// Rows, and what is done with them, some at a time, each lot in a transaction of its own.
  ///
  /// @param rows an `Output` of the rows
  /// @param body an `Output` of the same columns, first, and of what the body adds; it reads its
  ///   rows from the parameter `input`, a list of lists
  /// @param size how many rows at a time: a constant or a parameter
  /// @param reportsStatus whether each row gets one more column that says how it went
  /// @param output the parameter from which what comes next reads the rows of the body
  record Stage(
      LogicalNode.Output rows,
      LogicalNode.Output body,
      Expr size,
      OnError onError,
      boolean reportsStatus,
      String input,
      String output) {}

  /// What happens when a transaction of a stage fails.
  enum OnError {
    /// The statement fails; what is committed stays.
    FAIL,
    /// The rows stay without results, and the next lot is taken.
    CONTINUE,
    /// All rows from there on stay without results.
    BREAK
  }

  // ---- commands

  /// The table's id and the ids in it are those the front-end chose: columns count from 1, the
  /// table id is 0 and is given by the store.
  ///
  /// @param sequences of identity columns; each has the id of its column, and so has the column's
  ///   value
  record CreateTable(TableDef table, List<SequenceDef> sequences, boolean ifNotExists)
      implements Statement {
    public CreateTable {
      sequences = List.copyOf(sequences);
    }
  }

  /// @param before the definition that was changed
  /// @param sequences of new identity columns, as in {@link CreateTable}
  /// @param droppedSequences ids of sequences that go with their column
  /// @param filled the id of a new column that existing rows get a value for; 0 for none
  record AlterTable(
      TableDef before,
      TableDef after,
      List<SequenceDef> sequences,
      List<Integer> droppedSequences,
      int filled)
      implements Statement {
    public AlterTable {
      sequences = List.copyOf(sequences);
      droppedSequences = List.copyOf(droppedSequences);
    }

    public AlterTable(TableDef before, TableDef after) {
      this(before, after, List.of(), List.of(), 0);
    }
  }

  /// Another type for a column: its values go into a new column, which then takes its place.
  ///
  /// @param before the definition that was changed
  /// @param filled with the new column, generated from the others
  /// @param after with the new column in the place of the old one
  /// @param place where the statement names the type, for values that have none of it
  record AlterColumnType(
      TableDef before,
      TableDef filled,
      TableDef after,
      int oldColumn,
      int newColumn,
      SourceSpan place)
      implements Statement {}

  /// The sequence's id is given by the store.
  record CreateSequence(SequenceDef sequence, boolean ifNotExists) implements Statement {}

  record DropSequence(String schema, String name, boolean ifExists) implements Statement {}

  /// @param about a name that {@link io.sabot.plan.catalog.Comments} gives
  /// @param text null to take a comment back
  record Comment(String about, @Nullable String text) implements Statement {}

  /// `CREATE TABLE ... AS query`: columns as in `table`, rows from the plan's output in order.
  record CreateTableAs(TableDef table, LogicalNode plan, boolean ifNotExists)
      implements Statement {}

  record DropTable(String schema, String name, boolean ifExists) implements Statement {}

  record CreateSchema(String name, boolean ifNotExists) implements Statement {}

  record DropSchema(String name, boolean ifExists) implements Statement {}

  record CreateView(String schema, String name, String language, String text, boolean orReplace)
      implements Statement {}

  record DropView(String schema, String name, boolean ifExists) implements Statement {}

  /// @param table of the rows, as in {@link CreateTableAs}
  /// @param language of `query`
  /// @param plan of the query: its output columns are those of the table, in order
  /// @param isPopulated whether its rows are there at once
  record CreateMaterializedView(
      TableDef table,
      String language,
      String query,
      LogicalNode.Output plan,
      boolean isPopulated,
      boolean orReplace)
      implements Statement {}

  /// @param change takes out the rows that are there and puts in those of now
  /// @param isPopulated what the view is then
  record RefreshMaterializedView(
      MaterializedViewDef view, LogicalNode.Output change, boolean isPopulated)
      implements Statement {}

  record DropMaterializedView(String schema, String name, boolean ifExists) implements Statement {}

  /// The graph's id and the templates of its elements are given by the store.
  record CreatePropertyGraph(PropertyGraphDef graph, boolean ifNotExists, boolean orReplace)
      implements Statement {}

  record DropPropertyGraph(String schema, String name, boolean ifExists) implements Statement {}

  /// The function's id is given by the store.
  record CreateFunction(FunctionDef function, boolean orReplace) implements Statement {}

  record DropFunction(String schema, String name, boolean ifExists) implements Statement {}

  /// A mapping of tables to RDF.
  ///
  /// @param document R2RML in Turtle
  record CreateRdfMapping(String name, String document, boolean orReplace) implements Statement {}

  record DropRdfMapping(String name, boolean ifExists) implements Statement {}

  /// @param name null for one made of what the index is over
  record CreateIndex(@Nullable String name, IndexTarget target, boolean unique, boolean ifNotExists)
      implements Statement {}

  record DropIndex(String name, boolean ifExists) implements Statement {}

  /// A constraint of the native graph.
  ///
  /// @param name null for one made of what the constraint is about
  record CreateConstraint(
      @Nullable String name, IndexTarget target, GraphConstraint.Kind kind, boolean ifNotExists)
      implements Statement {}

  record DropConstraint(String name, boolean ifExists) implements Statement {}

  record AddCheck(int tableId, CheckDef check) implements Statement {}

  /// Drops a CHECK, a foreign key or a unique index of a table, by name.
  record DropTableConstraint(int tableId, String name, boolean ifExists) implements Statement {}

  /// Counts what the optimizer estimates by.
  ///
  /// @param tableId null for all tables
  record Analyze(@Nullable Integer tableId) implements Statement {}

  enum TransactionVerb {
    BEGIN,
    COMMIT,
    ROLLBACK
  }

  /// How much a transaction sees of others.
  enum Level {
    SNAPSHOT,
    SERIALIZABLE
  }

  /// @param level of a BEGIN; null for that of the session
  /// @param readOnly of a BEGIN: whether statements that write are refused
  record TransactionControl(TransactionVerb verb, @Nullable Level level, boolean readOnly)
      implements Statement {}

  enum SavepointVerb {
    SET,
    ROLLBACK_TO,
    RELEASE
  }

  record SavepointControl(SavepointVerb verb, String name) implements Statement {}

  /// Gives a statement a name in the session.
  record Prepare(String name, String text) implements Statement {}

  /// Runs a statement that has a name.
  ///
  /// @param arguments one row with the values of the parameters 1, 2, ...; null for none
  record Execute(String name, LogicalNode.@Nullable Output arguments) implements Statement {}

  /// @param name null for all
  record Deallocate(@Nullable String name) implements Statement {}

  /// Writes the rows of a query into a file below the folder of the session.
  ///
  /// @param format `csv`, `jsonl`, `parquet` or `arrow`
  record CopyTo(LogicalNode.Output rows, String file, String format) implements Statement {}

  /// Reads a file below the folder of the session into a table; what it holds is in its ending.
  record CopyFrom(int tableId, String file) implements Statement {}

  /// What a setting of the session is.
  record ShowOption(String name) implements Statement {}

  /// A setting of the session.
  record SetOption(String name, String value) implements Statement {}
}
