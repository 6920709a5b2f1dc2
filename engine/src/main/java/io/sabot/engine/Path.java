package io.sabot.engine;

import java.util.List;

/// A path: one node more than edges.
public record Path(List<Node> nodes, List<Edge> edges) {}
