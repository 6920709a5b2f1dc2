package io.sabot.store;

import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import org.jspecify.annotations.Nullable;

/// Changes names and definitions within a transaction. Two transactions that both change the
/// catalog conflict.
public interface CatalogWriter {
  /// An identity for a new table or view; never given twice.
  int nextId();

  void createSchema(String name);

  void dropSchema(String name);

  /// Adds a table. Its `id` comes from {@link #nextId}.
  void createTable(TableDef table);

  /// Replaces the definition of a table: names, added or dropped columns, added or dropped keys.
  /// Added columns are null in existing rows; new keys are checked and indexed now.
  void alterTable(TableDef table);

  void dropTable(int tableId);

  /// Adds an index and fills it with what there is. Its `id` comes from {@link #nextId}. The index
  /// of a constraint is dropped with it.
  void createIndex(IndexDef index);

  void dropIndex(int indexId);

  /// Adds a constraint of the graph after checking what there is. The index of one that is unique
  /// was created before.
  void createConstraint(GraphConstraint constraint);

  void dropConstraint(int constraintId);

  void createView(ViewDef view);

  void dropView(int viewId);

  /// Adds a sequence. Its `id` comes from {@link #nextId}.
  void createSequence(SequenceDef sequence);

  void dropSequence(int sequenceId);

  /// Adds a function. Its `id` comes from {@link #nextId}; its name must be free.
  void createFunction(FunctionDef function);

  void dropFunction(int functionId);

  /// Says something about what {@link io.sabot.plan.catalog.Comments} names; null takes it back.
  void comment(String about, @Nullable String text);

  void setPrefix(String prefix, String iri);

  void removePrefix(String prefix);
}
