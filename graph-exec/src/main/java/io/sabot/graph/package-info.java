/// Graph and RDF operators: scans, expansion, paths, and updates of graph elements and quads.
@NullMarked
package io.sabot.graph;

import org.jspecify.annotations.NullMarked;
