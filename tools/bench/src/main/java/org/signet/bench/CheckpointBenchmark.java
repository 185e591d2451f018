package org.signet.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.signet.reader.Checkpoint;

/**
 * Opening a checkpoint and reading one tensor of it, its checksum compared, in a warm JVM. A large
 * checkpoint of one's own: {@code -p checkpoint=PREFIX}.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CheckpointBenchmark {
  /** The prefix of a checkpoint; empty for that of a golden case. */
  @Param("")
  public String checkpoint = "";

  private Path prefix = Path.of("");
  private String key = "";

  /** Takes the key in the middle. */
  @Setup
  public void setUp() {
    prefix =
        checkpoint.isEmpty()
            ? Cases.read("mobilenet-v2").source().path().resolve("variables").resolve("variables")
            : Path.of(checkpoint);
    try (Checkpoint opened = Checkpoint.open(prefix)) {
      Iterator<String> keys = opened.keys().iterator();
      for (int i = 0; i <= opened.keys().size() / 2; i++) {
        key = keys.next();
      }
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Fork(1)
  @Warmup(iterations = 3, time = 1)
  @Measurement(iterations = 5, time = 1)
  public long openAndRead() {
    try (Checkpoint opened = Checkpoint.open(prefix)) {
      return opened.tensor(key).bytes().byteSize();
    }
  }
}
