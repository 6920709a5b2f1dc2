package io.sabot.store.kv;

/// What a family takes.
///
/// @param keys estimated
/// @param fileBytes of its files
/// @param memoryBytes of what is not in files yet
/// @param filesByLevel how many files each level has
public record FamilySize(
    Family family, long keys, long fileBytes, long memoryBytes, int[] filesByLevel) {}
