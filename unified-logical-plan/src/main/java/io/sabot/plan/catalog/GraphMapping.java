package io.sabot.plan.catalog;

import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How tables appear as a property graph and as RDF, and native graph elements as RDF: all names,
/// templates and IRIs. Immutable; belongs to one version of a catalog.
///
/// As a graph: a table with a primary key is a label, its rows are nodes; a foreign key is a
/// relationship type from the referring row to the row referred to. A pure join table (its primary
/// key is exactly the columns of two foreign keys) is a relationship type instead, from the row its
/// first key names to the row its second names.
///
/// As RDF: the row `7` of `main.person` is `{base}main/person/7`, of class `{base}main/person`,
/// with a predicate `{base}main/person#{column}` for each column that is not null and
/// `{base}main/person#ref-{key}` for each foreign key.
///
/// A row with a single integer key is an entity in both views; any other row is its IRI in both.
public final class GraphMapping {
  /// Templates above this leave no room for the templates of a table's foreign keys.
  private static final int TABLE_ID_MAX = 1023;

  private static final int TEMPLATE_MAX = (1 << 14) - 1;

  /// The first template of the element tables of property graphs.
  public static final int NAMED_FIRST = 1 << 13;

  private final Catalog catalog;
  private final List<NodeTable> nodeTables = new ArrayList<>();
  private final List<EdgeTable> edgeTables = new ArrayList<>();
  private final NamedGraphs named;

  /// Tables that a mapping of the user shows as RDF.
  private final Set<Integer> mappedByUser = new HashSet<>();

  /// A table whose rows are nodes.
  ///
  /// @param prefix what the IRIs of nodes without an entity form start with
  /// @param key ids of the columns by which its nodes are told apart
  public record NodeTable(
      int template,
      String prefix,
      TableDef table,
      List<Integer> key,
      Set<String> labels,
      PropertyColumns properties) {
    public NodeTable {
      key = List.copyOf(key);
    }

    /// The label, or the first of several.
    public String label() {
      return labels.iterator().next();
    }
  }

  /// A relationship type that rows of `table` give. The key of the edge is that of the row.
  ///
  /// @param types several only for a property graph
  /// @param source the foreign key that names the source row; null when it is the row itself
  /// @param from the source
  /// @param to the target
  public record EdgeTable(
      int template,
      String prefix,
      Set<String> types,
      TableDef table,
      List<Integer> key,
      @org.jspecify.annotations.Nullable ForeignKeyDef source,
      ForeignKeyDef target,
      End from,
      End to,
      PropertyColumns properties) {
    public EdgeTable {
      key = List.copyOf(key);
    }

    /// The type, or the first of several.
    public String type() {
      return types.iterator().next();
    }

    /// Whether it belongs to a property graph.
    public boolean isNamed() {
      return PropertyGraphDef.isQualified(type());
    }
  }

  /// An end of an edge: the node whose key is in these columns of the edge's row.
  public record End(List<Integer> columns, NodeTable node) {
    public End {
      columns = List.copyOf(columns);
    }
  }

  /// Which columns are the properties of an element.
  ///
  /// @param byName null where each column is the property of its name
  public record PropertyColumns(
      @org.jspecify.annotations.Nullable Map<String, Integer> byName, boolean none) {
    static final PropertyColumns ALL = new PropertyColumns(null, false);
    static final PropertyColumns NONE = new PropertyColumns(null, true);

    /// What a plan reads of a column that need not be a property.
    public static String raw(int columnId) {
      return "#" + columnId;
    }

    /// The column that is the property: names of columns have no case, property keys have.
    public Optional<ColumnDef> column(TableDef table, String key) {
      if (none) {
        return Optional.empty();
      }
      if (byName == null) {
        return table.columns().stream()
            .filter(c -> c.name().equals(key))
            .findFirst()
            .or(() -> table.column(key));
      }
      Integer id = byName.get(key);
      if (id == null && key.startsWith("#")) {
        return table.columns().stream().filter(c -> raw(c.id()).equals(key)).findFirst();
      }
      return id == null ? Optional.empty() : Optional.of(table.column(id));
    }

    /// All properties by name.
    public Map<String, ColumnDef> all(TableDef table) {
      Map<String, ColumnDef> all = new TreeMap<>();
      if (byName != null) {
        byName.forEach((name, id) -> all.put(name, table.column(id)));
      } else if (!none) {
        table.columns().forEach(column -> all.put(column.name(), column));
      }
      return all;
    }
  }

