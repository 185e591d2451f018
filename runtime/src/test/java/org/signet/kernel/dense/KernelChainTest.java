package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signet.kernel.Following;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.AxisOrder;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Attention and normalization as one kernel give the bits of their steps, one after the other. */
class KernelChainTest {
  private static final Attributes KEPT = Attributes.of("keep_dims", true);
  private static final Attributes TRANSPOSED = Attributes.of("adj_y", true);
  private static final int[] HEADS = {0, 2, 1, 3};

  private static List<KernelProvider> providers() {
    List<KernelProvider> providers = new ArrayList<>();
    providers.add(VectorProvider.eager());
    FfmProvider.eager().ifPresent(providers::add);
    return providers;
  }

  /** A step; integers are constants. */
  private static Step step(String op, Attributes attributes, Tensor... operands) {
    List<Optional<TensorType>> types =
        Arrays.stream(operands).map(operand -> Optional.of(operand.type())).toList();
    List<Optional<Tensor>> constants =
        Arrays.stream(operands)
            .map(operand -> Optional.of(operand).filter(x -> x.dtype() == DType.INT32))
            .toList();
    List<TensorType> results = List.of(TensorType.unranked(DType.FLOAT32));
    return new Step(OpKey.builtin(op), attributes, types, constants, results);
  }

  private static Tensor run(Kernel kernel, Attributes attributes, Tensor... operands) {
    OpDefinition own =
        OpDefinition.builtin(
            "CHAIN", _ -> List.of(TensorType.unranked(DType.FLOAT32)), kernel::run);
    return DirectCall.evaluate(own, attributes, operands);
  }

  private static Tensor alone(
      KernelProvider provider, String op, Attributes attributes, Tensor... operands) {
    Kernel kernel = KernelRuns.kernel(provider, step(op, attributes, operands));
    return run(kernel, attributes, operands);
  }

  private static void check(Kernel kernel, Attributes attributes, Tensor expected, Tensor... all) {
    Kernel shared = one -> kernel.run(new SharedCall(one, new ManyThreads()));
    for (Kernel each : List.of(kernel, shared)) {
      Tensor result = run(each, attributes, all);
      assertThat(result.shape()).isEqualTo(expected.shape());
      assertThat(Arrays.copyOf(result.floats(), result.size())).isEqualTo(expected.floats());
    }
  }

  private static Kernel then(Kernel kernel, Step step, int previous) {
    return kernel.then(Following.direct(step, List.of(previous))).orElseThrow();
  }

  @Test
  void normalizedRows() {
    for (int count : new int[] {5, 64, 77}) {
      for (KernelProvider provider : providers()) {
        Tensor x = random(1, 3, 17, count);
        Tensor scale = random(2, count);
        Tensor shift = random(3, count);
        Tensor axis = Tensor.of(new int[] {2});
        Tensor mean = alone(provider, "MEAN", KEPT, x, axis);
        Tensor squares = alone(provider, "SQUARED_DIFFERENCE", Attributes.NONE, x, mean);
        Tensor variance = alone(provider, "MEAN", KEPT, squares, axis);
        Tensor sum = alone(provider, "ADD", Attributes.NONE, variance, Tensor.scalar(1e-3f));
        Tensor factor = alone(provider, "RSQRT", Attributes.NONE, sum);
        Tensor difference = alone(provider, "SUB", Attributes.NONE, x, mean);
        Tensor normal = alone(provider, "MUL", Attributes.NONE, difference, factor);
        Tensor scaled = alone(provider, "MUL", Attributes.NONE, normal, scale);
        Tensor expected = alone(provider, "ADD", Attributes.NONE, shift, scaled);

        Kernel kernel = KernelRuns.kernel(provider, step("MEAN", KEPT, x, axis));
        Step last = step("MUL", Attributes.NONE, difference, factor);
        Following.Form form = new Following.Form.Normalized(1e-3f);
        Kernel rows = kernel.then(new Following(last, List.of(0, 1), form)).orElseThrow();
        check(rows, KEPT, normal, x, axis);
        Kernel times = then(rows, step("MUL", Attributes.NONE, normal, scale), 0);
        check(times, KEPT, scaled, x, axis, scale);
        Kernel plus = then(times, step("ADD", Attributes.NONE, shift, scaled), 1);
        check(plus, KEPT, expected, x, axis, scale, shift);
      }
    }
  }

