/// The rules of the house, as tests over all modules: who may know whom, and how the sources look.
@NullMarked
package io.sabot.bench.house;

import org.jspecify.annotations.NullMarked;
