package io.sabot.engine;

import io.sabot.exec.operator.OperatorBuilder;
import io.sabot.exec.run.Workers;
import io.sabot.exec.spill.SpillArea;
import io.sabot.exec.spill.SpillFiles;
import io.sabot.graph.GraphOperators;
import io.sabot.optimizer.OptimizerSettings;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.UserFunction;
import io.sabot.store.Isolation;
import io.sabot.store.Snapshot;
import io.sabot.store.Store;
import io.sabot.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/// A database: one store, asked in SQL, openCypher and SPARQL.
///
/// Thread-safe: any number of threads may open sessions and run queries. A {@link Session} belongs
/// to one thread at a time.
///
/// ```
/// try (Sabot db = Sabot.open(Path.of("data"));
///     Result result = db.cypher("MATCH (p:Person) RETURN p.name")) {
///   result.forEachRemaining(row -> System.out.println(row.get(0)));
/// }
/// ```
public final class Sabot implements AutoCloseable {
  /// How often {@link #transact} tries.
  public static final int ATTEMPTS = 100;

  private final Store store;
  private final Options options;
  private final Workers workers;
  private final BufferAllocator allocator;
  private final OperatorBuilder operators = new OperatorBuilder(new GraphOperators());
  private final Map<String, RegisteredProcedure> procedures = new ConcurrentHashMap<>();
  private final Map<String, UserFunction> functions = new ConcurrentHashMap<>();
  private final PlanCache plans = new PlanCache();
  private final RdfMappings rdfMappings = new RdfMappings();
  private final Path spillDirectory;
  private final Map<Path, SpillArea> spillAreas = new ConcurrentHashMap<>();
  private boolean unfenced;
  private volatile boolean closed;

  /// @param spillDirectory of queries that name no other
  private Sabot(Store store, Options options, Path spillDirectory) {
    this.store = store;
    this.options = options;
    this.spillDirectory = spillDirectory;
    SpillArea.clean(spillDirectory);
    this.workers = new Workers(options.threads());
    this.allocator = new RootAllocator();
    store.checkRowsWith(new RowConditions(this));
    BuiltInProcedures.register(this);
  }

  /// Opens or creates the database in a directory. Fails when another process has it open.
  public static Sabot open(Path directory) {
    return open(directory, Options.defaults());
  }

  public static Sabot open(Path directory, Options options) {
    return new Sabot(
        Store.open(directory, StoreOptions.defaults().withDurable(options.durable())),
        options,
        directory.resolve("spill"));
  }

  /// A database in a temporary directory that is removed on close.
  public static Sabot inMemory() {
    return inMemory(Options.defaults());
  }

