package io.sabot.bench.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the kernels under JMH, in a JVM of their own each, with the flags that Sabot runs with.
public final class KernelBench {
  private static final TimeValue ITERATION = new TimeValue(1, TimeUnit.SECONDS);

  private final int runs;
  private final @Nullable List<String> only;

  /// @param runs measured iterations of a second each
  /// @param only parts of names; null for all
  public KernelBench(int runs, @Nullable List<String> only) {
    this.runs = runs;
    this.only = only;
  }

  public boolean run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(3)
            .warmupTime(ITERATION)
            .measurementIterations(runs)
            .measurementTime(ITERATION)
            .shouldFailOnError(true);
    Path flags = Path.of(".mvn/sabot-jvm.options");
    if (Files.exists(flags)) {
      options.jvmArgsAppend("@" + flags.toAbsolutePath());
    }
    for (String part : only == null ? List.of("io.sabot.bench.kernel") : only) {
      options.include(part);
    }
    new Runner(options.build()).run();
    return true;
  }
}
