package io.sabot.parser.cypher.ast;

import java.util.List;

/// One thing that a REMOVE clause takes away.
public sealed interface RemoveItem {
  Place place();

  record RemoveProperty(Expression subject, String key, Place place) implements RemoveItem {}

  record RemoveLabels(Name variable, List<String> labels, Place place) implements RemoveItem {
    public RemoveLabels {
      labels = List.copyOf(labels);
    }
  }
}
