package io.sabot.store;

import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the indexes of the native graph while a transaction changes it.
final class GraphIndexes {
  private final StoreTransaction transaction;
  private final List<ElementSet> sets = new ArrayList<>();
  private final List<Required> required = new ArrayList<>();

  GraphIndexes(StoreTransaction transaction) {
    this.transaction = transaction;
    refresh();
  }

  /// Which elements an index or a constraint is about.
  ///
  /// @param name a label or a type
  /// @param keys of its properties
  private record Elements(int tag, int name, int[] keys) {
    static Elements of(IndexTarget target, Names names) {
      return switch (target) {
        case IndexTarget.NodeProperties(String label, var keys) ->
            new Elements(
                TermId.TAG_NODE, names.intern(Names.Kind.LABEL, label), keyIds(keys, names));
        case IndexTarget.EdgeProperties(String type, var keys) ->
            new Elements(TermId.TAG_EDGE, names.intern(Names.Kind.TYPE, type), keyIds(keys, names));
        case IndexTarget.TableColumns _ ->
            throw new IllegalArgumentException("no elements of the graph: " + target);
      };
    }

    private static int[] keyIds(List<String> keys, Names names) {
      return keys.stream().mapToInt(key -> names.intern(Names.Kind.KEY, key)).toArray();
    }

    /// @param number the label set of a node or the type of an edge
    boolean has(int elementTag, int number, Names names) {
      if (elementTag != tag) {
        return false;
      }
      return tag == TermId.TAG_EDGE
          ? number == name
          : Arrays.binarySearch(names.labels(number), name) >= 0;
    }
  }

  /// The entries of one index.
  record ElementSet(IndexDef index, Elements elements, PropertyCodec codec, long space) {}

  private record Required(GraphConstraint constraint, Elements elements) {}

  /// Values of one element by key, 0 for none.
  interface Properties {
    long value(int key);
  }

  /// Takes the indexes and constraints there are now.
  void refresh() {
    sets.clear();
    required.clear();
    CatalogData catalog = transaction.catalogChanges().current();
    Names names = transaction.base().names();
    for (IndexDef index : catalog.graphIndexes()) {
      PropertyCodec codec = new PropertyCodec(index.target().width());
      Elements elements = Elements.of(index.target(), names);
      sets.add(new ElementSet(index, elements, codec, Spaces.index(index)));
    }
    for (GraphConstraint constraint : catalog.constraints().values()) {
      if (constraint.kind().isRequired()) {
        required.add(new Required(constraint, Elements.of(constraint.target(), names)));
      }
    }
  }

  List<ElementSet> sets() {
    return sets;
  }

  /// Notes that an element was created, changed or deleted.
  ///
  /// @param number its label set or type before
  /// @param before null when it is new
  /// @param after null when it is gone
  void changed(
      long entity,
      int number,
      @Nullable Properties before,
      int newNumber,
      @Nullable Properties after) {
    Names names = transaction.base().names();
    int tag = TermId.tag(entity);
    for (ElementSet set : sets) {
      boolean was = before != null && set.elements.has(tag, number, names);
      boolean is = after != null && set.elements.has(tag, newNumber, names);
      long[] old = was && before != null ? tuple(set, entity, before) : null;
      long[] fresh = is && after != null ? tuple(set, entity, after) : null;
      if (!Arrays.equals(old, fresh)) {
        SpaceChanges changes = transaction.space(set.space, set.codec.arity());
        if (old != null) {
          changes.log().add(true, old);
        }
        if (fresh != null) {
          changes.log().add(false, fresh);
        }
      }
    }
  }

  /// The entry of an element, or null when it has none.
  private long @Nullable [] tuple(ElementSet set, long entity, Properties properties) {
    long[] tuple = new long[set.codec.arity()];
    return fill(set, entity, properties, transaction.store().terms()::decode, tuple) ? tuple : null;
  }

