package org.signet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.signet.api.Signet;
import org.signet.golden.CaseCall;
import org.signet.golden.GoldenCase;
import org.signet.kernel.KernelProviders;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Npy;
import org.signet.tensor.Tensor;

/** A call of a signature: the first of a golden case, on one thread, in a warm JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class InferenceBenchmark {
  /** The golden case to run; its inputs are numeric. */
  @Param("mobilenet-v2")
  public String model = "";

  /** Which kernels run it: all, or only the reference. */
  @Param({"standard", "reference"})
  public String kernels = "";

  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private Path file = Path.of("");

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private Interpreter interpreter;

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private SignatureRunner runner;

  @Setup
  public void setUp() throws IOException {
    GoldenCase goldenCase = Cases.read(model);
    file = Files.createTempFile("signet-bench", ".tflite");
    Signet.convert(goldenCase.conversion(), file);
    InterpreterOptions options = InterpreterOptions.standard();
    interpreter =
        new Interpreter(
            file,
            kernels.equals("reference")
                ? options.withProviders(KernelProviders.reference())
                : options);
    CaseCall call = goldenCase.calls().getFirst();
    call.inputs().forEach((name, path) -> inputs.put(name, Npy.read(path)));
    runner = interpreter.signatureRunner(call.signature());
  }

  @TearDown
  public void tearDown() throws IOException {
    interpreter.close();
    Files.deleteIfExists(file);
  }

  @Benchmark
  public Map<String, Tensor> run() {
    return runner.run(inputs);
  }
}
