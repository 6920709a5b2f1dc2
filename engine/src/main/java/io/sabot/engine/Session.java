package io.sabot.engine;

import io.sabot.engine.io.CopyFiles;
import io.sabot.engine.io.CsvRows;
import io.sabot.exec.run.QueryRun;
import io.sabot.optimizer.OptimizerSettings;
import io.sabot.parser.cypher.CypherFrontEnd;
import io.sabot.parser.sql.SqlFrontEnd;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.UnknownName;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.Isolation;
import io.sabot.store.Savepoint;
import io.sabot.store.Snapshot;
import io.sabot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A conversation with a database: at most one open transaction, and settings of its own. Confined
/// to one thread at a time.
public final class Session implements AutoCloseable {
  private final Sabot database;
  private Options options;
  private @Nullable Transaction transaction;
  private Instant begun = Instant.EPOCH;

  /// Of the open transaction, oldest first.
  private final Map<String, Savepoint> savepoints = new LinkedHashMap<>();

  /// What this session got last of each sequence.
  private final Map<Integer, Long> numbers = new ConcurrentHashMap<>();

  private final PreparedTexts prepared = new PreparedTexts();
  private boolean readOnly;
  private boolean readOnlyTransaction;

  /// The run of the last query, which may be over.
  private volatile @Nullable QueryRun running;

  Session(Sabot database, Options options) {
    this.database = database;
    this.options = options;
  }

  /// Runs one text: one statement, or a script of several; the result is that of the last.
  public Result run(Language language, String text, Map<String, ?> parameters) {
    Map<String, Value> values = values(parameters);
    try {
      if (language == Language.SQL) {
        return runScript(text, values);
      }
      return bindAndRun(language, text, values);
    } catch (StackOverflowError tooDeep) {
      throw new QueryException(
          ErrorCode.SYNTAX_ERROR, null, "the query is nested too deeply", "make it smaller");
    }
  }

  public Result run(Language language, String text) {
    return run(language, text, Map.of());
  }

  /// Parses, binds and checks a text without running it; throws what is wrong with it.
  public void check(Language language, String text, Map<String, ?> parameters) {
    try (View view = view()) {
      FrontEnds.bind(
          language, text, catalog(view.snapshot()), new ColumnAllocator(), values(parameters));
    }
  }

  /// The columns that a statement would give; none for one that gives no rows.
  public record Description(List<String> columns, List<Type> types) {
    public Description {
      columns = List.copyOf(columns);
      types = List.copyOf(types);
    }
  }

  /// Binds a statement without running it and tells the columns of its result.
  public Description describe(Language language, String text, Map<String, ?> parameters) {
    try (View view = view()) {
      Statement statement =
          FrontEnds.bind(
              language, text, catalog(view.snapshot()), new ColumnAllocator(), values(parameters));
      boolean hasRows =
          statement instanceof Statement.Query query && query.form() != Statement.ResultForm.NONE;
      if (hasRows
          && statement instanceof Statement.Query query
          && query.plan() instanceof LogicalNode.Output(_, var outputs)) {
        return new Description(
            outputs.stream().map(LogicalNode.OutputColumn::name).toList(),
            outputs.stream().map(output -> output.column().type()).toList());
      }
      return new Description(List.of(), List.of());
    }
  }

  /// The statements of a SQL script, each padded so that positions in it are positions in the
  /// whole; a text in another language is one statement.
  public static List<String> statements(Language language, String text) {
    List<String> parts = language == Language.SQL ? SqlFrontEnd.split(text) : List.of(text);
    return parts.isEmpty() ? List.of(text) : parts;
  }

  /// Binds each statement of a script after those before it have run: it may use what they define.
  private Result runScript(String text, Map<String, Value> values) {
    List<String> parts = SqlFrontEnd.split(text);
    if (parts.size() <= 1) {
      return bindAndRun(Language.SQL, text, values);
    }
    Result last = Rows.none();
    for (String part : parts) {
      last.close();
      last = bindAndRun(Language.SQL, part, values);
    }
    return last;
  }

