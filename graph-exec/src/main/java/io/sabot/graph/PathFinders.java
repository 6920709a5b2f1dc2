package io.sabot.graph;

import io.sabot.plan.value.Value;
import java.util.List;

/// The paths of several searches, one after the other.
final class PathFinders implements PathFinder {
  private final List<PathFinder> finders;
  private int current;

  PathFinders(List<PathFinder> finders) {
    this.finders = List.copyOf(finders);
  }

  @Override
  public boolean advance() {
    while (current < finders.size()) {
      if (finders.get(current).advance()) {
        return true;
      }
      current++;
    }
    return false;
  }

  @Override
  public long source() {
    return finders.get(current).source();
  }

  @Override
  public long target() {
    return finders.get(current).target();
  }

  @Override
  public Value edges() {
    return finders.get(current).edges();
  }
}
