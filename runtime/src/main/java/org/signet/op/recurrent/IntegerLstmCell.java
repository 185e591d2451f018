package org.signet.op.recurrent;

import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.quant.Affine;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.op.quant.Rounding;
import org.signet.op.quant.ShortFixedPoint;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * One step of a long short-term memory in integers: int8 input, weights and output, int16 cells
 * whose scale is a power of two, and gates of 16 bits.
 *
 * <p>The scales of what lies between are those of tensors that the operator names besides its
 * operands and results: of the four normalized gates, and of the output before its projection.
 */
final class IntegerLstmCell {
  /** The scale of gates that are not normalized: three integer bits. */
  private static final float GATE_SCALE = 0x1p-12f;

  private static final int GATE_BITS = 3;
  private static final int HIDDEN = 4;
  private static final double GUARD = 10_000;

  private final OpCall call;
  private final LstmCell.Layout layout;
  private final List<Float> scales;
  private final List<Long> zeroPoints;
  private final Optional<Gate> inputGate;
  private final Gate forgetGate;
  private final Gate cellGate;
  private final Gate outputGate;
  private final Tensor outputState;
  private final Tensor cellState;
  private final Affine output;

  /** The exponent of the cells' scale. */
  private final int cellExponent;

  private final int cellClip;
  private final int projectionClip;
  private final QuantizedMultiplier toHidden;
  private final int hiddenZeroPoint;
  private final Optional<Product> projection;

  /** {@code factor · (bias + W · (x − zero point))}. */
  private record Product(
      Tensor weights, Optional<Tensor> bias, int zeroPoint, QuantizedMultiplier factor) {
    int apply(Tensor values, int from, int row) {
      int width = weights.dim(1);
      int sum = bias.isPresent() ? bias.get().ints()[row] : 0;
      for (int i = 0; i < width; i++) {
        sum += weights.bytes()[row * width + i] * (values.bytes()[from + i] - zeroPoint);
      }
      return factor.apply(sum);
    }
  }

  /** Weights from the cells, one each. */
  private record Peephole(Tensor weights, QuantizedMultiplier factor) {}

  private record Gate(
      Product input, Product recurrent, Optional<Peephole> fromCell, Optional<GateNorm> norm) {}

  IntegerLstmCell(OpCall call, LstmCell.Layout layout) {
    this.call = call;
    this.layout = layout;
    Attributes options = call.attributes();
    scales = options.getList(OpCall.INTERMEDIATE_SCALES, Float.class);
    zeroPoints = options.getList(OpCall.INTERMEDIATE_ZERO_POINTS, Long.class);
    Shapes.require(
        scales.size() == HIDDEN + 1 && zeroPoints.size() == scales.size(),
        "an LSTM on integers names %s intermediate tensors; %s are supported",
        scales.size(),
        HIDDEN + 1);
    int first = layout.weights();
    outputState = call.variable(layout.outputState());
    cellState = call.variable(layout.outputState() + 1);
    Shapes.require(
        outputState.dtype() == DType.INT8 && cellState.dtype() == DType.INT16,
        "states of %s and %s; int8 and int16 are supported",
        outputState.dtype(),
        cellState.dtype());
    output = Affine.operand(call, layout.outputState());
    float cellScale = Affine.operand(call, layout.outputState() + 1).scale();
    cellExponent = Math.getExponent(cellScale);
    Shapes.require(
        cellScale == Math.scalb(1f, cellExponent) && cellExponent >= -15 && cellExponent <= -9,
        "cells in a scale of %s; powers of two from 2^-15 to 2^-9 are supported",
        cellScale);
    inputGate = call.has(first) ? Optional.of(gate(0, 0)) : Optional.empty();
    forgetGate = gate(1, 1);
    cellGate = gate(2, -1);
    outputGate = gate(3, 2);
    cellClip = clip(options.getFloat("cell_clip", 0), cellScale, Short.MAX_VALUE);
    projectionClip = clip(options.getFloat("proj_clip", 0), output.scale(), Byte.MAX_VALUE);
    toHidden = QuantizedMultiplier.of(0x1p-15 / scales.get(HIDDEN) * 0x1p-15);
    int zeroPoint = Math.toIntExact(zeroPoints.get(HIDDEN));
    boolean projected = call.has(first + 15);
    // Before a projection TFLite's kernel takes the zero point off, and the projection adds it.
    hiddenZeroPoint = projected ? -zeroPoint : zeroPoint;
    projection =
        projected
            ? Optional.of(
                new Product(
                    matrix(first + 15, cellState.dim(-1)),
                    bias(first + 16, outputState.dim(-1)),
                    hiddenZeroPoint,
                    factor(first + 15, scales.get(HIDDEN), output.scale())))
            : Optional.empty();
    Shapes.require(
        projection.isPresent() || outputState.dim(-1) == cellState.dim(-1),
        "%s outputs of %s cells without a projection",
        outputState.dim(-1),
        cellState.dim(-1));
  }

  private static int clip(float limit, float scale, int greatest) {
    return limit > 0 ? (int) Math.clamp(limit / scale, (float) -greatest - 1, (float) greatest) : 0;
  }

  private Tensor matrix(int i, int columns) {
    Tensor weights = call.operand(i);
    Shapes.require(
        weights.dtype() == DType.INT8 && weights.rank() == 2 && weights.dim(1) == columns,
        "weights of %s for %s inputs",
        weights.type(),
        columns);
    return weights;
  }

  private Optional<Tensor> bias(int i, int rows) {
    if (!call.has(i)) {
      return Optional.empty();
    }
    Tensor bias = call.operand(i);
    Shapes.require(bias.dtype() == DType.INT32 && bias.size() == rows, "a bias of %s", bias.type());
    return Optional.of(bias);
  }

