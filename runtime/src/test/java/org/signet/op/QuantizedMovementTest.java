package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.TensorType;

/**
 * Ops that move quantized elements: what they add themselves must stand for the right real number.
 */
class QuantizedMovementTest {
  private static final Quantization COARSE = Quantization.perTensor(0.5f, 3);
  private static final Quantization FINE = Quantization.perTensor(0.25f, -10);

  private static Tensor int8(int... values) {
    Tensor tensor = Tensor.zeros(DType.INT8, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.setLong(i, values[i]);
    }
    return tensor;
  }

  @Test
  void padsWithTheZeroPoint() {
    Tensor paddings = Tensor.of(new int[] {1, 2}, 1, 2);
    Tensor padded =
        run("PAD", List.of(int8(7, 8), paddings), List.of(COARSE, Quantization.NONE), COARSE);
    assertThat(longs(padded)).containsExactly(3, 7, 8, 3, 3);
  }

  @Test
  void padsBlocksWithTheZeroPoint() {
    Tensor value = int8(7, 8, 9).reshaped(1, 3);
    Tensor blocks = Tensor.of(new int[] {2});
    Tensor paddings = Tensor.of(new int[] {1, 0}, 1, 2);
    Quantization none = Quantization.NONE;
    Tensor batches =
        run(
            "SPACE_TO_BATCH_ND",
            List.of(value, blocks, paddings),
            List.of(COARSE, none, none),
            COARSE);
    assertThat(longs(batches)).containsExactly(3, 8, 7, 9);
  }

  /**
   * 0.5 × (q − 3) = 0.25 × (q′ + 10): 7 stands for 2, as −2 does; −100 for −51.5, beyond what the
   * result can hold.
   */
  @Test
  void concatenatesInTheScaleOfTheResult() {
    Tensor joined =
        run("CONCATENATION", List.of(int8(7, -100), int8(1, 2)), List.of(COARSE, FINE), FINE);
    assertThat(longs(joined)).containsExactly(-2, -128, 1, 2);
  }

  private static int[] longs(Tensor tensor) {
    int[] values = new int[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(tensor.getLong(i));
    }
    return values;
  }

  private static Tensor run(
      String op, List<Tensor> operands, List<Quantization> quantizations, Quantization result) {
    OpDefinition definition = OpDefinitions.standard().find(OpKey.builtin(op)).orElseThrow();
    List<Optional<TensorType>> types = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      types.add(Optional.of(quantized(operands.get(i).type(), quantizations.get(i))));
    }
    return DirectCall.evaluate(
            definition,
            Attributes.NONE,
            operands.stream().map(Optional::of).toList(),
            types,
            List.of(quantized(TensorType.unranked(DType.INT8), result)))
        .getFirst();
  }

  private static TensorType quantized(TensorType plain, Quantization quantization) {
    return new TensorType(plain.dtype(), plain.shape(), quantization);
  }
}
