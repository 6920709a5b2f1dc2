package io.sabot.plan.catalog;

/// A secondary index. `id` is its identity and never reused; names are unique in the database,
/// without case.
///
/// @param unique whether no two rows or elements may agree in all of its columns; where one of them
///   is null nothing agrees
public record IndexDef(int id, String name, IndexTarget target, boolean unique) {}
