package io.sabot.optimizer.rule;

import java.util.List;
import java.util.stream.Stream;

/// All rules, in the order they run. The order inside a list is part of the contract.
public final class RuleSets {
  /// Rewrites of expressions, innermost first.
  static final List<ExprRule> EXPRESSIONS =
      List.of(
          new FoldConstants(), //
          new SpecialiseComparisons(),
          new SpecialiseDifference(),
          new SpecialiseArithmetic(),
          new StripEntities(),
          new StripTerms(),
          new SimplifyLogic(),
          new ExtractCommonFactor());

  /// What must be written down before other rules move things about.
  public static final List<Rule> FIRST = List.of(new ExplicitOrder());

  /// What a plan needs to run at all: conditions where joins and lookups can use them.
  public static final List<Rule> REQUIRED =
      List.of(
          new MergeFilters(), //
          new RewriteExpressions(List.of(new ExtractCommonFactor())),
          new PushFilterIntoJoin(true),
          new PushJoinCondition(true),
          new PushFilterIntoUnion());

  /// What a plan needs besides to run in sensible time when nothing has put its joins in order.
  public static final List<Rule> UNORDERED =
      Stream.concat(REQUIRED.stream(), Stream.of(new PostponeProduct())).toList();

  /// Always an improvement; run to a fixed point before anything is costed.
  public static final List<Rule> NORMALIZE =
      List.of(
          new RewriteExpressions(EXPRESSIONS), //
          new PruneEmpty(),
          new MergeFilters(),
          new MergeProjects(),
          new MarkToSemi(),
          new OuterToInner(),
          new PushFilterIntoJoin(false),
          new PushJoinCondition(false),
          new OrientEqualities(),
          new PushFilterThroughProject(false),
          new PushFilterDown(false),
          new CompatToJoin(),
          new PullUpComputed(),
          new PullComputedThroughAggregate(),
          new PullComputedThroughDistinct(),
          new PullComputedThroughUnion(),
          new SpecialiseAggregates(),
          new ApplyToJoin(),
          new SimplifyExistence(),
          new OneRowApply(),
          new PullFilterIntoApply(),
          new PullProjectAboveApply(),
          new PullCorrelatedFilter(),
          new DecorrelateAggregate());

  private RuleSets() {}
}