  public GraphMapping(Catalog catalog) {
    this.catalog = catalog;
    for (TableDef table : catalog.tables()) {
      if (table.hasPrimaryKey()) {
        add(table);
      }
    }
    named = new NamedGraphs(catalog);
    catalog.rdfMappings().forEach(mapping -> mappedByUser.addAll(mapping.tables()));
  }

  /// Whether the rows of a table are RDF by the Direct Mapping.
  private boolean isDirect(TableDef table) {
    return table.hasPrimaryKey() && !mappedByUser.contains(table.id());
  }

  private void add(TableDef table) {
    List<ForeignKeyDef> joined = joinKeys(table);
    if (!joined.isEmpty()) {
      ForeignKeyDef source = joined.get(0);
      edgeTables.add(
          edge(template(table.id()), table.name(), table, source, joined.get(1), end(source)));
      return;
    }
    nodeTables.add(nodeTable(table));
    for (int i = 0; i < table.foreignKeys().size(); i++) {
      ForeignKeyDef key = table.foreignKeys().get(i);
      if (namesRow(key)) {
        End self = new End(table.primaryKey(), nodeTable(table));
        edgeTables.add(edge(referenceTemplate(table, i), key.name(), table, null, key, self));
      }
    }
  }

  private EdgeTable edge(
      int template,
      String type,
      TableDef table,
      @org.jspecify.annotations.Nullable ForeignKeyDef source,
      ForeignKeyDef target,
      End from) {
    String prefix =
        source != null ? rowPrefix(table) : classIri(table) + "#" + RowKeys.encode(type) + "/";
    return new EdgeTable(
        template,
        prefix,
        Set.of(type),
        table,
        table.primaryKey(),
        source,
        target,
        from,
        end(target),
        source != null ? PropertyColumns.ALL : PropertyColumns.NONE);
  }

  private End end(ForeignKeyDef key) {
    return new End(key.columns(), nodeTable(target(key)));
  }

  /// A table of the database as nodes, whether or not it has a primary key.
  public NodeTable nodeTable(TableDef table) {
    return new NodeTable(
        template(table.id()),
        rowPrefix(table),
        table,
        table.primaryKey(),
        Set.of(table.name()),
        PropertyColumns.ALL);
  }

  /// The number as a template, 0 where it is out of the range of the database's own.
  private static int template(int number) {
    return number < NAMED_FIRST ? number : 0;
  }

  /// The template of the edges that foreign key number `index` gives.
  private static int referenceTemplate(TableDef table, int index) {
    return template(1024 * (index + 1) + table.id());
  }

  /// The two foreign keys of a pure join table, nothing for any other.
  private List<ForeignKeyDef> joinKeys(TableDef table) {
    List<ForeignKeyDef> within = new ArrayList<>();
    Set<Integer> covered = new HashSet<>();
    int columns = 0;
    for (ForeignKeyDef key : table.foreignKeys()) {
      if (table.primaryKey().containsAll(key.columns()) && namesRow(key)) {
        within.add(key);
        covered.addAll(key.columns());
        columns += key.columns().size();
      }
    }
    boolean pure =
        within.size() == 2
            && covered.equals(Set.copyOf(table.primaryKey()))
            && columns == table.primaryKey().size();
    return pure ? within : List.of();
  }

  /// Whether a foreign key refers to a primary key: only then does it spell the other row's key.
  private boolean namesRow(ForeignKeyDef key) {
    return catalog
        .table(key.targetTable())
        .filter(t -> t.hasPrimaryKey() && t.primaryKey().equals(key.targetColumns()))
        .filter(t -> joinKeysShallow(t).isEmpty())
        .isPresent();
  }