  private Result bindAndRun(Language language, String text, Map<String, Value> values) {
    if (transaction == null) {
      Result known = again(language, text, values);
      if (known != null) {
        return known;
      }
    }
    ColumnAllocator columns = new ColumnAllocator();
    Statement statement;
    PlanCache.Key key = null;
    try (View view = view()) {
      if (transaction == null) {
        key = planKey(language, text, values, view.snapshot());
      }
      statement = FrontEnds.bind(language, text, catalog(view.snapshot()), columns, values);
    }
    if (readOnly || (transaction != null && readOnlyTransaction)) {
      Writes.refuse(statement);
    }
    return statement instanceof Statement.Query query
        ? runner().run(query, columns, values, transaction, this::catalog, key)
        : execute(statement, columns, values);
  }

  private PlanCache.Key planKey(
      Language language, String text, Map<String, Value> values, Snapshot snapshot) {
    return new PlanCache.Key(
        language,
        text,
        PlanCache.known(language, text, values),
        snapshot.version(),
        database.planning(options),
        options.entailment());
  }

  /// Runs a text whose plan is known; null when it is not.
  private @Nullable Result again(Language language, String text, Map<String, Value> values) {
    Snapshot snapshot = database.store().snapshot();
    PlanCache.Planned known = database.plans().find(planKey(language, text, values, snapshot));
    if (known == null) {
      snapshot.close();
      return null;
    }
    return runner().again(known, values, snapshot, this::catalog);
  }

  private Result execute(Statement statement, ColumnAllocator columns, Map<String, Value> values) {
    return switch (statement) {
      case Statement.Query query -> runQuery(query, columns, values);
      case Statement.Script(var statements) -> {
        Result last = Rows.none();
        for (Statement part : statements) {
          last.close();
          last = execute(part, columns, values);
        }
        yield last;
      }
      case Statement.TransactionControl(var verb, var level, boolean onlyReads) -> {
        switch (verb) {
          case BEGIN -> begin(isolation(level), onlyReads);
          case COMMIT -> commit();
          case ROLLBACK -> rollback();
        }
        yield Rows.none();
      }
      case Statement.SavepointControl(var verb, var name) -> savepoint(verb, name);
      case Statement.Prepare _, Statement.Execute _, Statement.Deallocate _ ->
          prepared(statement, columns, values);
      case Statement.CopyTo copy -> copyTo(copy, columns, values);
      case Statement.CopyFrom copy -> wholly(() -> copyFrom(copy));
      case Statement.ShowOption(var name) -> Settings.show(options, name);
      case Statement.SetOption(var name, var value) -> {
        options = Settings.apply(options, name, value);
        yield Rows.none();
      }
      case Statement.InTransactions staged -> {
        checkNoTransaction();
        yield new StagedQuery((query, more) -> runQuery(query, columns, more), values).run(staged);
      }
      case Statement.Analyze(var tableId) -> analyze(tableId);
      case Statement.CreateTableAs create -> createTableAs(create, columns, values);
      case Statement.CreateMaterializedView create ->
          wholly(() -> createView(create, columns, values));
      case Statement.RefreshMaterializedView refresh ->
          wholly(() -> refreshView(refresh, columns, values));
      case Statement.AlterTable alter -> wholly(() -> alterTable(alter));
      case Statement.AlterColumnType change -> alterColumnType(change);
      case Statement.CreateTable _,
          Statement.DropTable _,
          Statement.CreateSchema _,
          Statement.DropSchema _,
          Statement.CreateView _,
          Statement.DropView _,
          Statement.DropMaterializedView _,
          Statement.CreatePropertyGraph _,
          Statement.DropPropertyGraph _,
          Statement.AddCheck _,
          Statement.DropTableConstraint _,
          Statement.CreateIndex _,
          Statement.DropIndex _,
          Statement.CreateConstraint _,
          Statement.DropConstraint _,
          Statement.CreateSequence _,
          Statement.DropSequence _,
          Statement.CreateFunction _,
          Statement.DropFunction _,
          Statement.CreateRdfMapping _,
          Statement.DropRdfMapping _,
          Statement.Comment _ -> {
        write(tx -> Definitions.apply(statement, tx));
        yield Rows.none();
      }
    };
  }

  private Result analyze(@Nullable Integer tableId) {
    database.store().analyze(tableId == null ? List.of() : List.of(tableId));
    database.plans().clear();
    return Rows.none();
  }