  private QuantizedMultiplier factor(int weights, float inputScale, float resultScale) {
    float scale = Affine.operand(call, weights).scale() * inputScale / resultScale;
    return QuantizedMultiplier.of(scale);
  }

  private Gate gate(int i, int fromCell) {
    int first = layout.weights();
    int cells = cellState.dim(-1);
    boolean normalized = layout.norms() >= 0 && call.has(layout.norms() + i);
    float scale = normalized ? scales.get(i) : GATE_SCALE;
    Optional<Tensor> bias = bias(first + 11 + i, cells);
    Affine input = Affine.operand(call, 0);
    Product fromInput =
        new Product(
            matrix(first + i, call.operand(0).dim(-1)),
            normalized ? Optional.empty() : bias,
            input.zeroPoint(),
            factor(first + i, input.scale(), scale));
    Product recurrent =
        new Product(
            matrix(first + 4 + i, outputState.dim(-1)),
            Optional.empty(),
            output.zeroPoint(),
            factor(first + 4 + i, output.scale(), scale));
    Shapes.require(
        fromInput.weights().dim(0) == cells && recurrent.weights().dim(0) == cells,
        "weights of %s rows for %s cells",
        fromInput.weights().dim(0),
        cells);
    Optional<Peephole> peephole =
        fromCell < 0 || !call.has(first + 8 + fromCell)
            ? Optional.empty()
            : Optional.of(
                new Peephole(
                    vector(first + 8 + fromCell),
                    factor(first + 8 + fromCell, Math.scalb(1f, cellExponent), scale)));
    Optional<GateNorm> norm =
        normalized ? Optional.of(norm(layout.norms() + i, bias.orElseThrow())) : Optional.empty();
    return new Gate(fromInput, recurrent, peephole, norm);
  }

  private Tensor vector(int i) {
    Tensor vector = call.operand(i);
    Shapes.require(
        vector.dtype() == DType.INT16 && vector.size() == cellState.dim(-1),
        "a vector of %s for %s cells",
        vector.type(),
        cellState.dim(-1));
    return vector;
  }

  private GateNorm norm(int i, Tensor bias) {
    float scale = Affine.operand(call, i).scale();
    return new GateNorm(
        vector(i), bias, QuantizedMultiplier.of(scale), Math.max(1, (int) (GUARD * scale)));
  }

  /** The width of the output. */
  int outputs() {
    return outputState.dim(-1);
  }

  /**
   * Computes a step of batch {@code b} from the row of the input at {@code row}, keeps the new
   * states, and gives the output.
   */
  Tensor step(Tensor input, int row, int b) {
    int cells = cellState.dim(-1);
    int at = b * cells;
    int[] forget = gate(forgetGate, input, row, b);
    logistic(forget);
    int[] update = gate(cellGate, input, row, b);
    for (int c = 0; c < cells; c++) {
      update[c] = ShortFixedPoint.tanh(update[c], GATE_BITS);
    }
    Optional<int[]> opening = inputGate.map(gate -> gate(gate, input, row, b));
    opening.ifPresent(IntegerLstmCell::logistic);
    short[] state = cellState.shorts();
    for (int c = 0; c < cells; c++) {
      int open = opening.isPresent() ? opening.get()[c] : Short.MAX_VALUE - forget[c];
      int kept = Rounding.shiftRight(forget[c] * state[at + c], 15);
      int added = Rounding.shiftRight(open * update[c], 30 + cellExponent);
      int limit = cellClip > 0 ? cellClip : Short.MAX_VALUE;
      int least = cellClip > 0 ? -cellClip : Short.MIN_VALUE;
      state[at + c] = (short) Math.clamp((long) (short) kept + (short) added, least, limit);
    }
    int[] gate = gate(outputGate, input, row, b);
    logistic(gate);
    Tensor hidden = Tensor.zeros(DType.INT8, cells);
    for (int c = 0; c < cells; c++) {
      int tanh = ShortFixedPoint.tanh(state[at + c], 15 + cellExponent);
      hidden.bytes()[c] = toByte(toHidden.apply(gate[c] * tanh) + hiddenZeroPoint);
    }
    Tensor result = projection.map(product -> projected(product, hidden)).orElse(hidden);
    Elements.copy(result, 0, outputState, b * outputs(), outputs());
    return result;
  }

  private static byte toByte(int x) {
    return (byte) Math.clamp(x, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  private Tensor projected(Product product, Tensor hidden) {
    Tensor result = Tensor.zeros(DType.INT8, outputs());
    for (int i = 0; i < outputs(); i++) {
      int value = toByte(product.apply(hidden, 0, i) + output.zeroPoint());
      result.bytes()[i] =
          (byte) (projectionClip > 0 ? Math.clamp(value, -projectionClip, projectionClip) : value);
    }
    return result;
  }

  private static void logistic(int[] values) {
    for (int c = 0; c < values.length; c++) {
      values[c] = ShortFixedPoint.logistic(values[c], GATE_BITS);
    }
  }

  private int[] gate(Gate gate, Tensor input, int row, int b) {
    int cells = cellState.dim(-1);
    int[] sums = new int[cells];
    for (int c = 0; c < cells; c++) {
      sums[c] = toShort(gate.input().apply(input, row * input.dim(-1), c));
      sums[c] = toShort(sums[c] + gate.recurrent().apply(outputState, b * outputs(), c));
      if (gate.fromCell().isPresent()) {
        Peephole peephole = gate.fromCell().get();
        int product = peephole.weights().shorts()[c] * cellState.shorts()[b * cells + c];
        sums[c] = toShort(sums[c] + peephole.factor().apply(product));
      }
    }
    gate.norm().ifPresent(norm -> norm.apply(sums));
    return sums;
  }

  private static int toShort(int x) {
    return Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
