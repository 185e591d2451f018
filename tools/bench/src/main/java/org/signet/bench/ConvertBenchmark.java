package org.signet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.signet.api.ConversionOptions;
import org.signet.api.ConversionReport;
import org.signet.api.Signet;

/** A whole conversion, from files to a file, in a warm JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ConvertBenchmark {
  /** The golden case to convert. */
  @Param({"encode-decode", "mobilenet-v2"})
  public String model = "";

  private ConversionOptions options = ConversionOptions.of(Path.of(""));
  private Path target = Path.of("");

  @Setup
  public void setUp() throws IOException {
    options = Cases.read(model).conversion();
    target = Files.createTempFile("signet-bench", ".tflite");
  }

  @TearDown
  public void tearDown() throws IOException {
    Files.deleteIfExists(target);
  }

  @Benchmark
  public ConversionReport convert() {
    return Signet.convert(options, target);
  }
}
