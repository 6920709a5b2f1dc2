/// JMH benchmarks of single kernels: `sabot bench kernels`.
@NullMarked
package io.sabot.bench.kernel;

import org.jspecify.annotations.NullMarked;