  @Test
  void noRowsWhereOtherDimensionsAreMeant() {
    Tensor x = random(1, 3, 17, 20);
    Step product = step("MUL", Attributes.NONE, x, x);
    Following normalized =
        new Following(product, List.of(0, 1), new Following.Form.Normalized(1e-3f));
    for (KernelProvider provider : providers()) {
      Kernel columns = KernelRuns.kernel(provider, step("MEAN", KEPT, x, Tensor.of(new int[] {1})));
      assertThat(columns.then(normalized)).isEmpty();
      Kernel gone =
          KernelRuns.kernel(provider, step("MEAN", Attributes.NONE, x, Tensor.of(new int[] {2})));
      assertThat(gone.then(normalized)).isEmpty();
    }
  }

  /** One batch or two, heads of 3, 17 and 40 numbers, whole panels of keys or not. */
  @Test
  void attention() {
    for (int[] sizes : new int[][] {{1, 9, 3}, {2, 33, 17}, {1, 64, 40}}) {
      int tokens = sizes[1];
      int[] shape = {sizes[0], tokens, 3, sizes[2]};
      for (KernelProvider provider : providers()) {
        Tensor queries = random(1, shape);
        Tensor keys = random(2, shape);
        Tensor values = random(3, shape);
        Tensor mask = random(4, tokens);
        Tensor order = Tensor.of(HEADS);
        Tensor q = AxisOrder.transposed(queries, HEADS);
        Tensor k = AxisOrder.transposed(keys, HEADS);
        Tensor v = AxisOrder.transposed(values, HEADS);
        Tensor products = alone(provider, "BATCH_MATMUL", TRANSPOSED, q, k);
        Tensor masked = alone(provider, "ADD", Attributes.NONE, products, mask);
        Tensor scores = alone(provider, "SOFTMAX", Attributes.NONE, masked);
        Tensor heads = alone(provider, "BATCH_MATMUL", Attributes.NONE, scores, v);
        Tensor expected = AxisOrder.transposed(heads, HEADS);

        Kernel first = KernelRuns.kernel(provider, step("BATCH_MATMUL", TRANSPOSED, q, k));
        Kernel plus = then(first, step("ADD", Attributes.NONE, products, mask), 0);
        Kernel softmax = then(plus, step("SOFTMAX", Attributes.NONE, masked), 0);
        check(softmax, TRANSPOSED, scores, q, k, mask);
        Kernel all = then(softmax, step("BATCH_MATMUL", Attributes.NONE, scores, v), 0);
        check(all, TRANSPOSED, heads, q, k, mask, v);
        Kernel written = then(all, step("TRANSPOSE", Attributes.NONE, heads, order), 0);
        check(written, TRANSPOSED, expected, q, k, mask, v, order);
        Kernel read = written;
        for (int operand : new int[] {0, 1, 3}) {
          read = read.reading(operand, HEADS).orElseThrow();
        }
        check(read, TRANSPOSED, expected, queries, keys, mask, values, order);
        assertThat(read.reading(2, HEADS)).isEmpty();
      }
    }
  }

  @Test
  void theReferencesWhereMatricesAreShared() {
    for (KernelProvider provider : providers()) {
      Tensor q = random(1, 1, 9, 8);
      Tensor k = random(2, 4, 8, 11);
      Tensor products = alone(provider, "BATCH_MATMUL", Attributes.NONE, q, k);
      Tensor expected = alone(provider, "SOFTMAX", Attributes.NONE, products);
      Kernel first = KernelRuns.kernel(provider, step("BATCH_MATMUL", Attributes.NONE, q, k));
      Kernel both = then(first, step("SOFTMAX", Attributes.NONE, products), 0);
      Tensor result = run(both, Attributes.NONE, q, k);
      assertThat(result.shape()).isEqualTo(expected.shape());
      for (int i = 0; i < result.size(); i++) {
        assertThat(result.floats()[i]).isCloseTo(expected.floats()[i], within(1e-6f));
      }
    }
  }
}
