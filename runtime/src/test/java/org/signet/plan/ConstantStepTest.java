package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Step;
import org.signet.model.ModelBuilder;
import org.signet.model.TfliteModel;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class ConstantStepTest {
  private static final Tensor MATRIX = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}).reshaped(2, 3);
  private static final Tensor ORDER = Tensor.of(new int[] {1, 0});

  private static Optional<Tensor> result(String op, TensorType type, Tensor... constants) {
    List<Optional<TensorType>> types =
        Arrays.stream(constants).map(constant -> Optional.of(constant.type())).toList();
    List<Optional<Tensor>> values = Arrays.stream(constants).map(Optional::of).toList();
    return result(new Step(OpKey.builtin(op), Attributes.NONE, types, values, List.of(type)));
  }

  private static Optional<Tensor> result(Step step) {
    return ConstantStep.result(OpDefinitions.standard().find(step.op()).orElseThrow(), step);
  }

  private static TensorType floats(int... shape) {
    return TensorType.of(DType.FLOAT32, shape);
  }

  @Test
  void transposesConstants() {
    Tensor transposed = result("TRANSPOSE", floats(3, 2), MATRIX, ORDER).orElseThrow();

    assertThat(transposed.isOnHeap()).isFalse();
    assertThat(transposed.floats()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void leavesNothingOnTheHeapThatOneStepNeedsOfAnother() {
    Tensor once = result("TRANSPOSE", floats(3, 2), MATRIX, ORDER).orElseThrow();
    Tensor twice = result("TRANSPOSE", floats(2, 3), once, ORDER).orElseThrow();
    float[] read = new float[2];

    twice.read(3, read, 0, 2);

    assertThat(read).containsExactly(4, 5);
    assertThat(once.isOnHeap()).isFalse();
    assertThat(twice.isOnHeap()).isFalse();
  }

  @Test
  void computesAgainWhatWasReleased() {
    Tensor transposed = result("TRANSPOSE", floats(3, 2), MATRIX, ORDER).orElseThrow();
    float[] read = new float[6];

    transposed.read(0, read, 0, 6);
    transposed.release();
    transposed.read(0, read, 0, 6);

    assertThat(read).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void leavesToTheRunWhatNeedsIt() {
    Step half =
        new Step(
            OpKey.builtin("TRANSPOSE"),
            Attributes.NONE,
            Stream.of(MATRIX, ORDER).map(Tensor::type).map(Optional::of).toList(),
            List.of(Optional.empty(), Optional.of(ORDER)),
            List.of(floats(3, 2)));
    Tensor manyRows = Tensor.of(new int[] {100, 2, 3});

    assertThat(result(half)).isEmpty();
    assertThat(result("TRANSPOSE", floats(2, 3), MATRIX, ORDER)).as("a wrong shape").isEmpty();
    assertThat(result("BROADCAST_TO", floats(100, 2, 3), MATRIX, manyRows)).as("large").isEmpty();
  }

  @Test
  void isNoStepOfARun() {
    byte[] file =
        new ModelBuilder()
            .buffer(0, 0x3c, 0, 0x40, 0, 0x42, 0, 0x44) // float16 1, 2, 3, 4
            .subgraph(new int[] {0}, new int[] {3})
            .tensor(DType.FLOAT32, 0, 1, 2)
            .tensor(DType.FLOAT16, 1, 2, 2)
            .tensor(DType.FLOAT32, 0, 2, 2)
            .tensor(DType.FLOAT32, 0, 1, 2)
            .operator(6, new int[] {1}, 2) // DEQUANTIZE
            .operator(9, new int[] {0, 2, -1}, 3) // FULLY_CONNECTED
            .signature("f", 0, Map.of("x", 0), Map.of("y", 3))
            .build();
    TfliteModel model = TfliteModel.of(file);
    Plan plan = Plans.of(model, List.of(KernelProviders.reference())).plan(0);

    assertThat(plan.steps()).hasSize(1);
    assertThat(plan.explanation().toString()).contains("0 DEQUANTIZE: once");
    InterpreterOptions options =
        InterpreterOptions.standard().withProviders(KernelProviders.reference());
    try (Interpreter interpreter = new Interpreter(model, options)) {
      Map<String, Tensor> results =
          interpreter
              .signatureRunner("f")
              .run(Map.of("x", Tensor.of(new float[] {1, 1}).reshaped(1, 2)));
      assertThat(results.values().iterator().next().floats()).containsExactly(3, 7);
    }
  }
}
