package io.sabot.optimizer.cost;

import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.Statistics.PredicateStatistics;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.RegularPath;

/// How many pairs of terms a path of predicates connects, about.
///
/// @param sources distinct ends on the left, at least 1
/// @param targets distinct ends on the right, at least 1
record ReachEstimate(double pairs, double sources, double targets) {
  /// How many steps' worth of ends a search without a bound finds.
  private static final double GROWTH = 3;

  /// Quads for each different subject or object.
  private static final double QUADS_A_TERM = 3;

  ReachEstimate(PathSpec.Reach reach, Statistics statistics) {
    this(reach, step(reach.step(), statistics), statistics);
  }

  private ReachEstimate(PathSpec.Reach reach, PredicateStatistics step, Statistics statistics) {
    this(
        step.subjects() * ends(reach, step),
        Math.max(1, step.subjects()),
        Math.max(1, step.objects()),
        reach,
        Math.max(1, statistics.quads() / QUADS_A_TERM));
  }

  /// @param terms that are connected to themselves by a path of no steps
  private ReachEstimate(
      double stepped, double subjects, double objects, PathSpec.Reach reach, double terms) {
    double sources = reach.min() == 0 ? Math.max(terms, subjects) : subjects;
    double targets = reach.min() == 0 ? Math.max(terms, objects) : objects;
    double pairs = stepped + (reach.min() == 0 ? terms : 0);
    boolean isSourceFixed = !reach.sourceConstant().isNull();
    boolean isTargetFixed = !reach.targetConstant().isNull();
    pairs /= (isSourceFixed ? sources : 1) * (isTargetFixed ? targets : 1);
    this(Math.max(0.1, pairs), isSourceFixed ? 1 : sources, isTargetFixed ? 1 : targets);
  }

  private static double ends(PathSpec.Reach reach, PredicateStatistics step) {
    double degree = step.triples() / Math.max(1, step.subjects());
    return reach.unbounded() ? Math.min(Math.max(1, step.objects()), degree * GROWTH) : degree;
  }

  /// Pairs that one step connects, with their distinct ends.
  private static PredicateStatistics step(RegularPath path, Statistics statistics) {
    return switch (path) {
      case RegularPath.Predicate(var iri) -> statistics.predicate(iri);
      case RegularPath.Inverse(var inner) -> {
        PredicateStatistics forward = step(inner, statistics);
        yield new PredicateStatistics(forward.triples(), forward.objects(), forward.subjects());
      }
      case RegularPath.Sequence(var parts) -> {
        PredicateStatistics all = step(parts.getFirst(), statistics);
        for (RegularPath part : parts.subList(1, parts.size())) {
          PredicateStatistics next = step(part, statistics);
          double degree = next.triples() / Math.max(1, next.subjects());
          all = new PredicateStatistics(all.triples() * degree, all.subjects(), next.objects());
        }
        yield all;
      }
      case RegularPath.Alternative(var parts) -> {
        double triples = 0;
        double subjects = 0;
        double objects = 0;
        for (RegularPath part : parts) {
          PredicateStatistics one = step(part, statistics);
          triples += one.triples();
          subjects += one.subjects();
          objects += one.objects();
        }
        yield new PredicateStatistics(triples, subjects, objects);
      }
      case RegularPath.NotIn _ -> {
        double quads = Math.max(1, statistics.quads());
        yield new PredicateStatistics(quads, quads / 5, quads / QUADS_A_TERM);
      }
      case RegularPath.Repeat(var inner, _, _) -> {
        PredicateStatistics one = step(inner, statistics);
        yield new PredicateStatistics(one.triples() * GROWTH, one.subjects(), one.objects());
      }
    };
  }
}
