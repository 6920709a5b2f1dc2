package io.sabot.plan.catalog;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.rdf.RdfMappingDef;
import io.sabot.plan.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything named, at one version of the store. Immutable; names compare without case for tables,
/// with case for labels, relationship types and property keys.
public interface Catalog {
  /// Grows with every change of the catalog.
  long version();

  /// All user tables, by schema and name. `main` is the schema when none is given.
  List<TableDef> tables();

  List<ViewDef> views();

  /// Views whose rows are kept, by the table that keeps them.
  default List<MaterializedViewDef> materializedViews() {
    return List.of();
  }

  /// Property graphs over tables.
  default List<PropertyGraphDef> propertyGraphs() {
    return List.of();
  }

  /// Secondary indexes, by name.
  default List<IndexDef> indexes() {
    return List.of();
  }

  /// Constraints of the native graph, by name.
  default List<GraphConstraint> constraints() {
    return List.of();
  }

  /// Sequences, by schema and name.
  default List<SequenceDef> sequences() {
    return List.of();
  }

  /// Comments, by the names that {@link Comments} gives to what they are about.
  default SortedMap<String, String> comments() {
    return Collections.emptySortedMap();
  }

  /// All schemas.
  default SortedSet<String> schemas() {
    return new TreeSet<>(List.of("main"));
  }

  /// Labels, relationship types and property keys that the native graph has ever seen.
  SortedSet<String> nodeLabels();

  SortedSet<String> edgeTypes();

  SortedSet<String> propertyKeys();

  /// Keys of properties that native nodes with a label have, or native edges of a type. May hold
  /// more.
  default SortedSet<String> propertyKeys(String label, boolean isEdge) {
    return propertyKeys();
  }

  /// Prefix (without colon) to IRI; used for printing and as defaults when a query declares none.
  SortedMap<String, String> prefixes();

  /// Under which IRI mapped rows live: `base{schema}/{table}/{column}={key}`.
  default String baseIri() {
    return "http://sabot.local/";
  }

  /// The named graph with what was inferred, which the default graph of SPARQL is merged with.
  default Optional<String> inferredGraph() {
    return Optional.empty();
  }

  /// Mappings of tables to RDF as they were given, by name.
  default List<RdfMappingDef> rdfMappings() {
    return List.of();
  }

  /// What they say, all together. The Direct Mapping of the tables they read is off.
  default RdfMapping rdfMapping() {
    return RdfMapping.NONE;
  }

  /// The plan of a query in SQL over this catalog.
  default LogicalNode.Output query(String sql, ColumnAllocator columns) {
    throw Errors.unsupported(null, "a query of SQL in this place");
  }

  /// A file as a table, as it is now.
  ///
  /// @param format as in {@link FileSource}; empty for what the ending of the name says
  /// @param options of the statement, by name
  default FileTable file(String path, String format, Map<String, String> options) {
    throw Errors.unsupported(null, "reading a file in this place");
  }

  /// Whether a triple with this predicate and object may be stored, in any graph. Unlike statistics
  /// it may decide what a query answers: false only where there is none.
  ///
  /// @param object `Value.NULL` for any
  default boolean mayHold(Value predicate, Value object) {
    return true;
  }

  /// Procedures that Cypher's CALL knows.
  default List<ProcedureDef> procedures() {
    return List.of();
  }

  /// What CREATE FUNCTION defined, by schema and name.
  default List<FunctionDef> functions() {
    return List.of();
  }

  /// All functions that users made, by name: SQL's and Java's.
  default List<UserFunction> userFunctions() {
    return List.of();
  }

  Statistics statistics();

  default @Nullable UserFunction userFunction(String name) {
    for (UserFunction function : userFunctions()) {
      if (function.name().equalsIgnoreCase(name)) {
        return function;
      }
    }
    return null;
  }

  default Optional<TableDef> table(String schema, String name) {
    return tables().stream()
        .filter(t -> t.schema().equalsIgnoreCase(schema) && t.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /// The view whose rows a table keeps.
  default Optional<MaterializedViewDef> materializedView(int tableId) {
    return materializedViews().stream().filter(view -> view.tableId() == tableId).findFirst();
  }

  /// The view of a name that may begin with its schema. A materialized one is a view of its table.
  default Optional<ViewDef> view(String name) {
    String whole = name.contains(".") ? name : "main." + name;
    Optional<ViewDef> plain =
        views().stream()
            .filter(view -> whole.equalsIgnoreCase(view.schema() + "." + view.name()))
            .findFirst();
    return plain.isPresent()
        ? plain
        : materializedViews().stream()
            .flatMap(view -> table(view.tableId()).stream())
            .filter(table -> whole.equalsIgnoreCase(table.schema() + "." + table.name()))
            .map(table ->
                new ViewDef(
                    table.id(),
                    table.schema(),
                    table.name(),
                    "sql",
                    "SELECT * FROM \"" + table.schema() + "\".\"" + table.name() + "\""))
            .findFirst();
  }

  default Optional<SequenceDef> sequence(String schema, String name) {
    return sequences().stream()
        .filter(s -> s.schema().equalsIgnoreCase(schema) && s.name().equalsIgnoreCase(name))
        .findFirst();
  }

  default Optional<PropertyGraphDef> propertyGraph(String schema, String name) {
    return propertyGraphs().stream()
        .filter(g -> g.schema().equalsIgnoreCase(schema) && g.name().equalsIgnoreCase(name))
        .findFirst();
  }

  default Optional<TableDef> table(int id) {
    return tables().stream().filter(t -> t.id() == id).findFirst();
  }
}
