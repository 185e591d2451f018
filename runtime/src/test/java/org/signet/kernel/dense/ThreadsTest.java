package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;

/** Calls whose work is shared give the same bits as those of one thread. */
class ThreadsTest {
  private static final Attributes SAME = Attributes.of("padding", "SAME");

  private static void check(String op, Attributes attributes, Tensor... operands) {
    List<KernelProvider> providers = new ArrayList<>();
    providers.add(VectorProvider.eager());
    FfmProvider.eager().ifPresent(providers::add);
    for (KernelProvider provider : providers) {
      Kernel kernel = KernelRuns.kernel(provider, KernelRuns.step(op, attributes, operands));
      Tensor alone = KernelRuns.run(kernel, op, attributes, operands);
      ManyThreads workers = new ManyThreads();
      Kernel shared = call -> kernel.run(new SharedCall(call, workers));
      Tensor result = KernelRuns.run(shared, op, attributes, operands);
      assertThat(result.floats()).as(provider.name()).isEqualTo(alone.floats());
      assertThat(workers.parts()).as(op + " in parts").isGreaterThan(1);
    }
  }

  @Test
  void products() {
    check("FULLY_CONNECTED", Attributes.NONE, random(1, 7, 300), random(2, 1001, 300));
    check("FULLY_CONNECTED", Attributes.NONE, random(1, 1001, 300), random(2, 35, 300));
    check("BATCH_MATMUL", Attributes.NONE, random(1, 9, 50, 64), random(2, 9, 64, 45));
    check("BATCH_MATMUL", Attributes.of("adj_y", true), random(1, 70, 164), random(2, 145, 164));
  }

  @Test
  void convolutions() {
    check("CONV_2D", SAME, random(1, 2, 31, 30, 16), random(2, 35, 3, 3, 16), random(3, 35));
    check("CONV_2D", SAME, random(1, 1, 31, 30, 32), random(2, 64, 3, 3, 32), random(3, 64));
    check("CONV_2D", SAME, random(1, 1, 7, 7, 40), random(2, 100, 3, 3, 40), random(3, 100));
    check("CONV_2D", SAME, random(1, 1, 60, 50, 16), random(2, 35, 1, 1, 16), random(3, 35));
    check(
        "DEPTHWISE_CONV_2D", SAME, random(1, 2, 40, 41, 33), random(2, 1, 3, 3, 33), random(3, 33));
  }

  @Test
  void elementsAndRows() {
    Tensor large = random(1, 20, 30, 331);
    check("TANH", Attributes.NONE, large);
    check("SOFTMAX", Attributes.of("beta", 1f), large);
    check("MEAN", Attributes.NONE, large, Tensor.of(new int[] {-1}));
    check("MEAN", Attributes.NONE, random(1, 3, 20, 30, 83), Tensor.of(new int[] {1, 2}));
    check("ADD", Attributes.of("fused_activation_function", "RELU"), large, random(2, 20, 30, 331));
    check("MUL", Attributes.NONE, large, random(2, 331));
    check("SUB", Attributes.NONE, large, random(2, 20, 1, 331));
    check("ADD", Attributes.NONE, random(3, 1, 30, 1), random(2, 20, 1, 331));
    check(
        "MAX_POOL_2D",
        Attributes.of(Map.of("filter_height", 3L, "filter_width", 3L, "padding", "SAME")),
        random(1, 2, 40, 41, 33));
  }
}
