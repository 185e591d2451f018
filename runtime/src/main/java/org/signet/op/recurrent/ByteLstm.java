package org.signet.op.recurrent;

import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.quant.Affine;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.op.quant.Rounding;
import org.signet.op.quant.ShortFixedPoint;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * One step of the LSTM kernel with one matrix for all gates on uint8 inputs and outputs, in steps
 * of 1/128 around 128, with int16 cells of four integer bits and gates of three.
 */
final class ByteLstm {
  private static final int STATE_BITS = 4;
  private static final int GATE_BITS = 3;
  private static final int ZERO = 128;

  private final OpCall call;
  private final int cells;
  private final int width;
  private final Affine weights;
  private final QuantizedMultiplier toGates;

  private ByteLstm(OpCall call) {
    this.call = call;
    cells = call.operand(1).dim(1);
    width = call.operand(2).dim(1);
    weights = Affine.operand(call, 2);
    toGates = QuantizedMultiplier.of(0x1p12 * Affine.operand(call, 3).scale());
  }

  /** Sets the output, the cells, the joined input and the gates of all batches. */
  static void evaluate(OpCall call) {
    requireScale(0, call.operandType(0));
    requireScale(1, call.operandType(1));
    new ByteLstm(call).run();
  }

  /** Checks what the input and the last output stand for. */
  static void requireScale(int operand, TensorType type) {
    Affine meaning = Affine.of(type);
    Shapes.require(
        meaning.scale() == 0x1p-7f && meaning.zeroPoint() == ZERO,
        "operand %s in a scale of %s around %s; 1/128 around 128 is supported",
        operand,
        meaning.scale(),
        meaning.zeroPoint());
  }

  private void run() {
    Tensor input = call.operand(0);
    int batch = input.dim(0);
    int inputs = input.dim(1);
    Tensor output = call.result(0, DType.UINT8, batch, cells);
    Tensor state = call.result(1, DType.INT16, batch, cells);
    Tensor joined = call.result(2, DType.UINT8, batch, width);
    Tensor gates = call.result(3, DType.INT16, batch, 4 * cells);
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < width; i++) {
        long value =
            i < inputs
                ? input.getLong(b * inputs + i)
                : call.operand(1).getLong(b * cells + i - inputs);
        joined.setLong(b * width + i, value);
      }
      for (int row = 0; row < 4 * cells; row++) {
        gates.setLong(b * 4 * cells + row, gate(joined, b, row));
      }
      for (int c = 0; c < cells; c++) {
        step(gates, b, c, state, output);
      }
    }
  }

  private int gate(Tensor joined, int b, int row) {
    int sum = (int) call.operand(3).getLong(row);
    for (int i = 0; i < width; i++) {
      int weight = (int) call.operand(2).getLong(row * width + i) - weights.zeroPoint();
      sum += weight * ((int) joined.getLong(b * width + i) - ZERO);
    }
    return Math.clamp(toGates.applyUpwards(sum), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private void step(Tensor gates, int b, int c, Tensor state, Tensor output) {
    int first = b * 4 * cells + c;
    int open = ShortFixedPoint.logistic((int) gates.getLong(first), GATE_BITS);
    int update = ShortFixedPoint.tanh((int) gates.getLong(first + cells), GATE_BITS);
    int forget = ShortFixedPoint.logistic((int) gates.getLong(first + 2 * cells), GATE_BITS);
    int gate = ShortFixedPoint.logistic((int) gates.getLong(first + 3 * cells), GATE_BITS);
    int at = b * cells + c;
    int kept = ShortFixedPoint.product(forget, (int) call.operand(4).getLong(at));
    int added = Rounding.shiftRight(ShortFixedPoint.product(open, update), STATE_BITS);
    int cell = Math.clamp((long) added + kept, Short.MIN_VALUE, Short.MAX_VALUE);
    state.setLong(at, cell);
    int hidden = ShortFixedPoint.product(gate, ShortFixedPoint.tanh(cell, STATE_BITS));
    output.setLong(at, ZERO + Math.clamp(Rounding.shiftRight(hidden, 8), -ZERO, ZERO - 1));
  }
}
