package org.signet.plan;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.model.ModelTensor;
import org.signet.op.Effects;
import org.signet.op.OpCase;
import org.signet.op.OpCaseReader;
import org.signet.op.OpDefinitions;
import org.signet.op.SessionState;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Runs builtins' recorded cases as models of one step, again and again, and prints how many bytes a
 * run allocates in the end: {@code StepRuns MOST OP…} for as many cases of each op, on numbers of
 * common types; {@code StepRuns} for all cases.
 */
final class StepRuns {
  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int RUNS_OF_A_ROW = 200;
  private static final int MOST_ROWS = 40;

  private StepRuns() {}

  public static void main(String[] arguments) throws URISyntaxException {
    boolean isAll = arguments.length == 0;
    int most = isAll ? Integer.MAX_VALUE : Integer.parseInt(arguments[0]);
    List<String> ops = List.of(arguments).subList(isAll ? 0 : 1, arguments.length);
    Map<String, Integer> counts = new TreeMap<>();
    Path folder = Path.of(OpCaseReader.class.getResource("cases").toURI());
    Map<String, Long> worst = new TreeMap<>();
    for (Path path : OpCaseReader.files(folder)) {
      for (OpCase c : OpCaseReader.read(path)) {
        if (!c.key().isBuiltin()
            || !isSteady(c)
            || (!isAll && !(ops.contains(c.key().name()) && isCommon(c)))
            || counts.merge(c.key().name(), 1, Integer::sum) > most) {
          continue;
        }
        // Known and unknown to the plan, such as axes.
        for (boolean constant : new boolean[] {true, false}) {
          long bytes = least(c, constant);
          worst.merge(c.key().name(), bytes, Math::max);
          if (bytes > 0) {
            System.out.println(c + (constant ? ", constants" : "") + ": " + bytes);
          }
        }
      }
    }
    worst.forEach((op, bytes) -> System.out.println(op + " takes " + bytes + " bytes"));
  }

  /** Whether a case says how large its results are, and all of them are numbers. */
  static boolean isSteady(OpCase c) {
    return !c.fails()
        && OpDefinitions.standard().find(c.key()).orElseThrow().effects() == Effects.PURE
        && c.after().isEmpty()
        && c.operandTypes().stream().flatMap(Optional::stream).allMatch(StepRuns::isNumeric)
        && c.resultTypes().stream().allMatch(StepRuns::isNumeric);
  }

  /** Whether operands are of types that most models are made of, and no results are empty. */
  private static boolean isCommon(OpCase c) {
    return !c.isDeclared()
        && c.operandTypes().stream().flatMap(Optional::stream).allMatch(StepRuns::isCommon)
        && c.results().stream().allMatch(result -> result.size() > 0);
  }

  private static boolean isCommon(TensorType type) {
    return switch (type.dtype()) {
      case FLOAT32, INT32, INT64, BOOL -> true;
      default -> false;
    };
  }

  private static boolean isNumeric(TensorType type) {
    return type.dtype() != DType.STRING
        && type.dtype() != DType.RESOURCE
        && type.dtype() != DType.VARIANT;
  }

  /**
   * The bytes that a run allocates in the best row of runs.
   *
   * @param constant whether all operands but the first are constants
   */
  static long least(OpCase c, boolean constant) {
    Plan plan = plan(c, constant);
    Tensor[] inputs = inputs(c, constant);
    Tensor[] results = c.results().stream().map(Tensor::copy).toArray(Tensor[]::new);
    try (Executor executor = new Executor(new NoState(), Long.MAX_VALUE, 1, 1)) {
      long least = Long.MAX_VALUE;
      for (int row = 0; row < MOST_ROWS && least > 0; row++) {
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        for (int run = 0; run < RUNS_OF_A_ROW; run++) {
          executor.runInto(plan, inputs, results);
        }
        least = Math.min(least, (MEMORY.getCurrentThreadAllocatedBytes() - before) / RUNS_OF_A_ROW);
      }
      return least;
    } catch (RuntimeException e) {
      System.out.println(c + ": " + e);
      return -1;
    }
  }

  private static Tensor[] inputs(OpCase c, boolean constant) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < c.operands().size(); i++) {
      if (!constant || i == 0) {
        c.operands().get(i).ifPresent(inputs::add);
      }
    }
    return inputs.toArray(Tensor[]::new);
  }

  private static Plan plan(OpCase c, boolean constant) {
    List<ModelTensor> tensors = new ArrayList<>();
    List<@Nullable Tensor> values = new ArrayList<>();
    List<Optional<Tensor>> constants = new ArrayList<>();
    List<Integer> inputs = new ArrayList<>();
    int[] operands = new int[c.operands().size()];
    for (int i = 0; i < operands.length; i++) {
      Optional<TensorType> type = c.operandTypes().get(i);
      boolean isConstant = constant && i > 0;
      constants.add(isConstant ? c.operands().get(i) : Optional.empty());
      operands[i] = type.isPresent() ? tensors.size() : ModelOperator.ABSENT;
      if (type.isPresent()) {
        if (!isConstant) {
          inputs.add(tensors.size());
        }
        tensors.add(tensor(type.get()));
        values.add(isConstant ? c.operands().get(i).orElseThrow() : null);
      }
    }
    int[] results = new int[c.results().size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = tensors.size();
      tensors.add(tensor(c.resultTypes().get(i)));
      values.add(null);
    }
    Step step = new Step(c.key(), c.attributes(), c.operandTypes(), constants, c.resultTypes());
    List<KernelProvider> providers = KernelProviders.standard();
    Offers.Offered offered = Offers.of(step, providers).alone().offered().orElseThrow();
    PlanStep planned =
        new PlanStep(
            0,
            c.key().toString(),
            offered.provider(),
            c.attributes(),
            operands,
            c.operandTypes(),
            results,
            c.resultTypes(),
            "result",
            false,
            new Action.Run(offered.kernel()),
            List.of(),
            new int[0]);
    ModelSubgraph subgraph =
        new ModelSubgraph(
            "main",
            tensors,
            inputs.stream().mapToInt(i -> i).toArray(),
            results,
            List.of(new ModelOperator(c.key(), c.attributes(), operands, results, 1)));
    return new Plan(
        0,
        subgraph,
        List.of(planned),
        List.of(ShapeSteps.Dependence.ELEMENTS),
        values.toArray(Tensor[]::new),
        new int[0],
        false,
        new Explanation(0, List.of()));
  }

  /** Nothing is kept. */
  private static final class NoState implements SessionState {
    @Override
    public <T> T get(String name, Class<T> type, Supplier<T> initial) {
      return initial.get();
    }
  }

  private static ModelTensor tensor(TensorType type) {
    return new ModelTensor("tensor", type, 0, false, Optional.empty());
  }
}
