package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.signet.kernel.dense.KernelRuns.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.kernel.Following;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** A kernel that does the step that follows gives the bits that both give one after the other. */
class FollowingTest {
  private static final Attributes SAME = Attributes.of("padding", "SAME");
  private static final Attributes RELU = Attributes.of("fused_activation_function", "RELU");

  /** An op and its operands, the first of which may be the result before: then it is absent. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Call(String op, Attributes attributes, Tensor... operands) {
    private Step step() {
      List<Optional<TensorType>> types = new ArrayList<>();
      List<Optional<Tensor>> constants = new ArrayList<>();
      for (Tensor operand : operands) {
        types.add(Optional.of(operand.type()));
        boolean isFilter = op.equals("CONV_2D") && types.size() == 2;
        constants.add(isFilter ? Optional.of(operand) : Optional.empty());
      }
      List<TensorType> results = List.of(TensorType.unranked(DType.FLOAT32));
      return new Step(OpKey.builtin(op), attributes, types, constants, results);
    }
  }

  private static Tensor run(Kernel kernel, Call call, Tensor... operands) {
    OpDefinition own =
        OpDefinition.builtin(
            call.op(), _ -> List.of(TensorType.unranked(DType.FLOAT32)), kernel::run);
    return DirectCall.evaluate(own, call.attributes(), operands);
  }

  private static List<KernelProvider> providers() {
    List<KernelProvider> providers = new ArrayList<>();
    providers.add(VectorProvider.eager());
    FfmProvider.eager().ifPresent(providers::add);
    return providers;
  }

  /** The second call's first operand stands for the first one's result. */
  private static void check(Call first, Call second, boolean swapped) {
    for (KernelProvider provider : providers()) {
      Kernel kernel = KernelRuns.kernel(provider, first.step());
      Tensor between = run(kernel, first, first.operands());
      Tensor[] operands = second.operands().clone();
      int previous = swapped ? operands.length - 1 : 0;
      Tensor[] others =
          swapped
              ? Arrays.copyOf(operands, previous)
              : Arrays.copyOfRange(operands, 1, operands.length);
      operands[previous] = between;
      Call last = new Call(second.op(), second.attributes(), operands);
      Tensor expected = run(KernelRuns.kernel(provider, last.step()), last, operands);

      Kernel both = kernel.then(Following.direct(last.step(), List.of(previous))).orElseThrow();
      List<Tensor> all = new ArrayList<>(List.of(first.operands()));
      all.addAll(List.of(others));
      Tensor[] given = all.toArray(Tensor[]::new);
      Kernel shared = call -> both.run(new SharedCall(call, new ManyThreads()));
      for (Tensor result : List.of(run(both, first, given), run(shared, first, given))) {
        assertThat(result.shape()).isEqualTo(expected.shape());
        float[] exact = Arrays.copyOf(result.floats(), result.size());
        assertThat(exact).as(provider.name()).isEqualTo(expected.floats());
      }
    }
  }

  private static Call convolution() {
    return new Call(
        "CONV_2D", SAME, random(1, 1, 23, 20, 9), random(2, 35, 3, 3, 9), random(3, 35));
  }

  @Test
  void productsAndFunctionsOfOne() {
    Tensor none = Tensor.scalar(0f);
    Call dense = new Call("FULLY_CONNECTED", RELU, random(1, 9, 50), random(2, 1037, 50));
    check(dense, new Call("GELU", Attributes.NONE, none), false);
    for (int matrices : new int[] {1, 3}) {
      Call product =
          new Call("BATCH_MATMUL", Attributes.NONE, random(1, 3, 9, 7), random(2, matrices, 7, 50));
      check(product, new Call("TANH", Attributes.NONE, none), false);
      check(product, new Call("DIV", Attributes.NONE, none, Tensor.scalar(8f)), false);
    }
    check(convolution(), new Call("TANH", Attributes.NONE, none), false);
    check(convolution(), new Call("RELU6", Attributes.NONE, none), false);
  }

