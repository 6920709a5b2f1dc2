package io.sabot.plan.catalog;

import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.rdf.RdfMappingDef;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// A catalog that answers as another one does, except where it says otherwise.
public interface CatalogOver extends Catalog {
  Catalog base();

  @Override
  default long version() {
    return base().version();
  }

  @Override
  default FileTable file(String path, String format, Map<String, String> options) {
    return base().file(path, format, options);
  }

  @Override
  default List<TableDef> tables() {
    return base().tables();
  }

  @Override
  default List<ViewDef> views() {
    return base().views();
  }

  @Override
  default List<MaterializedViewDef> materializedViews() {
    return base().materializedViews();
  }

  @Override
  default List<PropertyGraphDef> propertyGraphs() {
    return base().propertyGraphs();
  }

  @Override
  default List<IndexDef> indexes() {
    return base().indexes();
  }

  @Override
  default List<GraphConstraint> constraints() {
    return base().constraints();
  }

  @Override
  default List<SequenceDef> sequences() {
    return base().sequences();
  }

  @Override
  default SortedMap<String, String> comments() {
    return base().comments();
  }

  @Override
  default SortedSet<String> schemas() {
    return base().schemas();
  }

  @Override
  default SortedSet<String> nodeLabels() {
    return base().nodeLabels();
  }

  @Override
  default SortedSet<String> edgeTypes() {
    return base().edgeTypes();
  }

  @Override
  default SortedSet<String> propertyKeys() {
    return base().propertyKeys();
  }

  @Override
  default SortedSet<String> propertyKeys(String label, boolean isEdge) {
    return base().propertyKeys(label, isEdge);
  }

  @Override
  default SortedMap<String, String> prefixes() {
    return base().prefixes();
  }

  @Override
  default String baseIri() {
    return base().baseIri();
  }

  @Override
  default Optional<String> inferredGraph() {
    return base().inferredGraph();
  }

  @Override
  default List<RdfMappingDef> rdfMappings() {
    return base().rdfMappings();
  }

  @Override
  default RdfMapping rdfMapping() {
    return base().rdfMapping();
  }

  @Override
  default LogicalNode.Output query(String sql, ColumnAllocator columns) {
    return base().query(sql, columns);
  }

  @Override
  default boolean mayHold(Value predicate, Value object) {
    return base().mayHold(predicate, object);
  }

  @Override
  default List<ProcedureDef> procedures() {
    return base().procedures();
  }

  @Override
  default List<FunctionDef> functions() {
    return base().functions();
  }

  @Override
  default List<UserFunction> userFunctions() {
    return base().userFunctions();
  }

  @Override
  default Statistics statistics() {
    return base().statistics();
  }
}
