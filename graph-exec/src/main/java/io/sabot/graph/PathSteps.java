package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.tuple.TupleCursor;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The terms one regular path away from a term, as a set.
final class PathSteps {
  private static final int BLOCK = 1024;

  private final QueryRun run;
  private final QuadPattern any;
  private final long graph;
  private final long[][] tuple = new long[4][BLOCK];

  /// @param graph the one graph of the scope that the path lies in; 0 for all of it
  PathSteps(GraphScope scope, long graph, QueryRun run) {
    this.run = run;
    this.graph = graph;
    QuadTerm free = new QuadTerm.Bind(new Column(0, "", Type.ANY, false));
    this.any = new QuadPattern(scope, new QuadTerm.Wildcard(), free, free, free, List.of(), run);
  }

  Set<Long> from(long term, RegularPath path) {
    Set<Long> ends = new LinkedHashSet<>();
    add(term, path, false, ends);
    return ends;
  }

  private void add(long term, RegularPath path, boolean inverse, Set<Long> into) {
    run.check();
    switch (path) {
      case RegularPath.Predicate(Value iri) -> follow(term, encode(iri), inverse, Set.of(), into);
      case RegularPath.Inverse(RegularPath inner) -> add(term, inner, !inverse, into);
      case RegularPath.Sequence(var parts) -> sequence(term, parts, inverse, into);
      case RegularPath.Alternative(var parts) -> {
        for (RegularPath part : parts) {
          add(term, part, inverse, into);
        }
      }
      case RegularPath.NotIn(var forward, var backward) -> {
        if (!forward.isEmpty() || backward.isEmpty()) {
          follow(term, 0, inverse, encodeAll(forward), into);
        }
        if (!backward.isEmpty()) {
          follow(term, 0, !inverse, encodeAll(backward), into);
        }
      }
      case RegularPath.Repeat(RegularPath inner, int min, boolean unbounded) ->
          repeat(term, inner, min, unbounded, inverse, into);
    }
  }

  private void sequence(long term, List<RegularPath> parts, boolean inverse, Set<Long> into) {
    Set<Long> frontier = new LinkedHashSet<>(List.of(term));
    for (int i = 0; i < parts.size(); i++) {
      RegularPath part = parts.get(inverse ? parts.size() - 1 - i : i);
      Set<Long> next = new LinkedHashSet<>();
      for (long at : frontier) {
        add(at, part, inverse, next);
      }
      frontier = next;
    }
    into.addAll(frontier);
  }

  private void repeat(
      long term, RegularPath inner, int min, boolean unbounded, boolean inverse, Set<Long> into) {
    Set<Long> seen = new LinkedHashSet<>();
    if (min == 0) {
      seen.add(term);
    }
    ArrayDeque<Long> queue = new ArrayDeque<>(List.of(term));
    while (!queue.isEmpty()) {
      Set<Long> next = new LinkedHashSet<>();
      add(queue.poll(), inner, inverse, next);
      for (long end : next) {
        if (seen.add(end) && unbounded) {
          queue.add(end);
        }
      }
    }
    into.addAll(seen);
  }

  private long encode(Value iri) {
    return run.dictionary().encode(iri);
  }

  private Set<Long> encodeAll(List<Value> iris) {
    Set<Long> ids = new HashSet<>();
    iris.forEach(iri -> ids.add(encode(iri)));
    return ids;
  }

  private void follow(
      long term, long predicate, boolean inverse, Set<Long> excluded, Set<Long> into) {
    if (TermId.isLocal(predicate)) {
      return;
    }
    long[] ids = {graph, inverse ? 0 : term, predicate, inverse ? term : 0};
    int position = inverse ? QuadPattern.SUBJECT : QuadPattern.OBJECT;
    for (TupleCursor cursor : any.open(run.snapshot().quads(), ids)) {
      int count;
      while ((count = cursor.next(tuple, BLOCK)) > 0) {
        for (int i = 0; i < count; i++) {
          if (!excluded.contains(tuple[QuadPattern.PREDICATE][i])) {
            into.add(tuple[position][i]);
          }
        }
      }
    }
  }

  /// Every subject and object in scope.
  long[] allTerms() {
    Set<Long> terms = new LinkedHashSet<>();
    for (TupleCursor cursor : any.open(run.snapshot().quads(), new long[] {graph, 0, 0, 0})) {
      int count;
      while ((count = cursor.next(tuple, BLOCK)) > 0) {
        run.check();
        for (int i = 0; i < count; i++) {
          terms.add(tuple[QuadPattern.SUBJECT][i]);
          terms.add(tuple[QuadPattern.OBJECT][i]);
        }
      }
    }
    return terms.stream().mapToLong(Long::longValue).toArray();
  }

  boolean isInGraph(long term) {
    return matches(new long[] {graph, term, 0, 0}) || matches(new long[] {graph, 0, 0, term});
  }

  private boolean matches(long[] ids) {
    for (TupleCursor cursor : any.open(run.snapshot().quads(), ids)) {
      if (cursor.next(tuple, 1) > 0) {
        return true;
      }
    }
    return false;
  }
}