  @Test
  void functionsOfTwo() {
    Tensor none = Tensor.scalar(0f);
    Tensor whole = random(4, 1, 23, 20, 35);
    for (Tensor other : List.of(whole, random(5, 35), random(6, 1, 1, 35), Tensor.scalar(3f))) {
      check(convolution(), new Call("ADD", RELU, none, other), false);
      check(convolution(), new Call("SUB", Attributes.NONE, other, none), true);
    }
    Call windows =
        new Call(
            "DEPTHWISE_CONV_2D",
            SAME,
            random(1, 1, 30, 31, 33),
            random(2, 1, 3, 3, 33),
            random(3, 33));
    check(windows, new Call("DIV", Attributes.NONE, none, random(4, 33)), false);
    Call sum = new Call("ADD", Attributes.NONE, random(1, 7, 90), random(2, 90));
    for (Tensor other : List.of(random(3, 7, 90), random(4, 7, 1), random(5, 1, 7, 90))) {
      check(sum, new Call("MUL", Attributes.NONE, none, other), false);
      check(sum, new Call("DIV", RELU, other, none), true);
    }
    Call wide = new Call("SUB", Attributes.NONE, random(1, 3, 5, 700), random(2, 5, 700));
    for (Tensor other : List.of(random(3, 5, 700), random(4, 3, 5, 1), random(5, 3, 1, 1))) {
      check(wide, new Call("MUL", Attributes.NONE, none, other), false);
    }
  }

  @Test
  void theReferencesWhereTheShapeWouldChange() {
    Call small = new Call("ADD", Attributes.NONE, random(1, 1, 9), random(2, 9));
    check(small, new Call("MUL", Attributes.NONE, Tensor.scalar(0f), random(3, 4, 9)), false);
    check(small, new Call("SUB", Attributes.NONE, random(3, 4, 9), Tensor.scalar(0f)), true);
  }

  @Test
  void productsWithTheirLogistic() {
    for (KernelProvider provider : providers()) {
      Call first = convolution();
      Kernel kernel = KernelRuns.kernel(provider, first.step());
      Tensor x = run(kernel, first, first.operands());
      Call gate = new Call("LOGISTIC", Attributes.NONE, x);
      Tensor logistic = run(KernelRuns.kernel(provider, gate.step()), gate, x);
      Call product = new Call("MUL", Attributes.NONE, x, logistic);
      Tensor expected = run(KernelRuns.kernel(provider, product.step()), product, x, logistic);

      Kernel both =
          kernel
              .then(new Following(product.step(), List.of(0, 1), new Following.Form.Gated()))
              .orElseThrow();

      assertThat(run(both, first, first.operands()).floats()).isEqualTo(expected.floats());
    }
  }

