package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.parser.cypher.ast.Query.UnionPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks which clause may follow which.
final class Composition {
  private Composition() {}

  static void check(Query query) {
    single(query.first());
    for (UnionPart union : query.unions()) {
      if (union.all() != query.unions().getFirst().all()) {
        throw CypherErrors.composition(
            union.place(),
            "UNION and UNION ALL cannot be mixed in one query",
            "use only one of them, or wrap a part in CALL { }");
      }
      single(union.query());
    }
    if (!query.unions().isEmpty()) {
      returns(query.first());
      query.unions().forEach(union -> returns(union.query()));
    }
  }

  private static void returns(SingleQuery query) {
    if (!(query.last() instanceof Clause.Return)) {
      throw CypherErrors.composition(
          query.last().place(), "each query of a UNION must end with RETURN", "add RETURN");
    }
  }

  private static void single(SingleQuery query) {
    order(query.clauses());
    Clause last = query.last();
    boolean complete =
        switch (last) {
          case Clause.Return _, Clause.Call _, Clause.SubqueryCall _, Clause.Finish _ -> true;
          default -> last.isUpdating();
        };
    if (!complete) {
      throw CypherErrors.composition(
          last.place(),
          "a query cannot end with " + last.keyword(),
          "end it with RETURN or with an update such as CREATE");
    }
  }

  private static void order(List<Clause> clauses) {
    Clause update = null;
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      switch (clause) {
        case Clause.Use use -> {
          if (i > 0) {
            throw CypherErrors.composition(
                use.place(), "USE is the first clause of a query", "move it to the start");
          }
        }
        case Clause.Finish finish -> {
          if (i < clauses.size() - 1) {
            throw CypherErrors.composition(finish.place(), "nothing can follow FINISH", "");
          }
        }
        case Clause.Return _ -> {
          if (i < clauses.size() - 1) {
            throw CypherErrors.composition(
                clauses.get(i + 1).place(),
                "nothing can follow RETURN, found " + clauses.get(i + 1).keyword(),
                "use WITH to pass columns on");
          }
        }
        case Clause.With _ -> update = null;
        case Clause.Match _, Clause.Unwind _, Clause.Call _, Clause.SubqueryCall _ ->
            readAfter(update, clause);
        case Clause.Foreach foreach -> {
          body(foreach);
          update = clause;
        }
        case Clause.Create _, Clause.Merge _, Clause.Set _, Clause.Remove _, Clause.Delete _ ->
            update = clause;
      }
    }
  }

  private static void readAfter(@Nullable Clause update, Clause clause) {
    if (update != null) {
      throw CypherErrors.composition(
          clause.place(),
          clause.keyword() + " cannot follow " + update.keyword() + " directly",
          "put WITH * between them");
    }
  }

  private static void body(Clause.Foreach foreach) {
    for (Clause clause : foreach.body()) {
      if (!clause.isUpdating()) {
        throw CypherErrors.composition(
            clause.place(),
            clause.keyword() + " cannot be used inside FOREACH",
            "FOREACH takes updates only; use UNWIND to read for each element");
      }
      if (clause instanceof Clause.Foreach inner) {
        body(inner);
      }
    }
  }

  /// Inside EXISTS and COUNT nothing may change, and RETURN is optional.
  static void checkReadOnly(Query query) {
    readOnly(query.first());
    query.unions().forEach(union -> readOnly(union.query()));
  }

  private static void readOnly(SingleQuery query) {
    order(query.clauses());
    for (Clause clause : query.clauses()) {
      if (clause.isUpdating()) {
        throw CypherErrors.composition(
            clause.place(),
            clause.keyword() + " cannot be used in a subquery that is a condition or a value",
            "move the update out of the subquery");
      }
    }
  }
}
