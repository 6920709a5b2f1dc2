package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.core.TableModify;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE and DELETE.
final class ModifyLowering {
  private final RelLowering rels;

  ModifyLowering(RelLowering rels) {
    this.rels = rels;
  }

  LogicalNode.Output lower(TableModify modify) {
    CatalogReader.StoredTable stored = modify.getTable().unwrap(CatalogReader.StoredTable.class);
    if (stored == null) {
      throw Errors.unsupported(null, "a change of the rows of a view");
    }
    TableDef table = stored.definition;
    return switch (modify.getOperation()) {
      case INSERT -> insert(modify, table);
      case UPDATE -> update(modify, table);
      case DELETE -> delete(modify, table);
      case MERGE -> throw Errors.unsupported(null, "MERGE");
    };
  }

  private LogicalNode.Output insert(TableModify modify, TableDef table) {
    Relation input = rels.lower(modify.getInput());
    List<ColumnDef> definitions = table.columns();
    return finish(TableVerb.INSERT, table, input.plan(), definitions, input.fields(), null);
  }

  private LogicalNode.Output update(TableModify modify, TableDef table) {
    rels.wantRowAddress(table);
    Relation input = rels.lower(modify.getInput());
    List<String> names = java.util.Objects.requireNonNull(modify.getUpdateColumnList());
    int first = input.fields().size() - names.size();
    List<ColumnDef> definitions = names.stream().map(n -> table.column(n).orElseThrow()).toList();
    List<Column> fields = input.fields().subList(first, input.fields().size());
    return finish(TableVerb.UPDATE, table, input.plan(), definitions, fields, rels.rowAddress());
  }

  private LogicalNode.Output delete(TableModify modify, TableDef table) {
    rels.wantRowAddress(table);
    Relation input = rels.lower(modify.getInput());
    return finish(TableVerb.DELETE, table, input.plan(), List.of(), List.of(), rels.rowAddress());
  }

  /// Converts the new values to the columns' types and puts the change on top.
  private LogicalNode.Output finish(
      TableVerb verb,
      TableDef table,
      LogicalNode input,
      List<ColumnDef> definitions,
      List<Column> fields,
      @Nullable Column address) {
    Map<Integer, Column> values = new TreeMap<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < definitions.size(); i++) {
      ColumnDef definition = definitions.get(i);
      Column field = fields.get(i);
      Column value = rels.columns.column(definition.name(), definition.type(), field.nullable());
      assignments.add(new Assignment(value, Coercion.cast(field.ref(), definition.type())));
      values.put(definition.id(), value);
    }
    if (address != null) {
      assignments.add(Assignment.same(address));
    }
    Column count = rels.columns.column("count", Type.INT64, false);
    LogicalNode plan =
        new LogicalNode.TableModify(
            verb,
            table.id(),
            table.name(),
            new LogicalNode.Project(input, assignments),
            address,
            values,
            count);
    return new LogicalNode.Output(plan, List.of(new LogicalNode.OutputColumn(count, "count")));
  }
}
