package io.sabot.plan.expr;

import io.sabot.plan.type.Type;

/// A column of a plan. `id` is unique within a query and is its identity: positions never matter,
/// so moving a node never rewrites expressions. `name` is for people only.
public record Column(int id, String name, Type type, boolean nullable) {
  public Column withType(Type newType) {
    return new Column(id, name, newType, nullable);
  }

  public Column asNullable() {
    return nullable ? this : new Column(id, name, type, true);
  }

  public Expr.Col ref() {
    return new Expr.Col(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Column that && id == that.id;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return name + "#" + id;
  }
}
