package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Relations of native code, which are those of the reference. */
class ComparisonTest {
  private static final float[] SPECIAL = {
    0, -0f, 1, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE
  };

  private static Tensor floats(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return Tensor.of(values);
  }

  private static Tensor ints(long seed, int size) {
    Random random = new Random(seed);
    return Tensor.of(random.ints(size, -2, 3).map(i -> i == 2 ? Integer.MIN_VALUE : i).toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EQUAL", "NOT_EQUAL", "LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL"})
  void areThoseOfTheReference(String op) {
    assumeThat(FfmProvider.eager()).isPresent();
    DenseProvider provider = FfmProvider.eager().orElseThrow();
    for (Tensor[] pair : pairs()) {
      Step step = KernelRuns.step(op, Attributes.NONE, pair);
      Tensor result = KernelRuns.run(KernelRuns.kernel(provider, step), op, Attributes.NONE, pair);
      Tensor expected =
          KernelRuns.run(
              KernelRuns.kernel(KernelProviders.reference(), step), op, Attributes.NONE, pair);
      assertThat(result.dtype()).isEqualTo(DType.BOOL);
      assertThat(result.shape()).isEqualTo(expected.shape());
      assertThat(result.bytes()).startsWith(expected.bytes());
    }
  }

  @Test
  void areLeftToTheReferenceForFewElements() {
    assumeThat(FfmProvider.eager()).isPresent();
    Tensor one = Tensor.of(new int[] {1});
    Step step = KernelRuns.step("LESS", Attributes.NONE, one, one);
    assertThat(FfmProvider.eager().orElseThrow().offer(step))
        .isEqualTo(Offer.refuse("few elements"));
  }

  private static List<Tensor[]> pairs() {
    List<Tensor[]> pairs = new ArrayList<>();
    for (int size : new int[] {9, 16, 77, 20_000}) {
      pairs.add(new Tensor[] {floats(1, size), floats(2, size)});
      pairs.add(new Tensor[] {ints(1, size), ints(2, size)});
      pairs.add(new Tensor[] {floats(3, size), Tensor.scalar(0f)});
      pairs.add(new Tensor[] {Tensor.of(new int[] {-1}), ints(3, size)});
    }
    pairs.add(new Tensor[] {floats(4, 60).reshaped(3, 20), floats(5, 20)});
    return pairs;
  }
}
