package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.parser.cypher.ast.Query.UnionPart;
import io.sabot.parser.cypher.ast.RemoveItem;
import io.sabot.parser.cypher.ast.SetItem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks queries clause by clause, carrying the scope along.
final class QueryCheck {
  private final ProcedureCheck procedures;

  QueryCheck(ProcedureCheck procedures) {
    this.procedures = procedures;
  }

  /// Checks a query and returns its result columns; an empty scope when it returns nothing.
  Scope query(Query query, Scope outer) {
    Composition.check(query);
    Scope columns = single(query.first(), outer);
    for (UnionPart union : query.unions()) {
      Scope other = single(union.query(), outer);
      if (!columns.names().equals(other.names())) {
        throw CypherErrors.unionColumns(
            union.place(), String.join(", ", columns.names()), String.join(", ", other.names()));
      }
    }
    return columns;
  }

  /// Checks the query inside EXISTS or COUNT, which sees everything around it.
  void subquery(Query query, Scope outer) {
    Composition.checkReadOnly(query);
    single(query.first(), outer.inner());
    query.unions().forEach(union -> single(union.query(), outer.inner()));
  }

  /// Checks the query inside COLLECT, which returns the elements of a list.
  void subqueryOfOneColumn(Query query, Scope outer, Place place) {
    Composition.checkReadOnly(query);
    Scope columns = query(query, outer);
    if (columns.names().size() != 1) {
      throw CypherErrors.unexpectedSyntax(
          place,
          "COLLECT needs a query that returns one column, found " + columns.names().size(),
          "end the query with RETURN and one expression");
    }
  }

  private Scope single(SingleQuery query, Scope outer) {
    Scope scope = outer.inner();
    boolean standalone = query.clauses().size() == 1;
    for (Clause clause : query.clauses()) {
      scope = clause(clause, scope, standalone);
    }
    return switch (query.last()) {
      case Clause.Return _ -> scope;
      case Clause.Call _ when standalone -> scope;
      default -> new Scope();
    };
  }

  private Scope clause(Clause clause, Scope scope, boolean standalone) {
    switch (clause) {
      case Clause.Match match -> {
        PatternCheck.match(this, scope, match.pattern(), match.keyword());
        where(match.where(), scope);
      }
      case Clause.Unwind unwind -> unwind(unwind, scope);
      case Clause.Create create -> PatternCheck.create(this, scope, create.pattern());
      case Clause.Merge merge -> merge(merge, scope);
      case Clause.Set set -> setItems(set.items(), scope);
      case Clause.Remove remove -> remove.items().forEach(item -> removeItem(item, scope));
      case Clause.Delete delete -> delete.targets().forEach(target -> delete(target, scope));
      case Clause.Foreach foreach -> foreach(foreach, scope);
      case Clause.Call call -> procedures.call(this, call, scope, standalone);
      case Clause.SubqueryCall call -> subqueryCall(call, scope);
      case Clause.Use use -> GraphNames.check(use);
      case Clause.Finish _ -> {
        // Nothing to check.
      }
      case Clause.With with -> {
        return ProjectionCheck.with(this, scope, with);
      }
      case Clause.Return returned -> {
        return ProjectionCheck.returned(this, scope, returned.projection());
      }
    }
    return scope;
  }

  void where(@Nullable Expression predicate, Scope scope) {
    if (predicate != null) {
      ExpressionCheck.predicate(this, scope, predicate);
    }
  }

  private void unwind(Clause.Unwind unwind, Scope scope) {
    StaticType list = ExpressionCheck.plain(this, scope, unwind.list(), "UNWIND");
    bindNew(
        unwind.element(),
        list instanceof StaticType.ListOf(var element) ? element : StaticType.ANY,
        scope,
        "UNWIND");
  }

  private static void bindNew(Name name, StaticType type, Scope scope, String clause) {
    if (scope.contains(name.text())) {
      throw CypherErrors.alreadyBound(name.place(), name.text(), clause);
    }
    scope.bind(name.text(), type);
  }

  private void merge(Clause.Merge merge, Scope scope) {
    PatternPart pattern = merge.pattern();
    PatternCheck.merge(this, scope, pattern);
    setItems(merge.onCreate(), scope);
    setItems(merge.onMatch(), scope);
  }