  /// As {@link #joinKeys}, without asking whether the tables referred to are join tables in turn.
  private static List<ForeignKeyDef> joinKeysShallow(TableDef table) {
    List<ForeignKeyDef> within =
        table.foreignKeys().stream()
            .filter(k -> table.primaryKey().containsAll(k.columns()))
            .toList();
    Set<Integer> covered = new HashSet<>();
    within.forEach(k -> covered.addAll(k.columns()));
    int columns = within.stream().mapToInt(k -> k.columns().size()).sum();
    boolean pure =
        within.size() == 2
            && covered.equals(Set.copyOf(table.primaryKey()))
            && columns == table.primaryKey().size();
    return pure ? within : List.of();
  }

  public List<NodeTable> nodeTables() {
    return List.copyOf(nodeTables);
  }

  public List<EdgeTable> edgeTables() {
    return List.copyOf(edgeTables);
  }

  /// Whether no table is seen as a graph.
  public boolean isEmpty() {
    return nodeTables.isEmpty() && edgeTables.isEmpty() && named.isEmpty();
  }

  /// The tables whose rows are nodes with such labels. Those of a property graph only where one of
  /// their labels is named.
  public List<NodeTable> nodeTables(LabelExpr labels) {
    List<NodeTable> found = new ArrayList<>();
    nodeTables.stream().filter(t -> labels.matches(t.labels())).forEach(found::add);
    found.addAll(named.nodeTables(labels));
    return found;
  }

  /// Likewise for relationship types.
  public List<EdgeTable> edgeTables(LabelExpr types) {
    List<EdgeTable> found = new ArrayList<>();
    edgeTables.stream().filter(t -> types.matches(t.types())).forEach(found::add);
    found.addAll(named.edgeTables(types));
    return found;
  }

  /// All nodes of the property graphs that labels or types name; empty when they name none.
  public List<NodeTable> allNodes(LabelExpr names) {
    return named.allNodes(names);
  }

  /// The table whose rows have this template as nodes.
  public Optional<NodeTable> nodeTable(int template) {
    return template >= NAMED_FIRST
        ? named.nodeTable(template)
        : catalog.table(template).map(this::nodeTable);
  }

  /// The table whose rows have this template as edges.
  public Optional<EdgeTable> edgeTable(int template) {
    return template >= NAMED_FIRST
        ? named.edgeTable(template)
        : edgeTables.stream().filter(e -> e.template() == template).findFirst();
  }

  /// The node of a property graph that an IRI stands for, whether or not its row exists.
  public Optional<NodeKey> namedNode(String iri) {
    return iri.startsWith(base()) ? named.node(iri) : Optional.empty();
  }

  /// A node by its table and key.
  public record NodeKey(NodeTable node, List<Value> key) {
    public NodeKey {
      key = List.copyOf(key);
    }
  }

  public TableDef target(ForeignKeyDef key) {
    return catalog
        .table(key.targetTable())
        .orElseThrow(() -> new IllegalStateException("no table of id " + key.targetTable()));
  }

  public boolean isJoinTable(TableDef table) {
    return edgeTables.stream().anyMatch(e -> e.source() != null && e.table().id() == table.id());
  }

  // ---- IRIs

  private String base() {
    return catalog.baseIri();
  }

  public String classIri(TableDef table) {
    return base() + RowKeys.encode(table.schema()) + "/" + RowKeys.encode(table.name());
  }

  /// What the IRIs of a table's rows start with; the key follows.
  public String rowPrefix(TableDef table) {
    return classIri(table) + "/";
  }

  /// What the IRIs of the edges of `edge` start with; the key of the row follows.
  public String edgePrefix(EdgeTable edge) {
    return edge.prefix();
  }

  public String columnIri(TableDef table, ColumnDef column) {
    return classIri(table) + "#" + RowKeys.encode(column.name());
  }

