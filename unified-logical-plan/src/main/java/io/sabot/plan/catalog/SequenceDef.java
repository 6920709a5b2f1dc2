package io.sabot.plan.catalog;

/// A source of numbers. `id` is its identity and never reused; its name is one among those of
/// tables.
///
/// @param start the first number
/// @param cycle whether it starts over behind its last number
/// @param ownerTable the table with which it goes; 0 for none
public record SequenceDef(
    int id,
    String schema,
    String name,
    long start,
    long increment,
    long min,
    long max,
    boolean cycle,
    int ownerTable) {
  public SequenceDef withIds(int newId, int newOwner) {
    return new SequenceDef(newId, schema, name, start, increment, min, max, cycle, newOwner);
  }
}