  private Result createTableAs(
      Statement.CreateTableAs create, ColumnAllocator columns, Map<String, Value> values) {
    return wholly(() -> {
      int tableId =
          Definitions.createTable(create.table(), List.of(), create.ifNotExists(), current());
      if (tableId == 0) {
        return Rows.none();
      }
      LogicalNode.Output plan = (LogicalNode.Output) create.plan();
      return runQuery(
          Definitions.insertInto(create.table(), plan, tableId, columns), columns, values);
    });
  }

  private Result createView(
      Statement.CreateMaterializedView create, ColumnAllocator columns, Map<String, Value> values) {
    Transaction into = current();
    int tableId = MaterializedViews.create(create, catalog(into.view()), columns, into);
    return create.isPopulated()
        ? runQuery(
            Definitions.insertInto(create.table(), create.plan(), tableId, columns),
            columns,
            values)
        : Rows.none();
  }

  private Result refreshView(
      Statement.RefreshMaterializedView refresh,
      ColumnAllocator columns,
      Map<String, Value> values) {
    MaterializedViews.checkSame(refresh.view(), current());
    Statement.Query change =
        new Statement.Query(refresh.change(), Statement.Mode.RUN, Statement.ResultForm.NONE);
    runQuery(change, columns, values).close();
    MaterializedViews.setPopulated(refresh.view(), refresh.isPopulated(), current());
    return Rows.none();
  }

  /// Adds what changes and fills a column that is new.
  private Result alterTable(Statement.AlterTable alter) {
    RdfMappingDefinitions.checkChange(alter, current());
    TableAlteration alteration = new TableAlteration(alter, current());
    String fill = alteration.apply();
    if (!fill.isEmpty()) {
      bindAndRun(Language.SQL, fill, Map.of()).close();
      alteration.complete();
    }
    return Rows.none();
  }

  /// A change that fails takes back the whole transaction: there is no way back to before the
  /// definition changed.
  private Result alterColumnType(Statement.AlterColumnType change) {
    boolean wasOpen = inTransaction();
    try {
      return wholly(() -> {
        RdfMappingDefinitions.checkChange(
            new Statement.AlterTable(change.before(), change.after()), current());
        ColumnTypeChange steps = new ColumnTypeChange(change, current());
        bindAndRun(Language.SQL, steps.add(), Map.of()).close();
        steps.complete();
        return Rows.none();
      });
    } catch (QueryException failed) {
      if (wasOpen) {
        rollback();
      }
      String hint = wasOpen ? "the transaction is rolled back" : failed.hint();
      throw new QueryException(
          failed.code(), change.place(), failed.message(), hint, failed.detail(), failed);
    }
  }

  private void checkNoTransaction() {
    if (transaction != null) {
      throw new QueryException(
          ErrorCode.TRANSACTION_STATE,
          null,
          "IN TRANSACTIONS commits as it goes, and a transaction is open",
          "commit or roll back first");
    }
  }

  private Result copyTo(Statement.CopyTo copy, ColumnAllocator columns, Map<String, Value> values) {
    Statement.Query query =
        new Statement.Query(copy.rows(), Statement.Mode.RUN, Statement.ResultForm.ROWS);
    try (Result result = runQuery(query, columns, values)) {
      CopyFiles files = new CopyFiles(options.access());
      return Rows.count(files.write(result, copy.file(), copy.format()));
    }
  }

  private Result copyFrom(Statement.CopyFrom copy) {
    Transaction into = current();
    TableDef table =
        into.view()
            .catalog()
            .table(copy.tableId())
            .orElseThrow(() -> Errors.conflict("the table that COPY reads into"));
    Savepoint before = into.savepoint();
    try {
      return Rows.count(new CopyFiles(options.access()).read(copy.file(), table, into));
    } catch (RuntimeException failed) {
      into.rollbackTo(before);
      throw failed;
    }
  }

  private Result savepoint(Statement.SavepointVerb verb, String name) {
    switch (verb) {
      case SET -> savepoint(name);
      case ROLLBACK_TO -> rollbackTo(name);
      case RELEASE -> release(name);
    }
    return Rows.none();
  }

  private Isolation isolation(Statement.@Nullable Level level) {
    return switch (level) {
      case SNAPSHOT -> Isolation.SNAPSHOT;
      case SERIALIZABLE -> Isolation.SERIALIZABLE;
      case null -> options.isolation();
    };
  }

