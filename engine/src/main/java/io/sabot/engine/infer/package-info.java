/// Entailment: what the triples of a store imply, by rules, as a graph of its own.
@NullMarked
package io.sabot.engine.infer;

import org.jspecify.annotations.NullMarked;
