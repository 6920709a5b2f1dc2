package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Rows that a mapping of the user makes triples of, without those where a column that was asked
/// for is null.
sealed interface SourceRows {
  Expr column(String name);

  LogicalNode plan();

  /// Whether no two rows agree in all these columns.
  boolean areTold(Set<String> columns);

  static SourceRows of(
      Source source, Catalog catalog, GraphMapping mapping, ColumnAllocator allocator) {
    return switch (source) {
      case Source.Query(String sql) -> new OfQuery(catalog.query(sql, allocator));
      case Source.Table(String schema, String name) ->
          catalog
              .table(schema, name)
              .<SourceRows>map(t -> new OfTable(t, new MappedRows(t, mapping, allocator)))
              .orElseGet(() -> new OfQuery(catalog.query(view(schema, name), allocator)));
    };
  }

  private static String view(String schema, String name) {
    return "SELECT * FROM " + quoted(schema) + "." + quoted(name);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A stored table.
  record OfTable(TableDef table, MappedRows rows) implements SourceRows {
    @Override
    public Expr column(String name) {
      return rows.present(id(name));
    }

    private int id(String name) {
      return table
          .column(name)
          .map(ColumnDef::id)
          .orElseThrow(() ->
              Errors.unknownColumn(
                  null,
                  name,
                  "table '" + table.name() + "', which a mapping reads",
                  table.columns().stream().map(ColumnDef::name).toList()));
    }

    @Override
    public LogicalNode plan() {
      return rows.plan();
    }

    @Override
    public boolean areTold(Set<String> columns) {
      Set<Integer> ids = new LinkedHashSet<>();
      columns.forEach(name -> ids.add(id(name)));
      return table.hasPrimaryKey() && ids.containsAll(table.primaryKey())
          || table.uniqueKeys().stream().anyMatch(ids::containsAll);
    }
  }

  /// The rows of a query or a view.
  record OfQuery(LogicalNode.Output query, Set<Column> present) implements SourceRows {
    OfQuery(LogicalNode.Output query) {
      this(query, new LinkedHashSet<>());
    }

    @Override
    public Expr column(String name) {
      for (boolean exact : new boolean[] {true, false}) {
        for (LogicalNode.OutputColumn column : query.columns()) {
          String own = column.name();
          if (exact ? own.equals(name) : lower(own).equals(lower(name))) {
            if (column.column().nullable()) {
              present.add(column.column());
            }
            return column.column().ref();
          }
        }
      }
      throw Errors.unknownColumn(
          null,
          name,
          "the query of a mapping",
          query.columns().stream().map(LogicalNode.OutputColumn::name).toList());
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public LogicalNode plan() {
      List<Expr> tests = new ArrayList<>();
      present.forEach(column -> tests.add(LogicFunctions.IS_NOT_NULL.call(column.ref())));
      return tests.isEmpty()
          ? query.input()
          : new LogicalNode.Filter(query.input(), LogicFunctions.and(tests));
    }

    @Override
    public boolean areTold(Set<String> columns) {
      return false;
    }
  }
}
