package io.sabot.plan.catalog;

/// What must hold for the native nodes with a label or the native edges of a type. Constraints and
/// indexes share their names.
///
/// @param indexId the unique index that UNIQUE and KEY are kept by; 0 for NOT_NULL
public record GraphConstraint(int id, String name, IndexTarget target, Kind kind, int indexId) {
  /// What is demanded of the properties.
  public enum Kind {
    /// No two elements agree in all of them.
    UNIQUE,
    /// Every element has all of them, and no two agree in all.
    KEY,
    /// Every element has the property.
    NOT_NULL;

    public boolean isUnique() {
      return this != NOT_NULL;
    }

    public boolean isRequired() {
      return this != UNIQUE;
    }
  }
}
