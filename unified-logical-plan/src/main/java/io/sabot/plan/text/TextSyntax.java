package io.sabot.plan.text;

import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The small parts of plan text: names, values, labels.
final class TextSyntax {
  private static final Set<String> RESERVED = Set.of("null", "true", "false", "else", "where", "_");

  private TextSyntax() {}

  static String identifier(String name) {
    boolean plain = !name.isEmpty() && isStart(name.charAt(0)) && !RESERVED.contains(name);
    for (int i = 1; plain && i < name.length(); i++) {
      plain = isPart(name.charAt(i));
    }
    return plain && !name.endsWith(".") ? name : "`" + escape(name, '`') + "`";
  }

  static boolean isStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isPart(char c) {
    return isStart(c) || c >= '0' && c <= '9' || c == '.';
  }

  static String string(String text) {
    return "'" + escape(text, '\'') + "'";
  }

  private static String escape(String text, char quote) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c == quote || c == '\\') {
            out.append('\\');
          }
          out.append(c);
        }
      }
    }
    return out.toString();
  }

  static String iri(String iri) {
    return "<" + escape(iri, '>') + ">";
  }

  static String value(Value value) {
    return switch (value) {
      case Value.Null _ -> "null";
      case Value.Bool(boolean v) -> Boolean.toString(v);
      case Value.Int(long v) -> Long.toString(v);
      case Value.Real(double v) ->
          Double.isFinite(v) ? Double.toString(v) : tagged("real", Double.toString(v));
      case Value.Dec(var v) -> tagged("dec", v.toString());
      case Value.Str(String v) -> string(v);
      case Value.Bytes(String hex) -> tagged("bytes", hex);
      case Value.Date(var v) -> tagged("date", v.toString());
      case Value.Time(var v) -> tagged("time", v.toString());
      case Value.ZonedTime(var v) -> tagged("ztime", v.toString());
      case Value.DateTime(var v) -> tagged("datetime", v.toString());
      case Value.ZonedDateTime(var v) -> tagged("zdatetime", v.toString());
      case Value.Duration(long months, long days, long seconds, int nanos) ->
          tagged("duration", months + " " + days + " " + seconds + " " + nanos);
      case Value.ListValue(var items) -> "[" + values(items) + "]";
      case Value.MapValue(var entries) ->
          entries.entrySet().stream()
              .map(e -> string(e.getKey()) + ": " + value(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Value.NodeRef(long id) -> tagged("node", Long.toHexString(id));
      case Value.EdgeRef(long id) -> tagged("edge", Long.toHexString(id));
      case Value.PathValue(var nodes, var edges) ->
          "@path([" + values(nodes) + "], [" + values(edges) + "])";
      case Value.Iri(String v) -> iri(v);
      case Value.BlankNode(String label) -> tagged("blank", label);
      case Value.LangString(String lexical, String language, String direction) ->
          "@lang(" + string(lexical) + ", " + string(language) + ", " + string(direction) + ")";
      case Value.TypedLiteral(String lexical, String datatype) ->
          "@typed(" + string(lexical) + ", " + iri(datatype) + ")";
      case Value.TripleTerm(var subject, var predicate, var object) ->
          "@triple(" + values(List.of(subject, predicate, object)) + ")";
    };
  }

  private static String tagged(String tag, String text) {
    return tag + string(text);
  }

  static String values(List<? extends Value> values) {
    return values.stream().map(TextSyntax::value).collect(Collectors.joining(", "));
  }

  static String labels(LabelExpr labels) {
    return switch (labels) {
      case LabelExpr.Any _ -> "*";
      case LabelExpr.Labelled _ -> "%";
      case LabelExpr.Has(String label) -> identifier(label);
      case LabelExpr.And(var parts) -> parts(parts, " & ");
      case LabelExpr.Or(var parts) -> parts(parts, " | ");
      case LabelExpr.Not(var part) -> "!" + labels(part);
    };
  }

  private static String parts(List<LabelExpr> parts, String separator) {
    return parts.stream().map(TextSyntax::labels).collect(Collectors.joining(separator, "(", ")"));
  }
}
