package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sabot.plan.error.Errors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes of jsonb at a path of keys and places.
final class SqlJsonChanges {
  private SqlJsonChanges() {}

  /// What is done at the end of the path.
  enum Change {
    SET,
    SET_OR_CREATE,
    INSERT_BEFORE,
    INSERT_AFTER,
    DELETE
  }

  static JsonNode at(JsonNode root, List<String> path, @Nullable JsonNode value, Change change) {
    if (root.isValueNode() && change != Change.DELETE) {
      throw Errors.invalidArgument("a path cannot be set in a scalar of JSON");
    }
    if (root.isValueNode()) {
      throw Errors.invalidArgument("nothing can be deleted from a scalar of JSON");
    }
    if (path.isEmpty()) {
      return root;
    }
    JsonNode copy = root.deepCopy();
    JsonNode parent = copy;
    for (int i = 0; i + 1 < path.size(); i++) {
      JsonNode next = step(parent, path.get(i), i);
      if (next == null) {
        return root;
      }
      parent = next;
    }
    String last = path.getLast();
    if (parent instanceof ObjectNode object) {
      change(object, last, value, change);
    } else if (parent instanceof ArrayNode array) {
      change(array, place(last, path.size() - 1), value, change);
    }
    return copy;
  }

  private static @Nullable JsonNode step(JsonNode node, String key, int depth) {
    if (node.isObject()) {
      return node.get(key);
    }
    if (!node.isArray()) {
      return null;
    }
    long place = place(key, depth);
    return node.get((int) (place < 0 ? node.size() + place : place));
  }

  static long place(String key, int depth) {
    try {
      return Integer.parseInt(key.strip());
    } catch (NumberFormatException malformed) {
      throw Errors.invalidArgument(
          "path element at position " + (depth + 1) + " is not an integer: '" + key + "'");
    }
  }

  private static void change(
      ObjectNode object, String key, @Nullable JsonNode value, Change change) {
    boolean exists = object.has(key);
    switch (change) {
      case DELETE -> object.remove(key);
      case SET -> {
        if (exists) {
          object.set(key, value);
        }
      }
      case SET_OR_CREATE -> object.set(key, value);
      case INSERT_BEFORE, INSERT_AFTER -> {
        if (exists) {
          throw Errors.invalidArgument(
              "the key '" + key + "' exists; jsonb_set replaces its value");
        }
        object.set(key, value);
      }
    }
  }

  private static void change(ArrayNode array, long place, @Nullable JsonNode value, Change change) {
    long index = place < 0 ? array.size() + place : place;
    boolean exists = index >= 0 && index < array.size();
    int end = index < 0 ? 0 : array.size();
    switch (change) {
      case DELETE -> {
        if (exists) {
          array.remove((int) index);
        }
      }
      case SET -> {
        if (exists) {
          array.set((int) index, value);
        }
      }
      case SET_OR_CREATE -> {
        if (exists) {
          array.set((int) index, value);
        } else {
          array.insert(end, value);
        }
      }
      case INSERT_BEFORE -> array.insert(exists ? (int) index : end, value);
      case INSERT_AFTER -> array.insert(exists ? (int) index + 1 : end, value);
    }
  }
}