  public static Sabot inMemory(Options options) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return new Sabot(Store.inMemory(), options, temporary.resolve("sabot-spill"));
  }

  public Session session() {
    return new Session(this, options);
  }

  /// Runs one statement in a transaction of its own.
  public Result sql(String text) {
    return sql(text, Map.of());
  }

  public Result sql(String text, Map<String, ?> parameters) {
    return session().run(Language.SQL, text, parameters);
  }

  public Result cypher(String text) {
    return cypher(text, Map.of());
  }

  public Result cypher(String text, Map<String, ?> parameters) {
    return session().run(Language.CYPHER, text, parameters);
  }

  public Result sparql(String text) {
    return sparql(text, Map.of());
  }

  public Result sparql(String text, Map<String, ?> parameters) {
    return session().run(Language.SPARQL, text, parameters);
  }

  /// A session inside a new transaction; end it with {@link Session#commit} or {@link
  /// Session#rollback}. Closing it rolls back.
  public Session begin() {
    Session session = session();
    session.begin();
    return session;
  }

  /// Runs `work` in a transaction and commits it, again from the start when another transaction was
  /// first, at most {@link #ATTEMPTS} times. So `work` must do nothing but use the session, or be
  /// fit to be repeated.
  public <T> T transact(Function<Session, T> work) {
    return transact(options.isolation(), work);
  }

  public <T> T transact(Isolation isolation, Function<Session, T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Session session = session()) {
        session.begin(isolation);
        T result = work.apply(session);
        if (session.inTransaction()) {
          session.commit();
        }
        return result;
      } catch (QueryException failed) {
        if (failed.code().category() != ErrorCode.Category.RETRY || attempt == ATTEMPTS) {
          throw failed;
        }
        pause(attempt);
      }
    }
  }

  /// Longer after each attempt, and never the same for two who met.
  private static void pause(int attempt) {
    long bound = 200_000L << Math.min(attempt, 8);
    long seed = 31 * Thread.currentThread().threadId() + attempt;
    LockSupport.parkNanos(new SplittableRandom(seed).nextLong(bound));
  }

  /// What a plan looks like before it runs, as text.
  public String explain(Language language, String text) {
    return session().explain(language, text, Map.of());
  }

  /// Names and statistics as they are now.
  public Catalog catalog() {
    try (Snapshot snapshot = store().snapshot()) {
      return snapshot.catalog();
    }
  }

  /// Makes a procedure callable from Cypher.
  public void register(ProcedureDef definition, RegisteredProcedure.Body body) {
    procedures.put(definition.name(), new RegisteredProcedure(definition, body));
    plans.clear();
  }

  /// Makes a function in Java callable from every language, until the database is closed. One of
  /// the same name is replaced.
  public void register(JavaFunction function) {
    switch (function) {
      case JavaFunction.Scalar scalar -> functions.put(key(scalar), JavaFunctions.scalar(scalar));
      case JavaFunction.Batch batch -> functions.put(key(batch), JavaFunctions.batch(batch));
      case JavaFunction.Aggregate aggregate ->
          functions.put(key(aggregate), JavaFunctions.aggregate(aggregate));
      case JavaFunction.Table table -> {
        RegisteredProcedure procedure = JavaFunctions.table(table);
        procedures.put(table.name(), procedure);
      }
    }
    plans.clear();
  }

  private static String key(JavaFunction function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  /// Takes a function back; does nothing when there is none of that name.
  public void unregisterFunction(String name) {
    functions.remove(name.toLowerCase(Locale.ROOT));
    procedures.remove(name);
    plans.clear();
  }

  /// Takes a procedure back; does nothing when there is none of that name.
  public void unregister(String name) {
    procedures.remove(name);
    plans.clear();
  }

  public Options options() {
    return options;
  }

  /// Copies the database as it is now into a directory that does not exist; others go on writing.
  public void backup(Path target) {
    store().backup(target);
  }

  /// Copies a backup into a directory that does not exist, comparing every checksum.
  public static void restore(Path backup, Path target) {
    Store.restore(backup, target);
  }

  /// Reads everything that is stored and compares what must agree; returns what is wrong, in words.
  ///
  /// @param progress is told what is read next
  public List<String> check(Consumer<String> progress) {
    return store().check(progress);
  }

  /// Sizes, delta and dictionary as a table for a person.
  public String storageReport() {
    return StorageReport.of(store().stats());
  }

  /// The store underneath, for bulk import and tools.
  public Store store() {
    if (closed) {
      throw new QueryException(ErrorCode.CLOSED, null, "the database is closed", "");
    }
    return store;
  }

  OptimizerSettings planning(Options of) {
    OptimizerSettings settings = Session.optimizer(of);
    return unfenced ? settings.unfenced() : settings;
  }

  /// Plans without the fences around updates, for the test that shows what they are for.
  void planWithoutFences() {
    unfenced = true;
  }

  RdfMappings rdfMappings() {
    return rdfMappings;
  }

  /// For one query; nothing is made before it spills.
  SpillFiles spillFiles(Spilling spilling) {
    Path named = spilling.directory();
    Path directory = (named == null ? spillDirectory : named).toAbsolutePath();
    return new SpillFiles(
        spillAreas.computeIfAbsent(directory, SpillArea::new),
        spilling.limitBytes(),
        spilling.always());
  }

  PlanCache plans() {
    return plans;
  }

  Workers workers() {
    return workers;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  OperatorBuilder operators() {
    return operators;
  }

  /// Java's functions, by name in lower case.
  Map<String, UserFunction> functions() {
    return functions;
  }

  Map<String, RegisteredProcedure> procedures() {
    return procedures;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      workers.close();
      spillAreas.values().forEach(SpillArea::close);
      store.close();
      allocator.close();
    }
  }
}
