package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    QuantizedCall call = new QuantizedCall(operands, quantizations, result, new ArrayList<>());
    definition.reference().evaluate(call);
    return call.results().getFirst();
  }

  /** A call whose operands and result are quantized. */
  private record QuantizedCall(
      List<Tensor> operands,
      List<Quantization> quantizations,
      Quantization quantization,
      List<Tensor> results)
      implements OpCall {
    @Override
    public Attributes attributes() {
      return Attributes.NONE;
    }

    @Override
    public int operandCount() {
      return operands.size();
    }

    @Override
    public boolean has(int i) {
      return i < operands.size();
    }

    @Override
    public Tensor operand(int i) {
      return operands.get(i);
    }

    @Override
    public TensorType operandType(int i) {
      TensorType plain = operand(i).type();
      return new TensorType(plain.dtype(), plain.shape(), quantizations.get(i));
    }

    @Override
    public int resultCount() {
      return 1;
    }

    @Override
    public TensorType resultType(int i) {
      TensorType plain = TensorType.unranked(DType.INT8);
      return new TensorType(plain.dtype(), plain.shape(), quantization);
    }

    @Override
    public Tensor result(int i, DType dtype, int... shape) {
      result(i, Tensor.zeros(dtype, shape));
      return currentResult(i);
    }

    @Override
    public void resultReshaped(int i, int operand, int... shape) {
      result(i, operand(operand).reshaped(shape));
    }

    @Override
    public void result(int i, Tensor value) {
      results.add(i, value);
    }

    @Override
    public Tensor currentResult(int i) {
      return results.get(i);
    }

    @Override
    public SessionState state() {
      throw new IllegalStateException("no state");
    }
  }
}
