package io.sabot.optimizer.rule;

import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.RowKeys;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.MappingFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the keys of two rows where their entities are compared.
///
/// `same_term(entity_node(1, p, a), entity_node(1, p, b))` => `eq(a, b)`
///
/// `same_term(entity_node(1, p, a), node 7 of template 1)` => `eq(a, 7)`
///
/// Entities of different templates are never the same; but `false` may stand for the comparison
/// only where null counts as false too, because it is null for a null key.
final class StripEntities implements ExprRule {
  /// An entity computed from a key.
  private record Entity(boolean edge, long template, String prefix, List<Expr> key) {}

  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (!(expr instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    if (function.equals(LogicFunctions.IS_NULL) || function.equals(LogicFunctions.IS_NOT_NULL)) {
      Entity entity = entity(args.getFirst());
      if (entity == null) {
        return null;
      }
      List<Expr> tests = entity.key().stream().map(k -> (Expr) function.call(k)).toList();
      return function.equals(LogicFunctions.IS_NULL)
          ? LogicFunctions.or(tests)
          : LogicFunctions.and(tests);
    }
    if (!function.equals(ComparisonFunctions.SAME_TERM)) {
      return null;
    }
    Entity left = entity(args.get(0));
    Entity right = entity(args.get(1));
    if (left != null && right != null) {
      return isSameKind(left, right) ? keys(left.key(), right.key()) : null;
    }
    Entity one = left != null ? left : right;
    Expr other = left != null ? args.get(1) : args.get(0);
    return one != null && other instanceof Expr.Lit(var value, _) ? constant(one, value) : null;
  }

  private static boolean isSameKind(Entity a, Entity b) {
    return a.edge() == b.edge() && a.prefix().equals(b.prefix()) && a.template() == b.template();
  }

  private static Expr keys(List<Expr> left, List<Expr> right) {
    List<Expr> tests = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      tests.add(ComparisonFunctions.compare(Op.EQ, Rules.SQL, left.get(i), right.get(i)));
    }
    return LogicFunctions.and(tests);
  }

  private static @Nullable Expr constant(Entity entity, Value value) {
    if (value instanceof Value.NodeRef(long id) && !entity.edge()) {
      return ofTemplate(entity, id);
    }
    if (value instanceof Value.EdgeRef(long id) && entity.edge()) {
      return ofTemplate(entity, id);
    }
    if (value instanceof Value.Iri(String iri) && iri.startsWith(entity.prefix())) {
      List<Type> types = entity.key().stream().map(Expr::type).toList();
      return RowKeys.parse(iri.substring(entity.prefix().length()), types)
          .map(k -> keys(entity.key(), k.stream().map(v -> (Expr) Expr.lit(v)).toList()))
          .orElse(null);
    }
    return null;
  }

  private static @Nullable Expr ofTemplate(Entity entity, long id) {
    boolean same =
        TermId.template(id) == entity.template()
            && entity.key().size() == 1
            && entity.key().getFirst().type() instanceof Type.Int;
    if (!same) {
      return null;
    }
    Expr key = Expr.lit(Value.of(TermId.intOfKey(TermId.key(id))));
    return keys(entity.key(), List.of(key));
  }

  private static @Nullable Entity entity(Expr expr) {
    if (!(Forms.strip(expr) instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    boolean edge = function.equals(MappingFunctions.ENTITY_EDGE);
    if (!edge && !function.equals(MappingFunctions.ENTITY_NODE)) {
      return null;
    }
    boolean constant =
        args.get(0) instanceof Expr.Lit(Value.Int _, _)
            && args.get(1) instanceof Expr.Lit(Value.Str _, _);
    if (!constant) {
      return null;
    }
    long template = ((Value.Int) ((Expr.Lit) args.get(0)).value()).value();
    String prefix = ((Value.Str) ((Expr.Lit) args.get(1)).value()).value();
    return new Entity(edge, template, prefix, args.subList(2, args.size()));
  }

  /// Whether a conjunct compares entities that are never the same.
  static boolean isDisjoint(Expr conjunct) {
    if (!(conjunct instanceof Expr.Call(var function, var args, _))
        || !function.equals(ComparisonFunctions.SAME_TERM)) {
      return false;
    }
    Entity left = entity(args.get(0));
    Entity right = entity(args.get(1));
    if (left != null && right != null) {
      return !isSameKind(left, right);
    }
    Entity one = left != null ? left : right;
    Expr other = Forms.strip(left != null ? args.get(1) : args.get(0));
    if (one == null) {
      return false;
    }
    return Forms.isExact(other.type())
        || other instanceof Expr.Lit(var value, _) && !mayBe(one, value);
  }

  private static boolean mayBe(Entity entity, Value value) {
    return switch (value) {
      case Value.NodeRef(long id) -> !entity.edge() && TermId.template(id) == entity.template();
      case Value.EdgeRef(long id) -> entity.edge() && TermId.template(id) == entity.template();
      case Value.Iri(String iri) ->
          iri.startsWith(entity.prefix()) || !GraphMapping.isTemplate((int) entity.template());
      default -> false;
    };
  }
}
