package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.signet.kernel.Kernel;
import org.signet.kernel.Step;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.StoredFloats;
import org.signet.tensor.Tensor;

/** Weights outside the heap are packed from there, and do not come to the heap besides. */
class StoredWeightsTest {
  private static final class Elsewhere extends StoredFloats {
    private final float[] numbers;
    private boolean isReleased;

    private Elsewhere(float[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public int size() {
      return numbers.length;
    }

    @Override
    public void read(int from, float[] to, int at, int count) {
      System.arraycopy(numbers, from, to, at, count);
    }

    @Override
    public void release() {
      isReleased = true;
    }
  }

  /** The kernels take what is stored to the same results as what is on the heap. */
  private static void check(String op, Attributes attributes, int weights, Tensor... operands) {
    Tensor[] stored = operands.clone();
    Elsewhere elsewhere = new Elsewhere(operands[weights].floats());
    stored[weights] = Tensor.stored(elsewhere, operands[weights].shape());
    DenseProvider provider = VectorProvider.eager();
    Tensor expected = run(provider, op, attributes, operands);
    Tensor result = run(provider, op, attributes, stored);

    assertThat(result.floats()).isEqualTo(expected.floats());
    assertThat(stored[weights].isOnHeap()).as(op).isFalse();
    assertThat(elsewhere.isReleased).as(op).isTrue();
    assertThat(stored[weights].floats()).isEqualTo(operands[weights].floats());
    assertThat(stored[weights].isOnHeap()).isTrue();
  }

  private static Tensor run(
      DenseProvider provider, String op, Attributes attributes, Tensor... operands) {
    return KernelRuns.run(
        KernelRuns.kernel(provider, KernelRuns.step(op, attributes, operands)),
        op,
        attributes,
        operands);
  }

  @Test
  void ofProducts() {
    check("FULLY_CONNECTED", Attributes.NONE, 1, random(1, 7, 50), random(2, 37, 50));
    for (boolean transposed : new boolean[] {false, true}) {
      check(
          "BATCH_MATMUL",
          Attributes.of("adj_y", transposed),
          1,
          random(1, 3, 9, 50),
          transposed ? random(2, 37, 50) : random(2, 50, 37));
    }
  }

  @Test
  void ofConvolutions() {
    Attributes same = Attributes.of("padding", "SAME");
    int panel = VectorProvider.eager().lanes() * 2;
    int channels = Math.max(panel, 32);
    for (int size : new int[] {5, channels}) {
      Tensor image = random(1, 1, 14, 14, size);
      check("CONV_2D", same, 1, image, random(2, channels, 3, 3, size), random(3, channels));
    }
    Tensor shape = Tensor.of(new int[] {1, 14, 14, 9});
    Tensor[] operands = {shape, random(2, 9, 3, 3, 5), random(1, 1, 14, 14, 5)};
    check("TRANSPOSE_CONV", same, 1, operands);
  }

  @Test
  void areSharedByTensorsOfOtherShapes() {
    Elsewhere elsewhere = new Elsewhere(random(1, 60).floats());
    Tensor tensor = Tensor.stored(elsewhere, 6, 10);
    Tensor reshaped = tensor.reshaped(60);
    assertThat(reshaped.storage()).isSameAs(tensor.storage());
    float[] some = new float[5];
    reshaped.read(7, some, 1, 3);
    assertThat(Arrays.copyOfRange(some, 1, 4))
        .isEqualTo(Arrays.copyOfRange(elsewhere.numbers, 7, 10));
    assertThat(tensor.copy().floats()).isEqualTo(elsewhere.numbers);
    assertThat(reshaped.array()).isSameAs(tensor.array());
  }

  @Test
  void rowsAreReadWhereTheyAreStored() {
    Tensor table = random(1, 9, 100);
    Tensor stored = Tensor.stored(new Elsewhere(table.floats()), 9, 100);
    Tensor rows = Tensor.of(new int[] {7, 2, 7});
    OpDefinition gather = OpDefinitions.standard().find(OpKey.builtin("GATHER")).orElseThrow();

    Tensor picked = DirectCall.evaluate(gather, Attributes.NONE, stored, rows);

    Tensor expected = DirectCall.evaluate(gather, Attributes.NONE, table, rows);
    assertThat(picked.floats()).isEqualTo(expected.floats());
    assertThat(stored.isOnHeap()).isFalse();
  }

  @Test
  void largeWeightsArePackedAhead() {
    Tensor weights = random(2, 600, 500);
    Elsewhere elsewhere = new Elsewhere(weights.floats());
    Tensor stored = Tensor.stored(elsewhere, 600, 500);
    Step step = KernelRuns.step("FULLY_CONNECTED", Attributes.NONE, random(1, 3, 500), stored);

    KernelRuns.kernel(VectorProvider.eager(), step).preparation().orElseThrow().run();

    assertThat(elsewhere.isReleased).isTrue();
    Step small =
        KernelRuns.step("FULLY_CONNECTED", Attributes.NONE, random(1, 3, 5), random(2, 6, 5));
    assertThat(KernelRuns.kernel(VectorProvider.eager(), small).preparation()).isEmpty();
  }

  @Test
  void aRunDoesNotWaitForWeightsToBePacked() {
    Tensor weights = random(2, 601, 500);
    Elsewhere elsewhere = new Elsewhere(weights.floats());
    Tensor[] operands = {random(1, 9, 500), Tensor.stored(elsewhere, 601, 500), random(3, 601)};
    Attributes attributes = Attributes.of("fused_activation_function", "RELU");
    Step step = KernelRuns.step("FULLY_CONNECTED", attributes, operands);
    Kernel kernel = KernelRuns.kernel(VectorProvider.eager(), step);
    Runnable preparation = kernel.preparation().orElseThrow();

    Tensor before = KernelRuns.run(kernel, "FULLY_CONNECTED", attributes, operands);

    assertThat(elsewhere.isReleased).isFalse();
    preparation.run();
    assertThat(elsewhere.isReleased).isTrue();
    Tensor after = KernelRuns.run(kernel, "FULLY_CONNECTED", attributes, operands);
    assertThat(before.floats()).isEqualTo(after.floats());
    assertThat(after.floats()).contains(0f);
  }
}
