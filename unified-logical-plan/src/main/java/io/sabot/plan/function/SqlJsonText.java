package io.sabot.plan.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// JSON as text: its parts keep the spelling that they have there, as PostgreSQL's type json does.
/// What is in the normal form of jsonb has parts in that form.
final class SqlJsonText {
  static final JsonFactory FACTORY = new JsonFactory();

  private SqlJsonText() {}

  /// A part of an object or an array.
  ///
  /// @param key null in an array
  record Member(@Nullable String key, String text) {}

  enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static boolean isValid(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  /// The text itself, which must be JSON.
  static String checked(String text) {
    if (!isValid(text)) {
      throw malformed(text);
    }
    return text;
  }

  static QueryException malformed(String text) {
    return Errors.invalidText(text, "json");
  }

  /// What a valid text holds.
  static Kind kind(String text) {
    String plain = text.strip();
    return switch (plain.isEmpty() ? ' ' : plain.charAt(0)) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      default -> throw malformed(text);
    };
  }

  /// The members of an object or the elements of an array, as they are written.
  static List<Member> members(String text) {
    List<Member> members = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
        return List.of();
      }
      JsonToken token = parser.nextToken();
      while (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
        String key = null;
        if (token == JsonToken.FIELD_NAME) {
          key = parser.currentName();
          parser.nextToken();
        }
        members.add(new Member(key, part(text, parser)));
        token = parser.nextToken();
      }
    } catch (IOException malformed) {
      throw malformed(text);
    }
    return members;
  }

  /// The text of the value at which the parser stands.
  private static String part(String text, JsonParser parser) throws IOException {
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getCharOffset();
    return text.substring(from, to).strip();
  }

  /// The last member of that name, as duplicates are read; null when there is none.
  static @Nullable String member(String text, String key) {
    String found = null;
    if (kind(text) == Kind.OBJECT) {
      for (Member member : members(text)) {
        if (key.equals(member.key())) {
          found = member.text();
        }
      }
    }
    return found;
  }

  /// The element at a place from 0; from the end when it is negative.
  static @Nullable String element(String text, long place) {
    if (kind(text) != Kind.ARRAY) {
      return null;
    }
    List<Member> members = members(text);
    long index = place < 0 ? members.size() + place : place;
    return index >= 0 && index < members.size() ? members.get((int) index).text() : null;
  }

  /// A string without its quotes, the null of JSON as null, everything else as it is written.
  static @Nullable String unquoted(String text) {
    return switch (kind(text)) {
      case NULL -> null;
      case STRING -> string(text);
      default -> text;
    };
  }

  static String string(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException malformed) {
      throw malformed(text);
    }
  }

  /// Appends a string of JSON.
  static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    quote(out, text);
    return out.toString();
  }
}