  private void setItems(List<SetItem> items, Scope scope) {
    for (SetItem item : items) {
      switch (item) {
        case SetItem.SetProperty set -> {
          owner(set.subject(), scope);
          value(set.value(), scope);
        }
        case SetItem.SetAll set -> {
          entity(set.variable(), scope, "SET");
          value(set.value(), scope);
        }
        case SetItem.SetLabels set -> entity(set.variable(), scope, "SET");
      }
    }
  }

  private void value(Expression value, Scope scope) {
    ExpressionCheck.plain(this, scope, value, "SET");
  }

  private void owner(Expression subject, Scope scope) {
    StaticType type = ExpressionCheck.plain(this, scope, subject, "SET");
    requireEntity(subject, type, "before the property to change");
  }

  private static void requireEntity(Expression at, StaticType type, String where) {
    if (!type.mayBe(StaticType.NODE) && !type.mayBe(StaticType.RELATIONSHIP)) {
      throw CypherErrors.argumentType(at.place(), type.word(), "a node or a relationship", where);
    }
  }

  private static void entity(Name name, Scope scope, String clause) {
    StaticType type = scope.type(name);
    requireEntity(new Expression.Variable(name.text(), name.place()), type, "after " + clause);
  }

  private void removeItem(RemoveItem item, Scope scope) {
    switch (item) {
      case RemoveItem.RemoveProperty remove -> owner(remove.subject(), scope);
      case RemoveItem.RemoveLabels remove -> entity(remove.variable(), scope, "REMOVE");
    }
  }

  private void delete(Expression target, Scope scope) {
    if (target instanceof Expression.HasLabels) {
      throw CypherErrors.deleteLabel(target.place());
    }
    StaticType type = ExpressionCheck.plain(this, scope, target, "DELETE");
    boolean deletable =
        type.mayBe(StaticType.NODE)
            || type.mayBe(StaticType.RELATIONSHIP)
            || type.mayBe(StaticType.PATH);
    if (!deletable) {
      throw CypherErrors.argumentType(
          target.place(), type.word(), "a node, a relationship or a path", "after DELETE");
    }
  }

  private void foreach(Clause.Foreach foreach, Scope scope) {
    StaticType list = ExpressionCheck.plain(this, scope, foreach.list(), "FOREACH");
    Scope inner = scope.inner();
    bindNew(
        foreach.element(),
        list instanceof StaticType.ListOf(var element) ? element : StaticType.ANY,
        inner,
        "FOREACH");
    for (Clause clause : foreach.body()) {
      inner = clause(clause, inner, false);
    }
  }

  /// The inner query sees of the outer variables only those that its leading WITH imports.
  private void subqueryCall(Clause.SubqueryCall call, Scope scope) {
    Query query = call.query();
    Composition.check(query);
    Scope columns = imported(query.first(), scope);
    for (UnionPart union : query.unions()) {
      Scope other = imported(union.query(), scope);
      if (!columns.names().equals(other.names())) {
        throw CypherErrors.unionColumns(
            union.place(), String.join(", ", columns.names()), String.join(", ", other.names()));
      }
    }
    Set<String> clashing = new HashSet<>(columns.names());
    clashing.retainAll(scope.names());
    if (!clashing.isEmpty()) {
      throw CypherErrors.alreadyBound(call.place(), clashing.iterator().next(), "the subquery");
    }
    scope.bindAll(columns);
    if (call.transactions() != null) {
      transactions(call.transactions(), scope);
    }
  }

  private void transactions(Clause.InTransactions transactions, Scope scope) {
    if (transactions.rows() != null) {
      ExpressionCheck.plain(this, new Scope(), transactions.rows(), "IN TRANSACTIONS");
    }
    if (transactions.status() != null) {
      bindNew(transactions.status(), StaticType.MAP, scope, "REPORT STATUS");
    }
  }

  private Scope imported(SingleQuery query, Scope outer) {
    return single(query, importing(query) ? outer : new Scope());
  }

  /// Whether a query inside CALL { } starts by importing variables.
  static boolean importing(SingleQuery query) {
    return query.clauses().getFirst() instanceof Clause.With with
        && with.projection().items().stream()
            .allMatch(item -> item.expression() instanceof Expression.Variable)
        && with.projection().order().isEmpty();
  }

  /// The arguments of a call must not aggregate.
  StaticType argument(Expression argument, Scope scope, String procedure) {
    return ExpressionCheck.plain(this, scope, argument, "an argument of " + procedure);
  }
}
