package io.sabot.plan.function;

import io.sabot.plan.value.Value;

/// What users call a kind of value, in messages.
public final class Kinds {
  private Kinds() {}

  public static String name(Value value) {
    return switch (value) {
      case Value.Null _ -> "null";
      case Value.Bool _ -> "a boolean";
      case Value.Int _ -> "an integer";
      case Value.Real _ -> "a float";
      case Value.Dec _ -> "a decimal";
      case Value.Str _ -> "a string";
      case Value.Bytes _ -> "a byte string";
      case Value.Date _ -> "a date";
      case Value.Time _ -> "a local time";
      case Value.ZonedTime _ -> "a time";
      case Value.DateTime _ -> "a local datetime";
      case Value.ZonedDateTime _ -> "a datetime";
      case Value.Duration _ -> "a duration";
      case Value.ListValue _ -> "a list";
      case Value.MapValue _ -> "a map";
      case Value.NodeRef _ -> "a node";
      case Value.EdgeRef _ -> "a relationship";
      case Value.PathValue _ -> "a path";
      case Value.Iri _ -> "an IRI";
      case Value.BlankNode _ -> "a blank node";
      case Value.LangString _ -> "a language-tagged string";
      case Value.TypedLiteral _ -> "a typed literal";
      case Value.TripleTerm _ -> "a triple term";
    };
  }
}
