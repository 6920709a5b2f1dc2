package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.PropertyGraphDef.Element;
import io.sabot.plan.catalog.PropertyGraphDef.End;
import io.sabot.plan.catalog.PropertyGraphDef.Label;
import io.sabot.plan.catalog.PropertyGraphDef.Property;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `CREATE PROPERTY GRAPH` and `DROP PROPERTY GRAPH`.
///
/// ```
/// [IF NOT EXISTS] name
///   {VERTEX | NODE} TABLES (table [AS name] [KEY (...)] labels, ...)
///   {EDGE | RELATIONSHIP} TABLES (table [AS name] [KEY (...)]
///     SOURCE {[KEY (...) REFERENCES] vertices [(...)]} DESTINATION ... labels, ...)
/// labels: [PROPERTIES ...] | {LABEL name | DEFAULT LABEL} [PROPERTIES ...] ...
/// ```
final class PropertyGraphParser {
  private final TokenReader in;
  private final DdlParser ddl;
  private final SqlBinder binder;
  private final List<Element> elements = new ArrayList<>();

  PropertyGraphParser(TokenReader in, DdlParser ddl, SqlBinder binder) {
    this.in = in;
    this.ddl = ddl;
    this.binder = binder;
  }

  Statement create(boolean orReplace) {
    boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
    SourceSpan place = in.span();
    DdlParser.Name name = ddl.qualified();
    if (GraphView.DATABASE.contains(name.name().toLowerCase(Locale.ROOT))) {
      throw Errors.semantic(
          place,
          "ReservedName",
          "'" + name.name() + "' is the graph of the whole database",
          "use another name");
    }
    boolean vertices = in.take("VERTEX", "TABLES") || in.take("NODE", "TABLES");
    if (vertices) {
      tables(false);
    }
    boolean edges = in.take("EDGE", "TABLES") || in.take("RELATIONSHIP", "TABLES");
    if (edges) {
      tables(true);
    }
    if (!vertices && !edges && !in.atEnd()) {
      throw in.unexpected("VERTEX TABLES or EDGE TABLES");
    }
    PropertyGraphDef graph = new PropertyGraphDef(0, name.schema(), name.name(), elements);
    new PropertyGraphCheck(graph, binder).run(place);
    return new Statement.CreatePropertyGraph(graph, ifNotExists, orReplace);
  }

  Statement drop() {
    boolean ifExists = in.take("IF", "EXISTS");
    DdlParser.Name name = ddl.qualified();
    if (in.peek().is("CASCADE")) {
      throw Errors.unsupported(in.span(), "DROP PROPERTY GRAPH ... CASCADE");
    }
    in.take("RESTRICT");
    return new Statement.DropPropertyGraph(name.schema(), name.name(), ifExists);
  }

  // ---- element tables

  private void tables(boolean edges) {
    in.expect("(");
    do {
      elements.add(element(edges));
    } while (in.take(","));
    in.expect(")");
  }

  private Element element(boolean edge) {
    SourceSpan place = in.span();
    TableDef table = table(place, ddl.qualified());
    String name = in.take("AS") ? in.name() : table.name();
    if (elements.stream().anyMatch(e -> e.name().equalsIgnoreCase(name))) {
      throw Errors.semantic(
          place,
          "DuplicateElement",
          "the graph has an element table '" + name + "' already",
          "give one of them another name with AS");
    }
    List<Integer> key = in.take("KEY") ? columns(table) : table.primaryKey();
    if (key.isEmpty()) {
      throw Errors.semantic(
          place,
          "KeyExpected",
          "table '" + table.name() + "' has no primary key",
          "say which columns tell its rows apart: " + table.name() + " KEY (...)");
    }
    End source = null;
    End target = null;
    if (edge) {
      in.expect("SOURCE");
      source = end(table, "SOURCE");
      in.expect("DESTINATION");
      target = end(table, "DESTINATION");
    }
    return new Element(0, name, table.id(), key, labels(table, name), source, target);
  }

  private TableDef table(SourceSpan place, DdlParser.Name name) {
    for (ViewDef view : binder.catalog.views()) {
      if (view.schema().equalsIgnoreCase(name.schema())
          && view.name().equalsIgnoreCase(name.name())) {
        throw Errors.unsupported(place, "a view as an element table ('" + name.name() + "')");
      }
    }
    return binder
        .catalog
        .table(name.schema(), name.name())
        .orElseThrow(() ->
            Errors.unknownTable(
                place, name.name(), binder.catalog.tables().stream().map(TableDef::name).toList()));
  }

  private List<Integer> columns(TableDef table) {
    List<Integer> ids = new ArrayList<>();
    in.expect("(");
    do {
      ids.add(in.column(table).id());
    } while (in.take(","));
    in.expect(")");
    return ids;
  }

  // ---- ends of edges

  private End end(TableDef table, String what) {
    SourceSpan place = in.span();
    if (!in.take("KEY")) {
      Element vertex = vertex();
      return byForeignKey(table, vertex, what, place);
    }
    List<Integer> columns = columns(table);
    in.expect("REFERENCES");
    Element vertex = vertex();
    TableDef target = tableOf(vertex);
    List<Integer> referenced = in.peek().is("(") ? columns(target) : vertex.key();
    if (columns.size() != referenced.size()) {
      throw Errors.semantic(
          place,
          "KeyMismatch",
          "found "
              + columns.size()
              + " columns for "
              + referenced.size()
              + " of '"
              + vertex.name()
              + "'",
          "name as many columns on both sides");
    }
    return new End(inOrder(columns, referenced, vertex, target, place), vertex.name());
  }