  private Result prepared(Statement statement, ColumnAllocator columns, Map<String, Value> values) {
    switch (statement) {
      case Statement.Prepare(var name, var text) -> prepared.put(name, text);
      case Statement.Deallocate(var name) -> {
        if (name == null) {
          prepared.clear();
        } else {
          prepared.take(name);
        }
      }
      case Statement.Execute(var name, var arguments) -> {
        String text = prepared.text(name);
        Map<String, Value> all = new LinkedHashMap<>(values);
        if (arguments != null) {
          Statement.Query query =
              new Statement.Query(arguments, Statement.Mode.RUN, Statement.ResultForm.ROWS);
          try (Result row = runQuery(query, columns, values)) {
            PreparedTexts.bind(row.next(), all);
          }
        }
        return bindAndRun(Language.SQL, text, Collections.unmodifiableMap(all));
      }
      default -> throw new IllegalArgumentException("not about a prepared statement: " + statement);
    }
    return Rows.none();
  }

  /// Several steps in the open transaction, or in one of their own.
  private Result wholly(Supplier<Result> steps) {
    boolean own = transaction == null;
    if (own) {
      begin();
    }
    try {
      Result result = steps.get();
      if (own) {
        commit();
      }
      return result;
    } catch (RuntimeException failed) {
      if (own) {
        rollback();
      }
      throw failed;
    }
  }

  private Result runQuery(
      Statement.Query query, ColumnAllocator columns, Map<String, Value> values) {
    return runner().run(query, columns, values, transaction, this::catalog, null);
  }

  private QueryRunner runner() {
    return new QueryRunner(
        database, options, transaction == null ? null : begun, run -> running = run, numbers);
  }

  /// The plan of a statement in every phase, as text.
  public String explain(Language language, String text, Map<String, ?> parameters) {
    Map<String, Value> values = values(parameters);
    ColumnAllocator columns = new ColumnAllocator();
    try (View view = view()) {
      Catalog catalog = catalog(view.snapshot());
      Statement statement = FrontEnds.bind(language, text, catalog, columns, values);
      if (statement instanceof Statement.Query query) {
        return Explain.phases(query.plan(), query.planForm(), catalog, optimizer(options), columns);
      }
      return statement.getClass().getSimpleName() + " has no plan";
    }
  }

  /// The plan before anything is costed, the same text for the same question in any language.
  public String normalisedPlan(Language language, String text, Map<String, ?> parameters) {
    ColumnAllocator columns = new ColumnAllocator();
    try (View view = view()) {
      Catalog catalog = catalog(view.snapshot());
      return FrontEnds.bind(language, text, catalog, columns, values(parameters))
              instanceof Statement.Query query
          ? Explain.normalised(query.plan(), catalog, optimizer(options), columns)
          : "";
    }
  }

  /// Runs a query and returns, instead of its rows, the plan with rows and time of each operator.
  public Result profile(Language language, String text, Map<String, ?> parameters) {
    Map<String, Value> values = values(parameters);
    ColumnAllocator columns = new ColumnAllocator();
    Statement statement;
    try (View view = view()) {
      statement = FrontEnds.bind(language, text, catalog(view.snapshot()), columns, values);
    }
    if (readOnly || (transaction != null && readOnlyTransaction)) {
      Writes.refuse(statement);
    }
    return statement instanceof Statement.Query query
        ? runQuery(
            new Statement.Query(
                query.plan(), Statement.Mode.PROFILE, query.form(), query.entitiesAsIris()),
            columns,
            values)
        : execute(statement, columns, values);
  }

  /// The labels and relationship types that a Cypher query asks for and that nothing has; nothing
  /// for the other languages, where an unknown name is an error.
  public List<UnknownName> unknownNames(Language language, String text) {
    return language == Language.CYPHER ? CypherFrontEnd.unknownNames(text, catalog()) : List.of();
  }

  static OptimizerSettings optimizer(Options options) {
    return options.optimizer() ? OptimizerSettings.DEFAULT : OptimizerSettings.DISABLED;
  }

  /// Starts a transaction that lasts until {@link #commit} or {@link #rollback}.
  public void begin() {
    begin(options.isolation());
  }

  public void begin(Isolation isolation) {
    if (transaction != null) {
      throw new QueryException(
          ErrorCode.TRANSACTION_STATE, null, "a transaction is open already", "commit it first");
    }
    transaction = database.store().begin(isolation);
    readOnlyTransaction = false;
    begun = Instant.now();
    savepoints.clear();
  }

