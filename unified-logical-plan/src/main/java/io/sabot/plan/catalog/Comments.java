package io.sabot.plan.catalog;

/// By which names the catalog knows what comments are about.
public final class Comments {
  private Comments() {}

  public static String ofSchema(String schema) {
    return "schema " + schema;
  }

  /// Of a table, a view or a sequence.
  public static String ofRelation(int id) {
    return "relation " + id;
  }

  public static String ofColumn(int tableId, int columnId) {
    return "column " + tableId + " " + columnId;
  }
}
