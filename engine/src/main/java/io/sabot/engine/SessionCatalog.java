package io.sabot.engine;

import io.sabot.engine.io.FileTables;
import io.sabot.parser.sql.SqlFrontEnd;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.CatalogOver;
import io.sabot.plan.catalog.FileTable;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The store's catalog with the procedures of the database.
///
/// @param base the store's
/// @param mappings what mappings of tables to RDF say
/// @param javaFunctions registered with the database
/// @param access what the session may reach beyond the store
/// @param inferred IRI of the inferred graph, empty for none
record SessionCatalog(
    Catalog base,
    RdfMappings mappings,
    List<ProcedureDef> procedures,
    List<UserFunction> javaFunctions,
    Access access,
    String inferred)
    implements CatalogOver {
  /// Java's functions hide SQL's of the same name.
  @Override
  public List<UserFunction> userFunctions() {
    if (base.functions().isEmpty()) {
      return javaFunctions;
    }
    List<UserFunction> all = new ArrayList<>(javaFunctions);
    for (FunctionDef function : base.functions()) {
      if (all.stream().noneMatch(known -> known.name().equalsIgnoreCase(function.name()))) {
        all.add(SqlFrontEnd.function(function, this, FrontEnds::embedded));
      }
    }
    return all;
  }

  @Override
  public RdfMapping rdfMapping() {
    return mappings.of(base.rdfMappings(), base.baseIri());
  }

  @Override
  public LogicalNode.Output query(String sql, ColumnAllocator columns) {
    Statement statement = FrontEnds.embedded("sql", sql, this, columns, Map.of());
    if (statement instanceof Statement.Query(LogicalNode.Output output, _, var form, _, _)
        && form == Statement.ResultForm.ROWS) {
      return output;
    }
    throw Errors.semantic(null, "NotAQuery", "the SQL text of a mapping does not return rows", "");
  }

  @Override
  public FileTable file(String path, String format, Map<String, String> options) {
    return new FileTables(access).describe(path, format, options);
  }

  @Override
  public Optional<String> inferredGraph() {
    return inferred.isEmpty() ? Optional.empty() : Optional.of(inferred);
  }
}
