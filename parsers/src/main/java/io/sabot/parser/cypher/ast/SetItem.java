package io.sabot.parser.cypher.ast;

import java.util.List;

/// One assignment of a SET clause.
public sealed interface SetItem {
  Place place();

  record SetProperty(Expression subject, String key, Expression value, Place place)
      implements SetItem {}

  /// `variable = value`, or with `keepOthers` `variable += value`.
  record SetAll(Name variable, Expression value, boolean keepOthers, Place place)
      implements SetItem {}

  record SetLabels(Name variable, List<String> labels, Place place) implements SetItem {
    public SetLabels {
      labels = List.copyOf(labels);
    }
  }
}
