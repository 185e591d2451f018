package org.signet.op.recurrent;

import java.util.List;
import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.quant.Affine;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.op.quant.Rounding;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The operands of an LSTM on int8 inputs, checked, and what its kinds of cells have in common.
 *
 * <p>The scales and zero points of what lies between are those of tensors that the operator names
 * besides its operands and results.
 */
final class IntegerLstm {
  private final OpCall call;
  private final LstmCell.Layout layout;
  private final List<Float> scales;
  private final List<Long> zeroPoints;
  private final Tensor outputState;
  private final Tensor cellState;
  private final Affine output;

  IntegerLstm(OpCall call, LstmCell.Layout layout) {
    this.call = call;
    this.layout = layout;
    scales = call.attributes().getList(OpCall.INTERMEDIATE_SCALES, Float.class);
    zeroPoints = call.attributes().getList(OpCall.INTERMEDIATE_ZERO_POINTS, Long.class);
    outputState = call.variable(layout.outputState());
    cellState = call.variable(layout.outputState() + 1);
    Shapes.require(
        outputState.dtype() == DType.INT8 && cellState.dtype() == DType.INT16,
        "states of %s and %s; int8 and int16 are supported",
        outputState.dtype(),
        cellState.dtype());
    output = Affine.operand(call, layout.outputState());
  }

  /** The cell that the number of tensors between tells. */
  Sequence.Cell cell(Tensor input) {
    requireIntermediates(scales.size(), zeroPoints.size());
    return switch (scales.size()) {
      case IntegerLstmCell.INTERMEDIATES -> {
        IntegerLstmCell cell = new IntegerLstmCell(this);
        yield (row, b) -> cell.step(input, row, b);
      }
      case NarrowLstmCell.INTERMEDIATES -> {
        NarrowLstmCell cell = new NarrowLstmCell(this);
        yield (row, b) -> cell.step(input, row, b);
      }
      default -> throw unknownKind(scales.size());
    };
  }

  /** Checks that the operator names what lies between in one of the two kinds of cells. */
  static void requireIntermediates(int scales, int zeroPoints) {
    Shapes.require(
        scales == zeroPoints,
        "%s scales and %s zero points of intermediate tensors",
        scales,
        zeroPoints);
    if (scales != IntegerLstmCell.INTERMEDIATES && scales != NarrowLstmCell.INTERMEDIATES) {
      throw unknownKind(scales);
    }
  }

  private static IllegalArgumentException unknownKind(int intermediates) {
    return new IllegalArgumentException(
        "an LSTM on integers names %s intermediate tensors; %s and %s are supported"
            .formatted(intermediates, IntegerLstmCell.INTERMEDIATES, NarrowLstmCell.INTERMEDIATES));
  }

  /** int8[batch, outputs]. */
  Tensor outputState() {
    return outputState;
  }

  /** int16[batch, cells]. */
  Tensor cellState() {
    return cellState;
  }

  Affine output() {
    return output;
  }

  /** The width of the output. */
  int outputs() {
    return outputState.dim(-1);
  }

  int cells() {
    return cellState.dim(-1);
  }

  /** The scale of the cells' state, a power of two. */
  float cellScale() {
    return Affine.operand(call, layout.outputState() + 1).scale();
  }

  /** The scale of a tensor between. */
  float scale(int intermediate) {
    return scales.get(intermediate);
  }

  int zeroPoint(int intermediate) {
    return Math.toIntExact(zeroPoints.get(intermediate));
  }

  /** The limit that an option names in a scale; 0 if there is none. */
  int clip(String option, float scale, int greatest) {
    float limit = call.attributes().getFloat(option, 0);
    return limit > 0 ? (int) Math.clamp(limit / scale, (float) -greatest - 1, (float) greatest) : 0;
  }

  /** Whether the weight is there, counted from the first. */
  boolean hasWeight(int i) {
    return call.has(layout.weights() + i);
  }

  boolean hasNorm(int gate) {
    return layout.norms() >= 0 && call.has(layout.norms() + gate);
  }

  /** The factor that brings products of a weight and an input to the scale of the result. */
  QuantizedMultiplier factor(int weight, float inputScale, float resultScale) {
    float scale =
        Affine.operand(call, layout.weights() + weight).scale() * inputScale / resultScale;
    return QuantizedMultiplier.of(scale);
  }

  /** The product of the input with weights of a gate. */
  IntegerProduct fromInput(int gate, float resultScale, Optional<Tensor> bias) {
    Affine input = Affine.operand(call, 0);
    return new IntegerProduct(
        matrix(gate, cells(), call.operand(0).dim(-1)),
        bias,
        input.zeroPoint(),
        factor(gate, input.scale(), resultScale));
  }

  /** The product of the last output with weights of a gate. */
  IntegerProduct fromOutput(int gate, float resultScale) {
    return new IntegerProduct(
        matrix(4 + gate, cells(), outputs()),
        Optional.empty(),
        output.zeroPoint(),
        factor(4 + gate, output.scale(), resultScale));
  }

  Tensor matrix(int weight, int rows, int columns) {
    Tensor weights = call.operand(layout.weights() + weight);
    Shapes.require(
        weights.dtype() == DType.INT8
            && weights.rank() == 2
            && weights.dim(0) == rows
            && weights.dim(1) == columns,
        "weights of %s for %s inputs and %s results",
        weights.type(),
        columns,
        rows);
    return weights;
  }

  /** A bias, counted among the weights. */
  Optional<Tensor> bias(int weight, int rows) {
    if (!hasWeight(weight)) {
      return Optional.empty();
    }
    Tensor bias = call.operand(layout.weights() + weight);
    Shapes.require(bias.dtype() == DType.INT32 && bias.size() == rows, "a bias of %s", bias.type());
    return Optional.of(bias);
  }

  /** The bias of a gate. */
  Optional<Tensor> gateBias(int gate) {
    return bias(11 + gate, cells());
  }

  /** int16 weights from the cells to a gate: 0 the input, 1 the forget, 2 the output gate. */
  Tensor fromCells(int gate) {
    return vector(layout.weights() + 8 + gate);
  }

  /** int16[cells], what the normalized gate is scaled by. */
  Tensor norm(int gate) {
    return vector(layout.norms() + gate);
  }

  float normScale(int gate) {
    return Affine.operand(call, layout.norms() + gate).scale();
  }

  private Tensor vector(int i) {
    Tensor vector = call.operand(i);
    Shapes.require(
        vector.dtype() == DType.INT16 && vector.size() == cells(),
        "a vector of %s for %s cells",
        vector.type(),
        cells());
    return vector;
  }

  /**
   * The new state of a cell: what the forget gate keeps and what the input gate adds.
   *
   * @param exponent the exponent of the cells' scale
   * @param clip the greatest magnitude; 0 if there is none
   */
  static short updated(short state, int forget, int open, int update, int exponent, int clip) {
    int kept = Rounding.shiftRight(forget * state, 15);
    int added = Rounding.shiftRight(open * update, 30 + exponent);
    int limit = clip > 0 ? clip : Short.MAX_VALUE;
    int least = clip > 0 ? -clip : Short.MIN_VALUE;
    return (short) Math.clamp((long) (short) kept + (short) added, least, limit);
  }

  /** A projected output within its limit; 0 for none. */
  static byte clipped(int value, int clip) {
    byte output = toByte(value);
    return clip > 0 ? (byte) Math.clamp(output, -clip, clip) : output;
  }

  static byte toByte(int x) {
    return (byte) Math.clamp(x, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  static int toShort(int x) {
    return Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
