package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.kernel.Kernel;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;

/** FULLY_CONNECTED and BATCH_MATMUL on vectors, in plain loops and by the reference. */
class ProductTest {
  private static final Attributes RELU6 = Attributes.of("fused_activation_function", "RELU6");

  private static void fullyConnected(int rows, int depth, int units, Attributes attributes) {
    KernelRuns.check(
        "FULLY_CONNECTED",
        attributes,
        random(1, rows, depth),
        random(2, units, depth),
        random(3, units));
  }

  @Test
  void everySizeOfEachDimension() {
    for (int size = 1; size <= 70; size++) {
      fullyConnected(size, 7, 33, Attributes.NONE);
      fullyConnected(13, size, 29, Attributes.NONE);
      fullyConnected(5, 11, size, RELU6);
      fullyConnected(1, size, size, RELU6);
    }
  }

  @ParameterizedTest(name = "{0} units")
  @ValueSource(ints = {300, 2000})
  void largeWeights(int units) {
    fullyConnected(120, 333, units, RELU6);
  }

  @Test
  void aRowBlockThatIsNotFull() {
    fullyConnected(1100, 2, 3, Attributes.NONE);
  }

  @Test
  void noBias() {
    KernelRuns.check("FULLY_CONNECTED", RELU6, random(1, 9, 10), random(2, 17, 10));
  }

  @Test
  void keptDimensions() {
    Attributes keep = Attributes.of("keep_num_dims", true);
    KernelRuns.check("FULLY_CONNECTED", keep, random(1, 2, 3, 4, 10), random(2, 17, 10));
    KernelRuns.check("FULLY_CONNECTED", Attributes.NONE, random(1, 2, 3, 20), random(2, 17, 10));
  }

  @Test
  void specialNumbers() {
    Tensor input =
        Tensor.of(new float[] {Float.NaN, 1, Float.POSITIVE_INFINITY, 1, -0f, 0, 1e30f, 3}, 4, 2);
    KernelRuns.check("FULLY_CONNECTED", Attributes.NONE, input, random(1, 9, 2));
    KernelRuns.check("FULLY_CONNECTED", RELU6, input, random(1, 9, 2));
  }

  @Property(tries = 150)
  void products(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int depth,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll("batches") int[][] batches,
      @ForAll boolean swapFirst,
      @ForAll boolean swapSecond) {
    Tensor a = matrices(batches[0], swapFirst ? depth : rows, swapFirst ? rows : depth);
    Tensor b = matrices(batches[1], swapSecond ? columns : depth, swapSecond ? depth : columns);
    KernelRuns.check("BATCH_MATMUL", Attributes.of("adj_x", swapFirst, "adj_y", swapSecond), a, b);
  }

  private static Tensor matrices(int[] batch, int rows, int columns) {
    int[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = rows;
    shape[batch.length + 1] = columns;
    return random(rows * 41L + columns, shape);
  }

  @Provide
  Arbitrary<int[][]> batches() {
    return Arbitraries.of(
        new int[][][] {
          {{}, {}}, {{3}, {3}}, {{3}, {}}, {{}, {3}}, {{2, 3}, {3}}, {{2, 1}, {1, 3}}, {{1}, {2, 2}}
        });
  }

  @Test
  void sizesChangeFromCallToCall() {
    Tensor weights = random(1, 40, 30);
    Tensor some = random(2, 8, 30);
    Kernel kernel =
        KernelRuns.kernel(
            VectorProvider.eager(),
            KernelRuns.step("FULLY_CONNECTED", Attributes.NONE, some, weights));
    Tensor first = KernelRuns.run(kernel, "FULLY_CONNECTED", Attributes.NONE, some, weights);
    Tensor more = random(3, 90, 30);
    KernelRuns.run(kernel, "FULLY_CONNECTED", Attributes.NONE, more, weights);
    assertThat(KernelRuns.run(kernel, "FULLY_CONNECTED", Attributes.NONE, some, weights).floats())
        .isEqualTo(first.floats());
  }
}
