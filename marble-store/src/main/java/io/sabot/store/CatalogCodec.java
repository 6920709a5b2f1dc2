package io.sabot.store;

import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.type.Type;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The stored form of the catalog: u8 version (4), then schemas, tables, views, prefixes, indexes,
/// constraints of the graph and CHECK constraints, each as a count and its items; CRC32C at the
/// end.
///
/// An index is its id, name, target and u8 unique; a constraint its id, name, target, kind by name
/// and the id of its index; a CHECK its table, name and text. A target is u8 kind (0 table, 1
/// nodes, 2 edges) with a table id and column ids, or a name and property keys. At the end are the
/// parts of {@link CatalogExtras}, and functions (id, schema, name, parameters with names and
/// types, type, text). Version 1 ended after the prefixes, version 2 before those parts, version 3
/// before the functions.
final class CatalogCodec {
  private static final int VERSION = 4;
  private static final int VERSION_WITHOUT_FUNCTIONS = 3;
  private static final int VERSION_WITHOUT_VALUES = 2;
  private static final int VERSION_WITHOUT_INDEXES = 1;
  private static final int OF_TABLE = 0;
  private static final int OF_NODES = 1;
  private static final int OF_EDGES = 2;
  private static final int SIMPLE = 0;
  private static final int INT = 1;
  private static final int FLOATING = 2;
  private static final int DECIMAL = 3;
  private static final int LIST = 4;

  private CatalogCodec() {}

  static byte[] encode(CatalogData catalog) {
    ByteWriter out = new ByteWriter().u8(VERSION).unsigned(catalog.version());
    out.unsigned(catalog.schemas().size());
    catalog.schemas().forEach(out::text);
    out.unsigned(catalog.tables().size());
    catalog.tables().values().forEach(table -> table(out, table));
    out.unsigned(catalog.views().size());
    for (ViewDef view : catalog.views().values()) {
      out.unsigned(view.id()).text(view.schema()).text(view.name());
      out.text(view.language()).text(view.text());
    }
    out.unsigned(catalog.prefixes().size());
    catalog.prefixes().forEach((prefix, iri) -> out.text(prefix).text(iri));
    out.unsigned(catalog.indexes().size());
    for (IndexDef index : catalog.indexes().values()) {
      out.unsigned(index.id()).text(index.name());
      target(out, index.target());
      out.u8(index.unique() ? 1 : 0);
    }
    out.unsigned(catalog.constraints().size());
    for (GraphConstraint constraint : catalog.constraints().values()) {
      out.unsigned(constraint.id()).text(constraint.name());
      target(out, constraint.target());
      out.text(constraint.kind().name()).unsigned(constraint.indexId());
    }
    checks(out, catalog);
    CatalogExtras.write(out, catalog);
    out.unsigned(catalog.functions().size());
    catalog.functions().values().forEach(function -> function(out, function));
    return out.checked();
  }

  private static void checks(ByteWriter out, CatalogData catalog) {
    out.unsigned(catalog.tables().values().stream().mapToInt(t -> t.checks().size()).sum());
    for (TableDef table : catalog.tables().values()) {
      for (CheckDef check : table.checks()) {
        out.unsigned(table.id()).text(check.name()).text(check.condition());
      }
    }
  }

  static CatalogData decode(byte[] stored) {
    ByteReader in = ByteReader.checked(stored, "the catalog");
    int version = in.u8();
    if (version < VERSION_WITHOUT_INDEXES || version > VERSION) {
      throw new IllegalStateException("catalog version " + version);
    }
    long number = in.unsigned();
    TreeSet<String> schemas = new TreeSet<>(list(in, in::text));
    TreeMap<Integer, TableDef> tables = new TreeMap<>();
    list(in, () -> table(in)).forEach(table -> tables.put(table.id(), table));
    TreeMap<Integer, ViewDef> views = new TreeMap<>();
    list(in, () -> new ViewDef(in.intValue(), in.text(), in.text(), in.text(), in.text()))
        .forEach(view -> views.put(view.id(), view));
    TreeMap<String, String> prefixes = new TreeMap<>();
    int count = in.intValue();
    for (int i = 0; i < count; i++) {
      String prefix = in.text();
      prefixes.put(prefix, in.text());
    }
    TreeMap<Integer, IndexDef> indexes = new TreeMap<>();
    TreeMap<Integer, GraphConstraint> constraints = new TreeMap<>();
    if (version >= VERSION_WITHOUT_VALUES) {
      list(in, () -> new IndexDef(in.intValue(), in.text(), target(in), in.u8() == 1))
          .forEach(index -> indexes.put(index.id(), index));
      list(in, () -> constraint(in)).forEach(c -> constraints.put(c.id(), c));
      readChecks(in, tables);
    }
    TreeMap<Integer, SequenceDef> sequences = new TreeMap<>();
    TreeMap<String, String> comments = new TreeMap<>();
    if (version >= VERSION_WITHOUT_FUNCTIONS) {
      CatalogExtras.read(in, tables, sequences, comments);
    }
    TreeMap<Integer, FunctionDef> functions = new TreeMap<>();
    if (version >= VERSION) {
      list(in, () -> function(in)).forEach(function -> functions.put(function.id(), function));
    }
    return new CatalogData(
        number,
        schemas,
        tables,
        views,
        prefixes,
        indexes,
        constraints,
        sequences,
        comments,
        functions);
  }