  /// Reads a value by its term identifier.
  interface Decoder {
    Value decode(long term);
  }

  private static boolean fill(
      ElementSet set, long entity, Properties properties, Decoder decoder, long[] tuple) {
    int[] keys = set.elements.keys;
    for (int i = 0; i < keys.length; i++) {
      long term = properties.value(keys[i]);
      if (term == TermId.NULL && i == 0) {
        return false;
      }
      int at = i * PropertyCodec.WORDS;
      if (term == TermId.NULL) {
        Arrays.fill(tuple, at, at + PropertyCodec.WORDS, Long.MIN_VALUE);
      } else {
        PropertyCodec.write(decoder.decode(term), tuple, at);
      }
    }
    tuple[tuple.length - 1] = entity;
    return true;
  }

  /// Receives an entry; the array is reused.
  interface Entries {
    void accept(long[] tuple);
  }

  /// The entries that an index must have in a state.
  static void entriesOf(State state, IndexDef index, Entries entries) {
    Elements elements = Elements.of(index.target(), state.names());
    PropertyCodec codec = new PropertyCodec(index.target().width());
    ElementSet set = new ElementSet(index, elements, codec, Spaces.index(index));
    long[] tuple = new long[codec.arity()];
    eachElement(
        state,
        elements,
        (entity, properties) -> {
          if (fill(set, entity, properties, state.terms()::decode, tuple)) {
            entries.accept(tuple);
          }
        });
  }

  private interface Element {
    void accept(long entity, Properties properties);
  }

  private static void eachElement(State state, Elements elements, Element each) {
    for (int tableId : state.tableIds().stream().sorted().toList()) {
      boolean isNode = Spaces.isNodeTable(tableId);
      int number = isNode ? Spaces.partitionOf(tableId) : Spaces.typeOf(tableId);
      int tag = isNode ? TermId.TAG_NODE : TermId.TAG_EDGE;
      TableState table = state.table(tableId);
      if (tableId >= 0 || table == null || !elements.has(tag, number, state.names())) {
        continue;
      }
      for (Segment segment : new StateTableReader(state, table).segments()) {
        eachRow(segment, elements, each);
      }
    }
  }

  private static void eachRow(Segment segment, Elements elements, Element each) {
    int[] keys = elements.keys;
    ColumnChunk ids = segment.column(GraphReader.ID);
    ColumnChunk[] chunks = new ColumnChunk[keys.length];
    for (int i = 0; i < keys.length; i++) {
      chunks[i] = segment.column(keys[i]);
    }
    for (int row = 0; row < segment.rowCount(); row++) {
      if (segment.isLive(row)) {
        int at = row;
        each.accept(ids.longAt(row), key -> chunks[position(keys, key)].longAt(at));
      }
    }
  }

  private static int position(int[] keys, int key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    throw new IllegalArgumentException("no key " + key);
  }

  /// Whether a table of nodes or edges has elements that an index or a constraint is about.
  static boolean concerns(IndexTarget target, int tableId, Names names) {
    if (target instanceof IndexTarget.TableColumns || tableId >= 0) {
      return false;
    }
    boolean isNode = Spaces.isNodeTable(tableId);
    int number = isNode ? Spaces.partitionOf(tableId) : Spaces.typeOf(tableId);
    return Elements.of(target, names)
        .has(isNode ? TermId.TAG_NODE : TermId.TAG_EDGE, number, names);
  }

  /// Puts everything there is into a new index.
  void build(IndexDef index, SpaceChanges into) {
    entriesOf(transaction.state(), index, tuple -> into.log().add(false, tuple));
  }

  /// Whether two elements have the same values in all properties of an index, none of them missing.
  boolean isSame(ElementSet set, long left, long right) {
    return isSame(transaction.state(), set.elements.keys, left, right);
  }