  public String referenceIri(TableDef table, ForeignKeyDef key) {
    return classIri(table) + "#ref-" + RowKeys.encode(key.name());
  }

  /// A label, relationship type or property key of the native graph.
  public String graphNameIri(String name) {
    return base() + "graph#" + RowKeys.encode(name);
  }

  private String nativeNodePrefix() {
    return base() + "graph/node/";
  }

  /// The label, type or key that an IRI of {@link #graphNameIri} names.
  public Optional<String> graphName(String iri) {
    String prefix = base() + "graph#";
    return iri.startsWith(prefix)
        ? Optional.of(RowKeys.decode(iri.substring(prefix.length())))
        : Optional.empty();
  }

  // ---- predicates

  /// What a predicate IRI means for mapped tables.
  public sealed interface Predicate {
    record OfColumn(TableDef table, ColumnDef column) implements Predicate {}

    record OfReference(TableDef table, ForeignKeyDef key) implements Predicate {}

    /// From the row that the first key names to the row that the second names.
    record OfJoinTable(EdgeTable edge) implements Predicate {}

    /// `rdf:type`.
    record OfClass(TableDef table) implements Predicate {}
  }

  /// All predicates of mapped tables with this IRI; all there are for null.
  public List<Predicate> predicates(@org.jspecify.annotations.Nullable String iri) {
    List<Predicate> found = new ArrayList<>();
    for (TableDef table : catalog.tables()) {
      if (!isDirect(table)) {
        continue;
      }
      if (iri == null || iri.equals(Xsd.RDF_TYPE)) {
        found.add(new Predicate.OfClass(table));
      }
      for (ColumnDef column : table.columns()) {
        if (iri == null || iri.equals(columnIri(table, column))) {
          found.add(new Predicate.OfColumn(table, column));
        }
      }
      for (ForeignKeyDef key : table.foreignKeys()) {
        if (isReference(key) && (iri == null || iri.equals(referenceIri(table, key)))) {
          found.add(new Predicate.OfReference(table, key));
        }
      }
    }
    for (EdgeTable edge : edgeTables) {
      boolean isDirect = edge.source() != null && isDirect(edge.table());
      if (isDirect && (iri == null || iri.equals(classIri(edge.table())))) {
        found.add(new Predicate.OfJoinTable(edge));
      }
    }
    return found;
  }

  private boolean isReference(ForeignKeyDef key) {
    return catalog
        .table(key.targetTable())
        .filter(t -> t.primaryKey().equals(key.targetColumns()))
        .isPresent();
  }

  /// Whether `iri` is a class of a mapped table.
  public Optional<TableDef> classTable(String iri) {
    return catalog.tables().stream()
        .filter(this::isDirect)
        .filter(t -> classIri(t).equals(iri))
        .findFirst();
  }

  // ---- entities

  /// Whether the rows of a table are entities, as opposed to IRIs.
  public static boolean hasEntities(TableDef table) {
    return table.id() <= TABLE_ID_MAX
        && table.primaryKey().size() == 1
        && table.column(table.primaryKey().getFirst()).type()
            instanceof io.sabot.plan.type.Type.Int;
  }

  public static boolean isTemplate(int template) {
    return template > 0 && template <= TEMPLATE_MAX;
  }

  /// The node of a row: an entity where the key has that form, its IRI otherwise.
  public Value node(TableDef table, List<Value> key) {
    return entity(template(table.id()), rowPrefix(table), key, false);
  }

  public Value node(NodeTable node, List<Value> key) {
    return entity(node.template(), node.prefix(), key, false);
  }

  /// The entity of that template and key, or an IRI when the key has no such form.
  public static Value entity(int template, String prefix, List<Value> key, boolean edge) {
    if (key.size() == 1
        && key.getFirst() instanceof Value.Int(long number)
        && TermId.fitsKey(number)
        && isTemplate(template)) {
      long place = TermId.keyOfInt(number);
      return edge
          ? new Value.EdgeRef(TermId.edge(template, place))
          : new Value.NodeRef(TermId.node(template, place));
    }
    return new Value.Iri(prefix + RowKeys.encode(key));
  }

