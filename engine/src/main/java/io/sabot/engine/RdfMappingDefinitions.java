package io.sabot.engine;

import io.sabot.parser.sparql.R2rmlFrontEnd;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ChangedCatalog;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.rdf.RdfMapping.Equal;
import io.sabot.plan.rdf.RdfMapping.Parent;
import io.sabot.plan.rdf.RdfMapping.Rule;
import io.sabot.plan.rdf.RdfMapping.Source;
import io.sabot.plan.rdf.RdfMappingDef;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.type.Type;
import io.sabot.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Carries out commands about mappings of tables to RDF, which the store keeps beside its views,
/// and checks that mappings and tables go together.
final class RdfMappingDefinitions {
  private final Catalog catalog;
  private final Map<Source, Rows> sources = new HashMap<>();
  private final Set<Integer> tables = new TreeSet<>();

  /// What a source gives: its columns by name in lower case, and how messages call it.
  private record Rows(String name, Map<String, Type> columns) {}

  private RdfMappingDefinitions(Catalog catalog) {
    this.catalog = catalog;
  }

  static void create(Statement.CreateRdfMapping create, Transaction transaction) {
    SessionCatalog catalog = catalog(transaction);
    Optional<RdfMappingDef> before = find(create.name(), catalog);
    if (before.isPresent()) {
      if (!create.orReplace()) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME,
            null,
            "RDF mapping '" + create.name() + "' exists already",
            "use OR REPLACE, or another name");
      }
      transaction.catalog().dropView(before.get().id());
    }
    RdfMapping mapping = R2rmlFrontEnd.read(create.name(), create.document(), catalog.baseIri());
    Set<Integer> tables = new RdfMappingDefinitions(catalog).check(mapping);
    int id = transaction.catalog().nextId();
    RdfMappingDef definition =
        new RdfMappingDef(id, create.name(), List.copyOf(tables), create.document());
    transaction
        .catalog()
        .createView(
            new ViewDef(
                id,
                RdfMappingDef.SCHEMA,
                create.name(),
                RdfMappingDef.LANGUAGE,
                definition.text()));
  }

  static void drop(Statement.DropRdfMapping drop, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    Optional<RdfMappingDef> found = find(drop.name(), catalog);
    if (found.isPresent()) {
      transaction.catalog().dropView(found.get().id());
    } else if (!drop.ifExists()) {
      throw new QueryException(
          ErrorCode.UNKNOWN_TABLE,
          null,
          "RDF mapping '" + drop.name() + "' does not exist",
          Errors.didYouMean(
              drop.name(), catalog.rdfMappings().stream().map(RdfMappingDef::name).toList()));
    }
  }

  /// Throws when a mapping needs what a statement is about to take away.
  static void checkChange(Statement statement, Transaction transaction) {
    Catalog stored = transaction.view().catalog();
    Catalog after = stored.rdfMappings().isEmpty() ? null : after(statement, stored);
    if (after == null) {
      return;
    }
    SessionCatalog catalog = over(after);
    for (RdfMappingDef mapping : stored.rdfMappings()) {
      try {
        new RdfMappingDefinitions(catalog)
            .check(R2rmlFrontEnd.read(mapping.name(), mapping.document(), catalog.baseIri()));
      } catch (QueryException broken) {
        throw Errors.semantic(
            null,
            "DependentMapping",
            "RDF mapping '" + mapping.name() + "' needs it: " + broken.message(),
            "drop the mapping first");
      }
    }
  }

  /// The tables and views that a statement leaves; null for one that leaves them as they are.
  private static @Nullable Catalog after(Statement statement, Catalog stored) {
    List<TableDef> tables = new ArrayList<>(stored.tables());
    List<ViewDef> views = new ArrayList<>(stored.views());
    switch (statement) {
      case Statement.DropTable(var schema, var name, _) ->
          stored.table(schema, name).ifPresent(tables::remove);
      case Statement.DropMaterializedView(var schema, var name, _) ->
          stored.table(schema, name).ifPresent(tables::remove);
      case Statement.AlterTable alter -> {
        tables.removeIf(table -> table.id() == alter.after().id());
        tables.add(alter.after());
      }
      case Statement.DropView(var schema, var name, _) ->
          views.removeIf(view -> isCalled(view, schema, name));
      case Statement.CreateView(var schema, var name, var language, var text, _) -> {
        views.removeIf(view -> isCalled(view, schema, name));
        views.add(new ViewDef(0, schema, name, language, text));
      }
      default -> {
        return null;
      }
    }
    return new ChangedCatalog(stored, tables, views);
  }

  private static boolean isCalled(ViewDef view, String schema, String name) {
    return view.schema().equalsIgnoreCase(schema) && view.name().equalsIgnoreCase(name);
  }

  private static SessionCatalog catalog(Transaction transaction) {
    return over(transaction.view().catalog());
  }

  private static SessionCatalog over(Catalog catalog) {
    return new SessionCatalog(catalog, new RdfMappings(), List.of(), List.of(), Access.NOTHING, "");
  }

  private static Optional<RdfMappingDef> find(String name, Catalog catalog) {
    return catalog.rdfMappings().stream().filter(m -> m.name().equalsIgnoreCase(name)).findFirst();
  }

  // ---- checks

  /// Returns the tables that are read.
  private Set<Integer> check(RdfMapping mapping) {
    for (Rule rule : mapping.rules()) {
      check(rule);
    }
    return tables;
  }

  private void check(Rule rule) {
    Rows child = rows(rule.source(), rule.place());
    check(rule.subject(), child);
    check(rule.predicate(), child);
    TermMap graph = rule.graph();
    if (graph != null) {
      check(graph, child);
    }
    Parent other = rule.parent();
    Rows parent = other == null ? child : rows(other.source(), rule.place());
    check(rule.object(), parent);
    if (other != null) {
      other.joins().forEach(equal -> check(equal, rule.place(), child, parent));
    }
  }

  private static void check(TermMap map, Rows rows) {
    for (String column : map.columns()) {
      type(column, map.place(), rows);
    }
  }

  private static Type type(String column, String place, Rows rows) {
    Type type = rows.columns().get(lower(column));
    if (type == null) {
      throw new QueryException(
          ErrorCode.UNKNOWN_COLUMN,
          null,
          place + ": column '" + column + "' does not exist in " + rows.name(),
          Errors.didYouMean(column, rows.columns().keySet()));
    }
    return type;
  }

  private static void check(Equal equal, String place, Rows child, Rows parent) {
    Type left = type(equal.child(), place, child);
    Type right = type(equal.parent(), place, parent);
    boolean fit =
        left.equals(right)
            || ComparisonFunctions.sameKind(left, right)
            || left.isNumeric() && right.isNumeric();
    if (!fit) {
      throw Errors.semantic(
          null,
          "R2rml",
          place
              + ": a join of '"
              + equal.child()
              + "', which is "
              + left
              + ", and '"
              + equal.parent()
              + "', which is "
              + right,
          "cast one of them in an rr:sqlQuery");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private Rows rows(Source source, String place) {
    Rows known = sources.get(source);
    if (known == null) {
      known = read(source, place);
      sources.put(source, known);
    }
    return known;
  }

  private Rows read(Source source, String place) {
    switch (source) {
      case Source.Table(String schema, String name) -> {
        TableDef table = catalog.table(schema, name).orElse(null);
        if (table == null) {
          return view(schema, name, place);
        }
        tables.add(table.id());
        Map<String, Type> columns = new TreeMap<>();
        table.columns().forEach(column -> columns.put(lower(column.name()), column.type()));
        return new Rows("table '" + name + "'", columns);
      }
      case Source.Query(String sql) -> {
        return query(sql, "the query", place);
      }
    }
  }

  private Rows view(String schema, String name, String place) {
    boolean exists =
        catalog.views().stream()
            .anyMatch(v -> v.schema().equalsIgnoreCase(schema) && v.name().equalsIgnoreCase(name));
    if (!exists) {
      List<String> names = new ArrayList<>();
      catalog.tables().forEach(t -> names.add(t.name()));
      catalog.views().forEach(v -> names.add(v.name()));
      throw new QueryException(
          ErrorCode.UNKNOWN_TABLE,
          null,
          place + ": table '" + name + "' does not exist",
          Errors.didYouMean(name, names));
    }
    return query("SELECT * FROM \"" + schema + "\".\"" + name + "\"", "view '" + name + "'", place);
  }

  private Rows query(String sql, String name, String place) {
    LogicalNode.Output output;
    try {
      output = catalog.query(sql, new ColumnAllocator());
    } catch (QueryException broken) {
      throw new QueryException(
          broken.code(), null, place + ": " + name + ": " + broken.message(), broken.hint());
    }
    readTables(output, place);
    Map<String, Type> columns = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (LogicalNode.OutputColumn column : output.columns()) {
      if (!seen.add(column.name())) {
        throw Errors.semantic(
            null,
            "R2rml",
            place + ": " + name + " has two columns '" + column.name() + "'",
            "name them with AS");
      }
      columns.put(lower(column.name()), column.column().type());
    }
    return new Rows(name, columns);
  }

  private void readTables(LogicalNode node, String place) {
    switch (node) {
      case LogicalNode.TableScan scan -> tables.add(scan.tableId());
      case LogicalNode.NodeScan _,
          LogicalNode.EdgeScan _,
          LogicalNode.PathScan _,
          LogicalNode.QuadScan _,
          LogicalNode.GraphNames _ ->
          throw Errors.unsupported(null, place + ": a query over a graph in a mapping");
      case LogicalNode.FileScan _ ->
          throw Errors.unsupported(null, place + ": a query over a file in a mapping");
      default -> {}
    }
    node.inputs().forEach(input -> readTables(input, place));
  }
}
