package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.PropertyGraphText;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.statement.Statement;
import io.sabot.store.Transaction;
import java.util.Optional;

/// Carries out commands about property graphs, which the store keeps beside its views.
final class GraphDefinitions {
  private GraphDefinitions() {}

  static void create(Statement.CreatePropertyGraph create, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    PropertyGraphDef graph = create.graph();
    Optional<PropertyGraphDef> before = catalog.propertyGraph(graph.schema(), graph.name());
    if (before.isPresent() && create.ifNotExists()) {
      return;
    }
    if (before.isPresent()) {
      if (!create.orReplace()) {
        throw Definitions.exists("property graph", graph.name());
      }
      transaction.catalog().dropView(before.get().id());
    }
    int id = transaction.catalog().nextId();
    PropertyGraphDef numbered = graph.withId(id).withTemplates(freeTemplate(catalog));
    transaction
        .catalog()
        .createView(
            new ViewDef(
                id,
                graph.schema(),
                graph.name(),
                PropertyGraphText.LANGUAGE,
                PropertyGraphText.write(numbered)));
  }

  /// Above those of all graphs that are there.
  private static int freeTemplate(Catalog catalog) {
    return catalog.propertyGraphs().stream()
        .flatMap(graph -> graph.elements().stream())
        .mapToInt(element -> element.template() + 1)
        .reduce(GraphMapping.NAMED_FIRST, Math::max);
  }

  static void drop(Statement.DropPropertyGraph drop, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    Optional<PropertyGraphDef> graph = catalog.propertyGraph(drop.schema(), drop.name());
    if (graph.isPresent()) {
      transaction.catalog().dropView(graph.get().id());
    } else if (!drop.ifExists()) {
      throw new QueryException(
          ErrorCode.UNKNOWN_TABLE,
          null,
          "property graph '" + drop.name() + "' does not exist",
          Errors.didYouMean(
              drop.name(), catalog.propertyGraphs().stream().map(PropertyGraphDef::name).toList()));
    }
  }

  /// A table that a property graph is over stays.
  static void checkUnused(TableDef table, Catalog catalog) {
    for (PropertyGraphDef graph : catalog.propertyGraphs()) {
      if (graph.uses(table.id())) {
        throw Errors.semantic(
            null,
            "DependentGraph",
            "property graph '" + graph.name() + "' needs table '" + table.name() + "'",
            "drop the graph first");
      }
    }
  }
}