  /** The kernel of an expansion of {@code pixels} and the depthwise convolution of its result. */
  private static Kernel expandedDepthwise(
      KernelProvider provider, Attributes depthwise, int[] windows, Tensor[] operands) {
    Tensor pixels = operands[0];
    Kernel kernel =
        KernelRuns.kernel(
            provider, KernelRuns.step("CONV_2D", SAME, pixels, operands[1], operands[2]));
    int channels = operands[1].dim(0);
    Tensor between = Tensor.zeros(DType.FLOAT32, 1, pixels.dim(1), pixels.dim(2), channels);
    Step step = KernelRuns.step("DEPTHWISE_CONV_2D", depthwise, between, operands[3], operands[4]);
    TensorType result = TensorType.of(DType.FLOAT32, Shape.of(windows));
    Step second =
        new Step(
            step.op(), step.attributes(), step.operandTypes(), step.constants(), List.of(result));
    return kernel.then(Following.direct(second, List.of(0))).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 70, 24, 88", "2, 3, 71, 30, 96", "1, 5, 61, 24, 96", "2, 5, 56, 40, 64"})
  void expansionsWithTheirWindows(int stride, int size, int height, int width, int channels) {
    Tensor[] operands = {
      random(1, 2, height, width, 9),
      random(2, channels, 1, 1, 9),
      random(3, channels),
      random(4, 1, size, size, channels),
      random(5, channels)
    };
    Attributes depthwise =
        SAME.with("stride_h", stride).with("stride_w", stride).with("depth_multiplier", 1);
    int[] windows = {2, Math.ceilDiv(height, stride), Math.ceilDiv(width, stride), channels};
    for (KernelProvider provider : providers()) {
      Kernel first =
          KernelRuns.kernel(
              provider, KernelRuns.step("CONV_2D", SAME, operands[0], operands[1], operands[2]));
      Tensor between =
          KernelRuns.run(first, "CONV_2D", SAME, operands[0], operands[1], operands[2]);
      Tensor[] second = {between, operands[3], operands[4]};
      Kernel last =
          KernelRuns.kernel(provider, KernelRuns.step("DEPTHWISE_CONV_2D", depthwise, second));
      Tensor expected = KernelRuns.run(last, "DEPTHWISE_CONV_2D", depthwise, second);

      Kernel both = expandedDepthwise(provider, depthwise, windows, operands);
      Call call = new Call("CONV_2D", SAME, operands);
      Tensor alone = run(both, call, operands);
      Kernel shared = one -> both.run(new SharedCall(one, new ManyThreads()));

      assertThat(alone.shape()).isEqualTo(windows);
      assertThat(alone.floats()).as(provider.name()).isEqualTo(expected.floats());
      assertThat(run(shared, call, operands).floats()).isEqualTo(expected.floats());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 23, 20, 9, 35", "2, 30, 40, 16, 24", "1, 5, 5, 80, 400"})
  void gatedPixelsWithTheirConvolution(
      int batch, int height, int width, int channels, int outputs) {
    Tensor pixels = random(1, batch, height, width, channels);
    Tensor none = Tensor.scalar(0f);
    Tensor filter = random(3, outputs, 1, 1, channels);
    Call convolution = new Call("CONV_2D", RELU, none, filter, random(4, outputs));
    for (Tensor gate : List.of(random(2, 1, 1, 1, channels), pixels, Tensor.scalar(2f))) {
      check(new Call("MUL", Attributes.NONE, pixels, gate), convolution, false);
      check(new Call("SUB", RELU, gate, pixels), convolution, false);
    }
    check(new Call("MUL", Attributes.NONE, pixels, random(2, batch, 1, 1, 1)), convolution, false);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 25, 20, 64, 48", "2, 1, 56, 11, 33, 35", "3, 2, 48, 50, 16, 24"})
  void windowsWithTheConvolutionOfPixels(
      int batch, int stride, int height, int width, int channels, int outputs) {
    Attributes depthwise = SAME.with("stride_h", stride).with("stride_w", stride);
    Tensor filter = random(2, 1, 3, 3, channels);
    Call windows =
        new Call(
            "DEPTHWISE_CONV_2D",
            depthwise,
            random(1, batch, height, width, channels),
            filter,
            random(3, channels));
    Tensor none = Tensor.scalar(0f);
    Tensor pixels = random(4, outputs, 1, 1, channels);
    check(windows, new Call("CONV_2D", RELU, none, pixels, random(5, outputs)), false);
  }

  @Test
  void nothingElse() {
    Kernel kernel = KernelRuns.kernel(VectorProvider.eager(), convolution().step());
    Tensor x = random(1, 1, 23, 20, 35);
    Call softmax = new Call("SOFTMAX", Attributes.NONE, x);
    assertThat(kernel.then(Following.direct(softmax.step(), List.of(0)))).isEmpty();
    Call sum = new Call("ADD", Attributes.NONE, x, Tensor.scalar(1));
    assertThat(kernel.then(Following.direct(sum.step(), List.of(0)))).isEmpty();
  }

  @Test
  void nothingThatWouldStandForAnOperandLeftOut() {
    Call dense = new Call("FULLY_CONNECTED", RELU, random(1, 9, 50), random(2, 37, 50));
    Kernel kernel = KernelRuns.kernel(VectorProvider.eager(), dense.step());
    Call sum = new Call("ADD", Attributes.NONE, random(1, 9, 37), random(3, 37));
    assertThat(kernel.then(Following.direct(sum.step(), List.of(0)))).isEmpty();
  }
}
