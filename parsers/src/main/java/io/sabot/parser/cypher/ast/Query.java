package io.sabot.parser.cypher.ast;

import java.util.List;

/// One or more single queries, joined by UNION.
public record Query(SingleQuery first, List<UnionPart> unions, Place place) {
  public Query {
    unions = List.copyOf(unions);
  }

  /// A chain of clauses; each sees the rows of the one before it.
  public record SingleQuery(List<Clause> clauses, Place place) {
    public SingleQuery {
      clauses = List.copyOf(clauses);
    }

    public Clause last() {
      return clauses.getLast();
    }
  }

  /// `UNION` or, with duplicates kept, `UNION ALL` and what follows it.
  public record UnionPart(boolean all, SingleQuery query, Place place) {}
}
