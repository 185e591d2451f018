package org.signet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.golden.JsonText;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;

/** {@code signet bench}. */
final class BenchCommand implements Command {
  private static final int RUNS = 50;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MICROS_PER_SECOND = 1e6;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String synopsis() {
    return "MODEL.tflite [--signature KEY] [--threads N] [--runs N] [--shape NAME=SIZES] [options]";
  }

  @Override
  public String summary() {
    return "Time a signature on seeded random inputs: warm up until times are steady, then measure.";
  }

  @Override
  public List<Flag> flags() {
    return List.of(
        Flags.BENCH_SIGNATURE,
        Flags.THREADS,
        Flags.PARTIAL,
        Flags.RUNS,
        Flags.SESSIONS,
        Flags.SHAPE,
        Flags.PROFILE,
        Flags.PROFILE_EXPLAIN);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "signet bench model.tflite",
        "signet bench model.tflite --signature encode --shape x=1,128 --runs 200 --json",
        "signet bench model.tflite --threads 4 --profile",
        "signet bench model.tflite --sessions 2");
  }

  @Override
  public int run(Arguments arguments) {
    Path path = arguments.operand("MODEL");
    int runs = arguments.unsigned(Flags.RUNS, RUNS);
    if (runs < 1) {
      throw arguments.usage("--runs must be a number from 1 on");
    }
    int sessions = arguments.unsigned(Flags.SESSIONS, 1);
    if (sessions < 1 || sessions > InterpreterOptions.MOST_THREADS) {
      throw arguments.usage("--sessions must be from 1 to " + InterpreterOptions.MOST_THREADS);
    }
    boolean explained = arguments.has(Flags.PROFILE_EXPLAIN);
    boolean profiled = explained || arguments.has(Flags.PROFILE);
    StepTimes times = new StepTimes();
    InterpreterOptions options = options(profiled, times, arguments);
    long begin = System.nanoTime();
    try (TfliteModel model = TfliteModel.open(path);
        Interpreter interpreter = new Interpreter(model, options)) {
      double openMillis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
      SignatureRunner runner = runner(interpreter, arguments);
      Map<String, Tensor> inputs = BenchInputs.make(runner.inputs(), arguments);
      long first = System.nanoTime();
      runner.run(inputs);
      double firstMillis = (System.nanoTime() - first) / NANOS_PER_MILLI;
      CallTimes.warmUp(() -> runner.run(inputs));
      times.forget();
      CallTimes calls = CallTimes.measure(runs, () -> runner.run(inputs));
      Optional<ResidentMemory> memory = ResidentMemory.ofThisProcess();
      Optional<Throughput> throughput =
          sessions == 1
              ? Optional.empty()
              : Optional.of(throughput(sessions, model, options, inputs, calls, arguments));
      BenchResult result =
          new BenchResult(runner.key(), calls, openMillis, firstMillis, memory, throughput);
      if (arguments.json()) {
        Map<String, Object> members = result.json();
        if (!times.isEmpty()) {
          members.put("steps", times.json());
        }
        arguments.out().print(JsonText.of(members));
      } else {
        result.lines().forEach(arguments.out()::println);
        times.rows(explained).forEach(arguments.out()::println);
      }
    }
    return 0;
  }

  private static SignatureRunner runner(Interpreter interpreter, Arguments arguments) {
    Optional<String> key = arguments.value(Flags.BENCH_SIGNATURE);
    return key.isPresent() ? interpreter.signatureRunner(key.get()) : interpreter.signatureRunner();
  }

  private static Throughput throughput(
      int sessions,
      TfliteModel model,
      InterpreterOptions options,
      Map<String, Tensor> inputs,
      CallTimes alone,
      Arguments arguments) {
    List<Interpreter> opened = new ArrayList<>();
    try {
      List<Runnable> calls = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        opened.add(new Interpreter(model, options));
        SignatureRunner runner = runner(opened.getLast(), arguments);
        runner.run(inputs);
        calls.add(() -> runner.run(inputs));
      }
      return Throughput.measure(calls, alone.runs() * alone.median() / MICROS_PER_SECOND);
    } finally {
      opened.forEach(Interpreter::close);
    }
  }

  private static InterpreterOptions options(
      boolean profiled, StepTimes times, Arguments arguments) {
    InterpreterOptions standard = Models.standard(arguments);
    return profiled
        ? standard.withProviders(
            KernelProviders.standard().stream().map(times::timing).toArray(KernelProvider[]::new))
        : standard;
  }
}