  /// Whether two entries that follow each other are of elements with the same values.
  static boolean isTwice(State state, IndexDef index, long[] before, long[] entry) {
    int last = entry.length - 1;
    int[] keys = Elements.of(index.target(), state.names()).keys;
    return Arrays.equals(before, 0, last, entry, 0, last)
        && before[last] != 0
        && isSame(state, keys, before[last], entry[last]);
  }

  private static boolean isSame(State state, int[] keys, long left, long right) {
    StateGraphReader graph = new StateGraphReader(state, null);
    for (int key : keys) {
      long a = graph.property(left, key);
      long b = graph.property(right, key);
      if (a == TermId.NULL || b == TermId.NULL) {
        return false;
      }
      Boolean same = Equality.cypher(state.terms().decode(a), state.terms().decode(b));
      if (same == null || !same) {
        return false;
      }
    }
    return true;
  }

  QueryException duplicate(ElementSet set, long entity) {
    StateGraphReader graph = new StateGraphReader(transaction.state(), null);
    StringBuilder values = new StringBuilder();
    for (int key : set.elements.keys) {
      Value value = transaction.store().terms().decode(graph.property(entity, key));
      values.append(values.isEmpty() ? "" : ", ").append(ColumnText.of(value));
    }
    return new QueryException(
        ErrorCode.UNIQUE_VIOLATION,
        null,
        "'"
            + set.index.name()
            + "': there is a "
            + describe(set.index.target())
            + " = ("
            + values
            + ") already",
        "",
        "ConstraintValidationFailed",
        null);
  }

  /// `node :Label with (a, b)` or `relationship :TYPE with (a)`.
  static String describe(IndexTarget target) {
    return switch (target) {
      case IndexTarget.NodeProperties(String label, var keys) ->
          "node :" + label + " with (" + String.join(", ", keys) + ")";
      case IndexTarget.EdgeProperties(String type, var keys) ->
          "relationship :" + type + " with (" + String.join(", ", keys) + ")";
      case IndexTarget.TableColumns _ -> "row";
    };
  }

  boolean hasRequired() {
    return !required.isEmpty();
  }

  /// Fails when an element lacks a property that it must have.
  void checkRequired(long entity, int number, Properties properties) {
    Names names = transaction.base().names();
    for (Required rule : required) {
      if (rule.elements.has(TermId.tag(entity), number, names)) {
        check(rule, entity, properties);
      }
    }
  }

  /// As {@link #checkRequired}, for everything that a new constraint is about.
  void checkAll(GraphConstraint constraint) {
    Elements elements = Elements.of(constraint.target(), transaction.base().names());
    Required rule = new Required(constraint, elements);
    eachElement(
        transaction.state(), elements, (entity, properties) -> check(rule, entity, properties));
  }

  private void check(Required rule, long entity, Properties properties) {
    for (int key : rule.elements.keys) {
      if (properties.value(key) == TermId.NULL) {
        throw missing(
            rule.constraint, entity, transaction.base().names().name(Names.Kind.KEY, key));
      }
    }
  }

  static QueryException missing(GraphConstraint constraint, long entity, String key) {
    return new QueryException(
        ErrorCode.NOT_NULL_VIOLATION,
        null,
        "'"
            + constraint.name()
            + "': "
            + (TermId.tag(entity) == TermId.TAG_NODE ? "node " : "relationship ")
            + TermId.key(entity)
            + " must have the property '"
            + key
            + "'",
        "give it a value",
        "ConstraintValidationFailed",
        null);
  }

  /// How many elements in a state lack a property that a constraint demands.
  static long countMissing(State state, GraphConstraint constraint) {
    Elements elements = Elements.of(constraint.target(), state.names());
    long[] missing = new long[1];
    eachElement(
        state,
        elements,
        (entity, properties) -> {
          for (int key : elements.keys) {
            missing[0] += properties.value(key) == TermId.NULL ? 1 : 0;
          }
        });
    return missing[0];
  }
}