  private void begin(Isolation isolation, boolean onlyReads) {
    begin(isolation);
    readOnlyTransaction = onlyReads;
  }

  /// Marks a point of the open transaction by name; the same name again moves it.
  public void savepoint(String name) {
    Savepoint point = current().savepoint();
    savepoints.remove(name);
    savepoints.put(name, point);
  }

  /// Undoes what the open transaction did since a savepoint; later savepoints are gone.
  public void rollbackTo(String name) {
    current().rollbackTo(savepointsAfter(name, true));
  }

  /// Forgets a savepoint and those after it; what was done since stays.
  public void release(String name) {
    savepointsAfter(name, false);
  }

  /// Removes the savepoints after one and, unless it is kept, that one too.
  private Savepoint savepointsAfter(String name, boolean isKept) {
    current();
    Savepoint point = savepoints.get(name);
    if (point == null) {
      throw new QueryException(
          ErrorCode.TRANSACTION_STATE,
          null,
          "there is no savepoint '" + name + "'",
          savepoints.isEmpty() ? "" : "savepoints are " + String.join(", ", savepoints.keySet()));
    }
    boolean isAfter = false;
    for (String other : List.copyOf(savepoints.keySet())) {
      boolean isIt = other.equals(name);
      if (isAfter || (isIt && !isKept)) {
        savepoints.remove(other);
      }
      isAfter |= isIt;
    }
    return point;
  }

  /// Makes the transaction's writes durable and visible. On a conflict the transaction is over and
  /// left no trace: run it again.
  public void commit() {
    Transaction current = current();
    transaction = null;
    current.commit();
  }

  public void rollback() {
    Transaction current = current();
    transaction = null;
    current.rollback();
  }

  public boolean inTransaction() {
    return transaction != null;
  }

  private Transaction current() {
    Transaction current = transaction;
    if (current == null) {
      throw new QueryException(
          ErrorCode.TRANSACTION_STATE, null, "no transaction is open", "start one with BEGIN");
    }
    return current;
  }

  /// Runs a change in the open transaction, or in one of its own.
  void write(java.util.function.Consumer<Transaction> change) {
    if (transaction != null) {
      change.accept(transaction);
      return;
    }
    try (Transaction own = database.store().begin(options.isolation())) {
      change.accept(own);
      own.commit();
    }
  }

  /// Stops the query that runs now or whose result is being read, if there is one. May be called by
  /// any thread.
  public void cancel() {
    QueryRun run = running;
    if (run != null) {
      run.cancel();
    }
  }

  public Options options() {
    return options;
  }

  public void setOptions(Options newOptions) {
    options = newOptions;
  }

  /// Whether statements that change anything are refused from now on.
  public void setReadOnly(boolean on) {
    readOnly = on;
  }

  public void setTimeout(Duration timeout) {
    options = options.withTimeout(timeout);
  }

  /// Names and statistics as this session sees them.
  public Catalog catalog() {
    try (View view = view()) {
      return catalog(view.snapshot());
    }
  }

  private Catalog catalog(Snapshot snapshot) {
    List<ProcedureDef> procedures = new ArrayList<>(List.of(CsvRows.PROCEDURE));
    database.procedures().values().forEach(p -> procedures.add(p.definition()));
    return new SessionCatalog(
        snapshot.catalog(),
        database.rdfMappings(),
        procedures,
        List.copyOf(database.functions().values()),
        options.access(),
        options.entailment());
  }

  /// What this session reads at the moment; only a snapshot taken for it is closed again.
  private record View(Snapshot snapshot, boolean own) implements AutoCloseable {
    @Override
    public void close() {
      if (own) {
        snapshot.close();
      }
    }
  }

  private View view() {
    return transaction != null
        ? new View(transaction.view(), false)
        : new View(database.store().snapshot(), true);
  }

  private static Map<String, Value> values(Map<String, ?> parameters) {
    Map<String, Value> values = new LinkedHashMap<>();
    parameters.forEach((name, object) -> values.put(name, JavaValues.toValue(object)));
    return Collections.unmodifiableMap(values);
  }

  @Override
  public void close() {
    if (transaction != null) {
      Transaction open = transaction;
      transaction = null;
      open.rollback();
    }
  }

  static QueryException internal(Throwable cause) {
    return Errors.internal("internal error: " + cause, cause);
  }
}
