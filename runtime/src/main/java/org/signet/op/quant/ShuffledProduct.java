package org.signet.op.quant;

import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * FULLY_CONNECTED on uint8 with weights in the order of the kernel's loop: blocks of 4 units by 16
 * columns, unit by unit, the blocks of the same units one after the other. Their bytes are signed,
 * with the zero point taken off; that of the input is 128, too. The result is int16.
 *
 * <p>A second result is the input as the kernel's loop reads it, with batches of 4 rows in columns
 * of 16.
 */
final class ShuffledProduct implements QuantizedReference {
  private static final String FORMAT = "weights_format";
  private static final int UNITS = 4;
  private static final int COLUMNS = 16;
  private static final int ZERO_POINT = 128;

  private final QuantizedReference others;

  /** With what is done of weights in their plain order. */
  ShuffledProduct(QuantizedReference others) {
    this.others = others;
  }

  @Override
  public void evaluate(OpCall call, OpDefinition plain) {
    if (isPlain(call.attributes())) {
      others.evaluate(call, plain);
      return;
    }
    Tensor input = call.operand(0);
    Tensor weights = call.operand(1);
    int units = weights.dim(0);
    int depth = weights.dim(1);
    int rows = input.size() / Math.max(1, depth);
    Shapes.require(
        (rows == 1 || rows == UNITS) && units % UNITS == 0 && depth % COLUMNS == 0,
        "shuffled weights of %s for %s rows; 1 or 4 rows, units in fours and columns in sixteens"
            + " are supported",
        Shapes.text(weights.shape()),
        rows);
    multiply(call, rows);
    if (call.resultCount() > 1) {
      shuffleInput(call, rows, depth);
    }
  }

  @Override
  public void check(String op, OpTypes use, List<TensorType> results) {
    if (isPlain(use.attributes())) {
      others.check(op, use, results);
      return;
    }
    DType input = use.dtype(0);
    DType weights = use.dtype(1);
    Shapes.require(
        input == DType.UINT8
            && weights == DType.UINT8
            && use.has(2)
            && use.dtype(2) == DType.INT32
            && results.getFirst().dtype() == DType.INT16,
        "shuffled weights of %s for %s; uint8 weights, a bias and an int16 result are supported",
        weights,
        input);
    Affine.of(use.operand(0));
    Affine.of(use.operand(1));
    Affine.of(results.getFirst());
  }

  private static boolean isPlain(Attributes attributes) {
    return attributes.getString(FORMAT, "DEFAULT").equals("DEFAULT");
  }

  private static void multiply(OpCall call, int rows) {
    Tensor input = call.operand(0);
    Tensor weights = call.operand(1);
    int[] bias = call.operand(2).ints();
    int units = weights.dim(0);
    int depth = weights.dim(1);
    Affine meaning = Affine.result(call, 0).activated(call.attributes());
    double product = (double) Affine.operand(call, 0).scale() * Affine.operand(call, 1).scale();
    QuantizedMultiplier factor = QuantizedMultiplier.of(product / meaning.scale());
    Tensor result = call.result(0, DType.INT16, rows, units);
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        int sum = bias[unit];
        for (int i = 0; i < depth; i++) {
          int weight = weights.bytes()[place(unit, i, depth)];
          sum += weight * ((int) input.getLong(row * depth + i) - ZERO_POINT);
        }
        result.setLong(row * units + unit, meaning.clamp(factor.apply(sum)));
      }
    }
  }

  /** Where an element of a matrix with rows of {@code depth} elements is. */
  private static int place(int row, int column, int depth) {
    int block = row / UNITS * UNITS * depth + column / COLUMNS * UNITS * COLUMNS;
    return block + row % UNITS * COLUMNS + column % COLUMNS;
  }

  private static void shuffleInput(OpCall call, int rows, int depth) {
    Tensor input = call.operand(0);
    Tensor shuffled = call.result(1, DType.UINT8, input.shape());
    for (int i = 0; i < input.size(); i++) {
      int to = rows == 1 ? i : place(i / depth, i % depth, depth);
      shuffled.setLong(to, input.getLong(i) ^ ZERO_POINT);
    }
  }
}
