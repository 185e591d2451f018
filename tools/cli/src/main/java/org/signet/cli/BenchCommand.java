package org.signet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        Flags.SHAPE,
        Flags.PROFILE,
        Flags.PROFILE_EXPLAIN);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "signet bench model.tflite",
        "signet bench model.tflite --signature encode --shape x=1,128 --runs 200 --json",
        "signet bench model.tflite --threads 4 --profile");
  }

  @Override
  public int run(Arguments arguments) {
    Path path = arguments.operand("MODEL");
    int runs = arguments.unsigned(Flags.RUNS, RUNS);
    if (runs < 1) {
      throw arguments.usage("--runs must be a number from 1 on");
    }
    boolean explained = arguments.has(Flags.PROFILE_EXPLAIN);
    boolean profiled = explained || arguments.has(Flags.PROFILE);
    StepTimes times = new StepTimes();
    long begin = System.nanoTime();
    try (TfliteModel model = TfliteModel.open(path);
        Interpreter interpreter = new Interpreter(model, options(profiled, times, arguments))) {
      double loaded = (System.nanoTime() - begin) / NANOS_PER_MILLI;
      Optional<String> key = arguments.value(Flags.BENCH_SIGNATURE);
      SignatureRunner runner =
          key.isPresent() ? interpreter.signatureRunner(key.get()) : interpreter.signatureRunner();
      Map<String, Tensor> inputs = BenchInputs.make(runner.inputs(), arguments);
      long first = System.nanoTime();
      runner.run(inputs);
      double firstMillis = (System.nanoTime() - first) / NANOS_PER_MILLI;
      CallTimes.warmUp(() -> runner.run(inputs));
      times.forget();
      CallTimes calls = CallTimes.measure(runs, () -> runner.run(inputs));
      Optional<ResidentMemory> memory = ResidentMemory.ofThisProcess();
      if (arguments.json()) {
        arguments.out().print(JsonText.of(json(calls, loaded, firstMillis, memory, times)));
      } else {
        print(runner.key(), calls, loaded, firstMillis, memory, arguments);
        times.rows(explained).forEach(arguments.out()::println);
      }
    }
    return 0;
  }

  private static InterpreterOptions options(
      boolean profiled, StepTimes times, Arguments arguments) {
    InterpreterOptions standard = Models.standard(arguments);
    return profiled
        ? standard.withProviders(
            KernelProviders.standard().stream().map(times::timing).toArray(KernelProvider[]::new))
        : standard;
  }

  private static void print(
      String key,
      CallTimes calls,
      double loaded,
      double first,
      Optional<ResidentMemory> memory,
      Arguments arguments) {
    List<String> facts = new ArrayList<>();
    facts.add("signature '%s', %d calls".formatted(key, calls.runs()));
    facts.add(
        "call    %s at least, %s half of the time, %s nine times in ten"
            .formatted(
                Sizes.micros(calls.min()),
                Sizes.micros(calls.median()),
                Sizes.micros(calls.p90())));
    facts.add("opened in %.1f ms, first call %.1f ms".formatted(loaded, first));
    memory.ifPresent(resident ->
        facts.add(
            "resident memory %s, %s at most"
                .formatted(Sizes.bytes(resident.now()), Sizes.bytes(resident.peak()))));
    facts.forEach(arguments.out()::println);
  }

  private static Map<String, Object> json(
      CallTimes calls,
      double loaded,
      double first,
      Optional<ResidentMemory> memory,
      StepTimes times) {
    Map<String, Object> invoke = new LinkedHashMap<>();
    invoke.put("min_us", calls.min());
    invoke.put("med_us", calls.median());
    invoke.put("p90_us", calls.p90());
    invoke.put("runs", calls.runs());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("invoke", invoke);
    members.put("load_ms", loaded);
    members.put("first_ms", first);
    memory.ifPresent(resident -> {
      members.put("rss_mb", resident.now() / 1e6);
      members.put("peak_rss_mb", resident.peak() / 1e6);
    });
    if (!times.isEmpty()) {
      members.put("steps", times.json());
    }
    return members;
  }
}
