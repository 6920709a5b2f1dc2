package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// SQL's functions that change JSON.
final class SqlJsonEdits {
  private SqlJsonEdits() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(SqlJson.text("sql.jsonb_pretty", 1, 1, a -> SqlJsonTree.pretty(SqlJson.tree(a[0]))));
    all.add(
        SqlJson.text(
            "sql.jsonb_strip_nulls",
            1,
            1,
            a -> SqlJsonTree.write(SqlJsonTree.withoutNulls(SqlJson.tree(a[0])))));
    all.add(
        SqlJson.text(
            "sql.json_strip_nulls",
            1,
            1,
            a -> SqlJsonTree.withoutNulls(SqlJson.tree(a[0])).toString()));
    all.add(
        SqlJson.text(
            "sql.jsonb_concat",
            2,
            2,
            a -> SqlJsonTree.write(SqlJsonTree.joined(SqlJson.tree(a[0]), SqlJson.tree(a[1])))));
    all.add(SqlJson.text("sql.jsonb_set", 3, 4, SqlJsonEdits::set));
    all.add(SqlJson.text("sql.jsonb_insert", 3, 4, SqlJsonEdits::insert));
    all.add(
        SqlJson.text(
            "sql.jsonb_delete_path",
            2,
            2,
            a -> changed(a, SqlJson.keys(a[1]), SqlJsonChanges.Change.DELETE)));
    all.add(SqlJson.text("sql.jsonb_delete", 2, 2, SqlJsonEdits::delete));
    return all;
  }

  private static String changed(Value[] args, List<String> path, SqlJsonChanges.Change change) {
    JsonNode value = args.length > 2 ? SqlJson.tree(args[2]) : null;
    return SqlJsonTree.write(SqlJsonChanges.at(SqlJson.tree(args[0]), path, value, change));
  }

  private static String set(Value[] args) {
    boolean creates = args.length < 4 || args[3].equals(Value.TRUE);
    return changed(
        args,
        SqlJson.keys(args[1]),
        creates ? SqlJsonChanges.Change.SET_OR_CREATE : SqlJsonChanges.Change.SET);
  }

  private static String insert(Value[] args) {
    boolean isAfter = args.length > 3 && args[3].equals(Value.TRUE);
    return changed(
        args,
        SqlJson.keys(args[1]),
        isAfter ? SqlJsonChanges.Change.INSERT_AFTER : SqlJsonChanges.Change.INSERT_BEFORE);
  }

  /// A key, each of several keys, or a place.
  private static String delete(Value[] args) {
    JsonNode json = SqlJson.tree(args[0]);
    if (json.isValueNode()) {
      throw Errors.invalidArgument("nothing can be deleted from a scalar of JSON");
    }
    if (args[1] instanceof Value.Int(long place)) {
      if (json.isObject()) {
        throw Errors.invalidArgument("an object of JSON has keys and no places");
      }
      return changed(args, List.of(Long.toString(place)), SqlJsonChanges.Change.DELETE);
    }
    Set<String> keys = new LinkedHashSet<>();
    if (args[1] instanceof Value.ListValue) {
      keys.addAll(SqlJson.present(args[1]));
    } else {
      keys.add(SqlText.text(args[1]));
    }
    if (json instanceof ObjectNode object) {
      object.remove(keys);
      return SqlJsonTree.write(object);
    }
    var kept = SqlJsonTree.NODES.arrayNode();
    json.forEach(element -> {
      if (!(element.isTextual() && keys.contains(element.textValue()))) {
        kept.add(element);
      }
    });
    return SqlJsonTree.write(kept);
  }
}
