package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.kernel.StepGroup;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** A kernel for a group of steps gives the bits that they give one after the other. */
class ElementGroupTest {
  private static final Attributes RELU = Attributes.of("fused_activation_function", "RELU");

  /** A group, and what its steps give one after the other by the kernels of a provider. */
  private static final class Steps {
    private final KernelProvider provider;
    private final List<Tensor> given;
    private final List<Tensor> values;
    private final List<Step> steps = new ArrayList<>();
    private final List<List<Integer>> operands = new ArrayList<>();
    private final ManyThreads workers = new ManyThreads();
    private boolean shared;

    Steps(KernelProvider provider, Tensor... given) {
      this.provider = provider;
      this.given = List.of(given);
      this.values = new ArrayList<>(this.given);
    }

    /** Adds a step; gives the number of its first result. */
    int add(String op, Attributes attributes, int results, int... numbers) {
      List<Integer> own = IntStream.of(numbers).boxed().toList();
      List<Optional<Tensor>> tensors = own.stream().map(values::get).map(Optional::of).toList();
      Step step =
          new Step(
              OpKey.builtin(op),
              attributes,
              tensors.stream().map(tensor -> tensor.map(Tensor::type)).toList(),
              Collections.nCopies(numbers.length, Optional.empty()),
              Collections.nCopies(results, TensorType.unranked(DType.FLOAT32)));
      steps.add(step);
      operands.add(own);
      values.addAll(run(kernel(step), attributes, tensors, results));
      return values.size() - results;
    }

    int add(String op, int... numbers) {
      return add(op, Attributes.NONE, 1, numbers);
    }

    private Kernel kernel(Step step) {
      return provider.offer(step) instanceof Offer.Accepted(Kernel kernel)
          ? kernel
          : KernelRuns.kernel(KernelProviders.reference(), step);
    }

    Optional<Kernel> together(int... results) {
      return provider.together(
          new StepGroup(steps, operands, given.size(), IntStream.of(results).boxed().toList()));
    }

    void check(int... results) {
      Kernel alone = together(results).orElseThrow();
      Kernel kernel = shared ? call -> alone.run(new SharedCall(call, workers)) : alone;
      List<Tensor> found =
          run(kernel, Attributes.NONE, given.stream().map(Optional::of).toList(), results.length);
      for (int i = 0; i < results.length; i++) {
        Tensor expected = values.get(results[i]);
        assertThat(found.get(i).shape()).isEqualTo(expected.shape());
        assertThat(Arrays.copyOf(found.get(i).floats(), found.get(i).size()))
            .as("result %s by %s", i, provider.name())
            .isEqualTo(Arrays.copyOf(expected.floats(), expected.size()));
      }
    }

    private static List<Tensor> run(
        Kernel kernel, Attributes attributes, List<Optional<Tensor>> operands, int results) {
      List<TensorType> types = Collections.nCopies(results, TensorType.unranked(DType.FLOAT32));
      OpDefinition own = OpDefinition.builtin("GROUP", _ -> types, kernel::run);
      return DirectCall.evaluate(own, attributes, operands, results);
    }
  }

  private static List<KernelProvider> providers() {
    List<KernelProvider> providers = new ArrayList<>(List.of(VectorProvider.eager()));
    FfmProvider.eager().ifPresent(providers::add);
    return providers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void longShortTermMemory(int batch) {
    for (KernelProvider provider : providers()) {
      Steps steps =
          new Steps(provider, Tensor.scalar(1), random(1, batch, 4 * 37), random(2, batch, 37));
      int gates = steps.add("SPLIT", Attributes.of("num_splits", 4), 4, 0, 1);
      int update = steps.add("TANH", gates + 2);
      int opened = steps.add("MUL", steps.add("LOGISTIC", gates), update);
      int kept = steps.add("MUL", steps.add("LOGISTIC", gates + 1), 2);
      int cell = steps.add("ADD", kept, opened);
      int output = steps.add("MUL", steps.add("LOGISTIC", gates + 3), steps.add("TANH", cell));
      steps.check(cell, output);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void gatedRecurrentUnit(int batch) {
    for (KernelProvider provider : providers()) {
      Tensor axis = Tensor.scalar(-1);
      Tensor state = random(3, batch, 40);
      Steps steps =
          new Steps(
              provider,
              axis,
              random(1, batch, 120),
              random(2, batch, 120),
              state,
              Tensor.scalar(1f),
              random(4, 40));
      Attributes three = Attributes.of("num_splits", 3);
      int input = steps.add("SPLIT", three, 3, 0, 1);
      int last = steps.add("SPLIT", three, 3, 0, 2);
      int update = steps.add("LOGISTIC", steps.add("ADD", input, last));
      int reset = steps.add("LOGISTIC", steps.add("ADD", input + 1, last + 1));
      int shifted = steps.add("ADD", RELU, 1, last + 2, 5);
      int fresh = steps.add("ADD", input + 2, steps.add("MUL", reset, shifted));
      int kept = steps.add("MUL", update, 3);
      int rest = steps.add("MUL", steps.add("SUB", 4, update), steps.add("TANH", fresh));
      steps.check(steps.add("ADD", kept, rest));
    }
  }

  @Test
  void manyRowsByManyThreads() {
    for (KernelProvider provider : providers()) {
      Steps steps = new Steps(provider, Tensor.scalar(2), random(1, 50, 30, 200));
      int halves = steps.add("SPLIT", Attributes.of("num_splits", 2), 2, 0, 1);
      int gate = steps.add("LOGISTIC", halves + 1);
      steps.shared = true;
      steps.check(steps.add("MUL", halves, gate));
      assertThat(steps.workers.parts()).isGreaterThan(2);
    }
  }

  @Test
  void theReferencesWhereAnOperandIsBroadcast() {
    for (KernelProvider provider : providers()) {
      Steps steps = new Steps(provider, Tensor.scalar(1), random(1, 1, 80), random(2, 3, 40));
      int halves = steps.add("SPLIT", Attributes.of("num_splits", 2), 2, 0, 1);
      int wide = steps.add("ADD", halves, 2);
      int narrow = steps.add("NEG", halves + 1);
      steps.check(wide, narrow);
    }
  }

  @Test
  void noneOfWhatItDoesNotCompute() {
    for (KernelProvider provider : providers()) {
      Steps steps = new Steps(provider, Tensor.scalar(1), random(1, 1, 80));
      int halves = steps.add("SPLIT", Attributes.of("num_splits", 2), 2, 0, 1);
      int rounded = steps.add("ROUND", halves);
      assertThat(steps.together(rounded)).isEmpty();
    }
  }

  @Test
  void noneIfAPartIsNeededElsewhere() {
    for (KernelProvider provider : providers()) {
      Steps steps = new Steps(provider, Tensor.scalar(1), random(1, 1, 80));
      int halves = steps.add("SPLIT", Attributes.of("num_splits", 2), 2, 0, 1);
      int product = steps.add("MUL", halves, halves + 1);
      assertThat(steps.together(halves, product)).isEmpty();
    }
  }
}