  private static void function(ByteWriter out, FunctionDef function) {
    out.unsigned(function.id()).text(function.schema()).text(function.name());
    out.unsigned(function.parameters().size());
    for (Field parameter : function.parameters()) {
      type(out.text(parameter.name()), parameter.type());
    }
    type(out, function.returns());
    out.text(function.text());
  }

  private static FunctionDef function(ByteReader in) {
    return new FunctionDef(
        in.intValue(),
        in.text(),
        in.text(),
        list(in, () -> new Field(in.text(), type(in))),
        type(in),
        in.text());
  }

  private static GraphConstraint constraint(ByteReader in) {
    return new GraphConstraint(
        in.intValue(),
        in.text(),
        target(in),
        GraphConstraint.Kind.valueOf(in.text()),
        in.intValue());
  }

  private static void readChecks(ByteReader in, TreeMap<Integer, TableDef> tables) {
    int count = in.intValue();
    for (int i = 0; i < count; i++) {
      int tableId = in.intValue();
      CheckDef check = new CheckDef(in.text(), in.text());
      tables.computeIfPresent(tableId, (id, table) -> table.withCheck(check));
    }
  }

  private static void target(ByteWriter out, IndexTarget target) {
    switch (target) {
      case IndexTarget.TableColumns(int tableId, var columnIds) ->
          ints(out.u8(OF_TABLE).unsigned(tableId), columnIds);
      case IndexTarget.NodeProperties(String label, var keys) ->
          texts(out.u8(OF_NODES).text(label), keys);
      case IndexTarget.EdgeProperties(String type, var keys) ->
          texts(out.u8(OF_EDGES).text(type), keys);
    }
  }

  private static IndexTarget target(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case OF_TABLE -> new IndexTarget.TableColumns(in.intValue(), ints(in));
      case OF_NODES -> new IndexTarget.NodeProperties(in.text(), list(in, in::text));
      case OF_EDGES -> new IndexTarget.EdgeProperties(in.text(), list(in, in::text));
      default -> throw new IllegalStateException("index target of unknown kind " + kind);
    };
  }

  private static void texts(ByteWriter out, List<String> values) {
    out.unsigned(values.size());
    values.forEach(out::text);
  }

  private static <T> List<T> list(ByteReader in, Supplier<T> item) {
    int size = in.intValue();
    List<T> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(item.get());
    }
    return items;
  }

  private static void ints(ByteWriter out, List<Integer> values) {
    out.unsigned(values.size());
    values.forEach(out::signed);
  }

  private static List<Integer> ints(ByteReader in) {
    return list(in, () -> (int) in.signed());
  }

  private static void table(ByteWriter out, TableDef table) {
    out.unsigned(table.id()).text(table.schema()).text(table.name());
    out.unsigned(table.columns().size());
    for (ColumnDef column : table.columns()) {
      out.signed(column.id()).text(column.name());
      type(out, column.type());
      out.u8(column.nullable() ? 1 : 0);
    }
    ints(out, table.primaryKey());
    out.unsigned(table.uniqueKeys().size());
    table.uniqueKeys().forEach(key -> ints(out, key));
    out.unsigned(table.foreignKeys().size());
    for (ForeignKeyDef key : table.foreignKeys()) {
      out.text(key.name());
      ints(out, key.columns());
      out.unsigned(key.targetTable());
      ints(out, key.targetColumns());
    }
  }

  private static TableDef table(ByteReader in) {
    return new TableDef(
        in.intValue(),
        in.text(),
        in.text(),
        list(in, () -> new ColumnDef((int) in.signed(), in.text(), type(in), in.u8() == 1)),
        ints(in),
        list(in, () -> ints(in)),
        list(in, () -> new ForeignKeyDef(in.text(), ints(in), in.intValue(), ints(in))));
  }

  private static void type(ByteWriter out, Type type) {
    switch (type) {
      case Type.Simple simple -> out.u8(SIMPLE).text(simple.name());
      case Type.Int(int bits) -> out.u8(INT).unsigned(bits);
      case Type.Floating(int bits) -> out.u8(FLOATING).unsigned(bits);
      case Type.Decimal(int precision, int scale) ->
          out.u8(DECIMAL).unsigned(precision).signed(scale);
      case Type.ListOf(Type element) -> type(out.u8(LIST), element);
    }
  }

  private static Type type(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case SIMPLE -> Type.Simple.valueOf(in.text());
      case INT -> new Type.Int(in.intValue());
      case FLOATING -> new Type.Floating(in.intValue());
      case DECIMAL -> new Type.Decimal(in.intValue(), (int) in.signed());
      case LIST -> new Type.ListOf(type(in));
      default -> throw new IllegalStateException("stored type of unknown kind " + kind);
    };
  }
}
