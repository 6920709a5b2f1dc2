package io.sabot.engine;

import io.sabot.parser.sql.SqlFrontEnd;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.rdf.RdfMappingDef;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// The store's catalog with the procedures of the database.
///
/// @param mappings what mappings of tables to RDF say
/// @param javaFunctions registered with the database
/// @param inferred IRI of the inferred graph, empty for none
record SessionCatalog(
    Catalog stored,
    RdfMappings mappings,
    List<ProcedureDef> procedures,
    List<UserFunction> javaFunctions,
    String inferred)
    implements Catalog {
  @Override
  public List<FunctionDef> functions() {
    return stored.functions();
  }

  /// Java's functions hide SQL's of the same name.
  @Override
  public List<UserFunction> userFunctions() {
    if (stored.functions().isEmpty()) {
      return javaFunctions;
    }
    List<UserFunction> all = new ArrayList<>(javaFunctions);
    for (FunctionDef function : stored.functions()) {
      if (all.stream().noneMatch(known -> known.name().equalsIgnoreCase(function.name()))) {
        all.add(SqlFrontEnd.function(function, this, FrontEnds::embedded));
      }
    }
    return all;
  }

  @Override
  public List<RdfMappingDef> rdfMappings() {
    return stored.rdfMappings();
  }

  @Override
  public RdfMapping rdfMapping() {
    return mappings.of(stored.rdfMappings(), stored.baseIri());
  }

  @Override
  public LogicalNode.Output query(String sql, ColumnAllocator columns) {
    Statement statement = FrontEnds.embedded("sql", sql, this, columns, Map.of());
    if (statement instanceof Statement.Query(LogicalNode.Output output, _, var form, _)
        && form == Statement.ResultForm.ROWS) {
      return output;
    }
    throw Errors.semantic(null, "NotAQuery", "the SQL text of a mapping does not return rows", "");
  }

  @Override
  public boolean mayHold(Value predicate, Value object) {
    return stored.mayHold(predicate, object);
  }

  @Override
  public long version() {
    return stored.version();
  }

  @Override
  public List<TableDef> tables() {
    return stored.tables();
  }

  @Override
  public Optional<String> inferredGraph() {
    return inferred.isEmpty() ? Optional.empty() : Optional.of(inferred);
  }

  @Override
  public List<ViewDef> views() {
    return stored.views();
  }

  @Override
  public List<PropertyGraphDef> propertyGraphs() {
    return stored.propertyGraphs();
  }

  @Override
  public List<IndexDef> indexes() {
    return stored.indexes();
  }

  @Override
  public List<GraphConstraint> constraints() {
    return stored.constraints();
  }

  @Override
  public List<SequenceDef> sequences() {
    return stored.sequences();
  }

  @Override
  public SortedMap<String, String> comments() {
    return stored.comments();
  }

  @Override
  public SortedSet<String> schemas() {
    return stored.schemas();
  }

  @Override
  public SortedSet<String> nodeLabels() {
    return stored.nodeLabels();
  }

  @Override
  public SortedSet<String> edgeTypes() {
    return stored.edgeTypes();
  }

  @Override
  public SortedSet<String> propertyKeys() {
    return stored.propertyKeys();
  }

  @Override
  public SortedMap<String, String> prefixes() {
    return stored.prefixes();
  }

  @Override
  public String baseIri() {
    return stored.baseIri();
  }

  @Override
  public Statistics statistics() {
    return stored.statistics();
  }
}