  /// The columns in the order of the vertex table's key.
  private static List<Integer> inOrder(
      List<Integer> columns,
      List<Integer> referenced,
      Element vertex,
      TableDef target,
      SourceSpan place) {
    List<Integer> ordered = new ArrayList<>();
    for (int id : vertex.key()) {
      int at = referenced.indexOf(id);
      if (at < 0 || referenced.size() != vertex.key().size()) {
        List<String> key = vertex.key().stream().map(c -> target.column(c).name()).toList();
        throw Errors.unsupported(
            place,
            "an edge that refers to other columns than the key ("
                + String.join(", ", key)
                + ") of '"
                + vertex.name()
                + "'");
      }
      ordered.add(columns.get(at));
    }
    return ordered;
  }

  private Element vertex() {
    SourceSpan place = in.span();
    String name = in.name();
    List<String> known = elements.stream().filter(e -> !e.isEdge()).map(Element::name).toList();
    return elements.stream()
        .filter(e -> !e.isEdge() && e.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            Errors.semantic(
                place,
                "UnknownVertexTable",
                "the graph has no vertex table '" + name + "'",
                Errors.didYouMean(name, known)));
  }

  private TableDef tableOf(Element element) {
    return binder
        .catalog
        .table(element.tableId())
        .orElseThrow(() -> new IllegalStateException("no table of id " + element.tableId()));
  }

  private static End byForeignKey(TableDef table, Element vertex, String what, SourceSpan place) {
    List<ForeignKeyDef> keys =
        table.foreignKeys().stream().filter(k -> k.targetTable() == vertex.tableId()).toList();
    if (keys.size() != 1 || !keys.getFirst().targetColumns().containsAll(vertex.key())) {
      String found = keys.size() > 1 ? "several foreign keys" : "no foreign key";
      throw Errors.semantic(
          place,
          "KeyExpected",
          "table '" + table.name() + "' has " + found + " to '" + vertex.name() + "'",
          "write " + what + " KEY (...) REFERENCES " + vertex.name() + " (...)");
    }
    ForeignKeyDef key = keys.getFirst();
    List<Integer> columns = new ArrayList<>();
    for (int id : vertex.key()) {
      columns.add(key.columns().get(key.targetColumns().indexOf(id)));
    }
    return new End(columns, vertex.name());
  }

  // ---- labels and properties

  private List<Label> labels(TableDef table, String elementName) {
    List<Property> before = properties(table);
    List<Label> labels = new ArrayList<>();
    while (true) {
      SourceSpan place = in.span();
      String name;
      if (in.take("LABEL")) {
        name = in.name();
      } else if (in.take("DEFAULT", "LABEL")) {
        name = elementName;
      } else {
        break;
      }
      if (labels.stream().anyMatch(l -> l.name().equalsIgnoreCase(name))) {
        throw Errors.semantic(place, "DuplicateLabel", "label '" + name + "' is there already", "");
      }
      List<Property> own = properties(table);
      labels.add(new Label(name, own != null ? own : before != null ? before : all(table)));
    }
    if (labels.isEmpty()) {
      labels.add(new Label(elementName, before != null ? before : all(table)));
    }
    return labels;
  }

  private static List<Property> all(TableDef table) {
    return table.columns().stream().map(c -> new Property(c.name(), c.id(), "")).toList();
  }

  private @Nullable List<Property> properties(TableDef table) {
    if (in.take("NO", "PROPERTIES")) {
      return List.of();
    }
    if (!in.take("PROPERTIES")) {
      return null;
    }
    boolean are = in.take("ARE");
    if (are || in.peek().is("ALL")) {
      in.expect("ALL", "COLUMNS");
      List<Integer> left = in.take("EXCEPT") ? columns(table) : List.of();
      return all(table).stream().filter(p -> !left.contains(p.columnId())).toList();
    }
    List<Property> properties = new ArrayList<>();
    in.expect("(");
    do {
      SourceSpan place = in.span();
      Property property = property(table);
      if (properties.stream().anyMatch(p -> p.name().equalsIgnoreCase(property.name()))) {
        throw Errors.semantic(
            place, "DuplicateProperty", "property '" + property.name() + "' is there already", "");
      }
      properties.add(property);
    } while (in.take(","));
    in.expect(")");
    return properties;
  }

  private Property property(TableDef table) {
    SourceSpan place = in.span();
    Token first = in.peek();
    Token second = in.peekSecond();
    boolean isColumn = first.isName() && (second.is(",") || second.is(")") || second.is("AS"));
    if (isColumn && table.column(first.text()).isPresent()) {
      ColumnDef column = in.column(table);
      return new Property(in.take("AS") ? in.name() : column.name(), column.id(), "");
    }
    if (isColumn && !second.is("AS")) {
      in.column(table);
    }
    String text = expression();
    if (!in.take("AS")) {
      throw Errors.syntax(
          in.span(), "a computed property needs a name", "write " + text + " AS name");
    }
    String name = in.name();
    try {
      RowCondition.expression(binder, table, text, "PROPERTIES");
    } catch (QueryException wrong) {
      throw Errors.semantic(place, "PropertyExpression", wrong.message(), wrong.hint());
    }
    return new Property(name, 0, text);
  }

  /// Up to the AS that names the property; those of casts are in parentheses.
  private String expression() {
    TokenReader.Range range = in.skipTo(",", "AS");
    if (range.isEmpty()) {
      throw in.unexpected("a property");
    }
    return in.text(range);
  }
}