  /// A row of a mapped table.
  public record RowKey(TableDef table, List<Value> key) {
    public RowKey {
      key = List.copyOf(key);
    }
  }

  /// The row that an IRI names, whether or not it exists.
  public Optional<RowKey> row(String iri) {
    int slash = iri.lastIndexOf('/');
    if (slash < 0 || !iri.startsWith(base())) {
      return Optional.empty();
    }
    String prefix = iri.substring(0, slash + 1);
    for (TableDef table : catalog.tables()) {
      if (table.hasPrimaryKey() && rowPrefix(table).equals(prefix)) {
        return RowKeys.parse(iri.substring(slash + 1), table).map(k -> new RowKey(table, k));
      }
    }
    return Optional.empty();
  }

  /// The row that gives an edge.
  public record EdgeKey(EdgeTable edge, List<Value> key) {
    public EdgeKey {
      key = List.copyOf(key);
    }
  }

  /// The edge that an IRI names, whether or not its row exists.
  public Optional<EdgeKey> edge(String iri) {
    int slash = iri.lastIndexOf('/');
    if (slash < 0 || !iri.startsWith(base())) {
      return Optional.empty();
    }
    String prefix = iri.substring(0, slash + 1);
    return Stream.concat(edgeTables.stream(), named.edges())
        .filter(edge -> edgePrefix(edge).equals(prefix))
        .findFirst()
        .flatMap(edge ->
            RowKeys.parse(iri.substring(slash + 1), NamedGraphs.types(edge.table(), edge.key()))
                .map(key -> new EdgeKey(edge, key)));
  }

  /// The row that a mapped node stands for.
  public Optional<RowKey> row(Value node) {
    return switch (node) {
      case Value.NodeRef(long id) when TermId.template(id) != 0 ->
          catalog
              .table(TermId.template(id))
              .map(t -> new RowKey(t, List.of(Value.of(TermId.intOfKey(TermId.key(id))))));
      case Value.Iri(String iri) -> row(iri);
      default -> Optional.empty();
    };
  }

  /// The one form of a term within a query: an IRI that names a row with an entity, or a node of
  /// the native graph, is that entity.
  public Value canonical(Value term) {
    if (!(term instanceof Value.Iri(String iri)) || !iri.startsWith(base())) {
      return term;
    }
    String node = nativeNodePrefix();
    if (iri.startsWith(node)) {
      return nativeNode(iri.substring(node.length())).orElse(term);
    }
    return row(iri).map(r -> node(r.table(), r.key())).orElse(term);
  }

  private static Optional<Value> nativeNode(String key) {
    boolean canonical = key.matches("0|[1-9][0-9]{0,12}");
    long number = canonical ? Long.parseLong(key) : -1;
    return canonical && number < 1L << 42
        ? Optional.of(new Value.NodeRef(TermId.node(0, number)))
        : Optional.empty();
  }

  /// The IRI under which SPARQL shows a term: that of the row or node for an entity, the term
  /// itself otherwise.
  public Value asIri(Value term) {
    return switch (term) {
      case Value.NodeRef(long id) when TermId.template(id) == 0 ->
          new Value.Iri(nativeNodePrefix() + TermId.key(id));
      case Value.NodeRef _ ->
          row(term)
              .map(r -> (Value) new Value.Iri(rowPrefix(r.table()) + RowKeys.encode(r.key())))
              .orElse(term);
      case Value.EdgeRef(long id) when TermId.template(id) == 0 ->
          new Value.Iri(base() + "graph/edge/" + TermId.key(id));
      case Value.EdgeRef(long id) ->
          edgeTables.stream()
              .filter(e -> e.template() == TermId.template(id))
              .findFirst()
              .map(e -> (Value) new Value.Iri(edgePrefix(e) + TermId.intOfKey(TermId.key(id))))
              .orElse(term);
      default -> term;
    };
  }
}
