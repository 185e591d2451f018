package org.signet.op.recurrent;

import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.quant.Reals;
import org.signet.op.quant.RowRounding;
import org.signet.tensor.Tensor;

/**
 * A matrix of weights, [rows, columns], or a diagonal one, [rows].
 *
 * @param values what the weights stand for
 * @param isQuantized whether they are integers, so that inputs are rounded to 8 bits
 * @param isDiagonal whether only the diagonal is there
 */
@SuppressWarnings("ArrayRecordComponent")
record WeightMatrix(
    float[] values, int rows, int columns, boolean isQuantized, boolean isDiagonal) {

  static WeightMatrix operand(OpCall call, int i) {
    Tensor tensor = call.operand(i);
    Shapes.require(
        tensor.rank() == 1 || tensor.rank() == 2,
        "the weights, operand %s, are of shape %s",
        i,
        Shapes.text(tensor.shape()));
    return new WeightMatrix(
        Reals.ofWeights(tensor, call.operandType(i)).floats(),
        tensor.dim(0),
        tensor.dim(-1),
        !tensor.dtype().isFloating(),
        tensor.rank() == 1);
  }

  static Optional<WeightMatrix> optional(OpCall call, int i) {
    return call.has(i) ? Optional.of(operand(call, i)) : Optional.empty();
  }

  /** A float vector of this size, if there is operand {@code i}. */
  static Optional<float[]> vector(OpCall call, int i, int size) {
    if (!call.has(i)) {
      return Optional.empty();
    }
    Tensor tensor = call.operand(i);
    Shapes.require(
        tensor.size() == size, "operand %s has %s elements, not %s", i, tensor.size(), size);
    return Optional.of(Reals.of(tensor, call.operandType(i)).floats());
  }

  /** {@code input} as these weights see it: rounded to 8 bits if they are quantized. */
  float[] seen(float[] input, boolean asymmetric) {
    return isQuantized ? RowRounding.rounded(input, asymmetric) : input;
  }

  /** {@code sums[r] += Σ weights[r, c] · input[c]}. */
  void addProduct(float[] input, double[] sums) {
    Shapes.require(
        input.length == columns && sums.length == rows,
        "weights of [%s, %s] and an input of %s",
        rows,
        columns,
        input.length);
    for (int r = 0; r < rows; r++) {
      if (isDiagonal) {
        sums[r] += (double) values[r] * input[r];
        continue;
      }
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += (double) values[r * columns + c] * input[c];
      }
      sums[r] += sum;
    }
  }
}
