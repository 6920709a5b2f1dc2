package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.IndexText;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.statement.Statement;
import io.sabot.store.Transaction;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out commands about indexes and about constraints of the graph.
final class IndexDefinitions {
  private IndexDefinitions() {}

  static void create(Statement.CreateIndex create, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    if (create.ifNotExists() && isThere(create.name(), create.target(), catalog)) {
      return;
    }
    String name = create.name() != null ? create.name() : free("index", create.target(), catalog);
    checkFree("index", name, catalog);
    transaction
        .catalog()
        .createIndex(
            new IndexDef(transaction.catalog().nextId(), name, create.target(), create.unique()));
    transaction.checkConstraints();
  }

  /// Whether there is an index of this name or, when it has none, over the same.
  private static boolean isThere(@Nullable String name, IndexTarget target, Catalog catalog) {
    return catalog.indexes().stream()
        .anyMatch(i -> name == null ? i.target().equals(target) : i.name().equalsIgnoreCase(name));
  }

  private static boolean isTaken(String name, Catalog catalog) {
    return index(name, catalog).isPresent() || constraint(name, catalog).isPresent();
  }

  private static void checkFree(String what, String name, Catalog catalog) {
    if (isTaken(name, catalog)) {
      throw Definitions.exists(what, name);
    }
  }

  private static String free(String prefix, IndexTarget target, Catalog catalog) {
    String name = IndexText.name(prefix, target, catalog);
    String chosen = name;
    for (int i = 2; isTaken(chosen, catalog); i++) {
      chosen = name + '_' + i;
    }
    return chosen;
  }

  private static Optional<IndexDef> index(String name, Catalog catalog) {
    return catalog.indexes().stream().filter(i -> i.name().equalsIgnoreCase(name)).findFirst();
  }

  private static Optional<GraphConstraint> constraint(String name, Catalog catalog) {
    return catalog.constraints().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  private static QueryException unknown(String what, String name, Collection<String> known) {
    return new QueryException(
        ErrorCode.UNKNOWN_TABLE,
        null,
        what + " '" + name + "' does not exist",
        Errors.didYouMean(name, known));
  }

  static void drop(String name, boolean ifExists, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    Optional<IndexDef> index = index(name, catalog);
    if (index.isPresent()) {
      transaction.catalog().dropIndex(index.get().id());
    } else if (!ifExists) {
      throw unknown("index", name, catalog.indexes().stream().map(IndexDef::name).toList());
    }
  }

  static void constrain(Statement.CreateConstraint create, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    if (create.ifNotExists() && isThere(create, catalog)) {
      return;
    }
    String name =
        create.name() != null ? create.name() : free("constraint", create.target(), catalog);
    checkFree("constraint", name, catalog);
    int indexId = 0;
    if (create.kind().isUnique()) {
      indexId = transaction.catalog().nextId();
      transaction.catalog().createIndex(new IndexDef(indexId, name, create.target(), true));
    }
    transaction
        .catalog()
        .createConstraint(
            new GraphConstraint(
                transaction.catalog().nextId(), name, create.target(), create.kind(), indexId));
    transaction.checkConstraints();
  }

  private static boolean isThere(Statement.CreateConstraint create, Catalog catalog) {
    String name = create.name();
    boolean isSame =
        catalog.constraints().stream()
            .anyMatch(c -> c.target().equals(create.target()) && c.kind() == create.kind());
    return isSame || name != null && constraint(name, catalog).isPresent();
  }

  static void release(String name, boolean ifExists, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    Optional<GraphConstraint> constraint = constraint(name, catalog);
    if (constraint.isPresent()) {
      transaction.catalog().dropConstraint(constraint.get().id());
    } else if (!ifExists) {
      throw unknown(
          "constraint", name, catalog.constraints().stream().map(GraphConstraint::name).toList());
    }
  }
}
