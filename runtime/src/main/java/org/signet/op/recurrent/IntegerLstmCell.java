package org.signet.op.recurrent;

import java.util.Optional;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.op.quant.ShortFixedPoint;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * One step of a long short-term memory in integers: int8 input, weights and output, int16 cells
 * whose scale is a power of two, and gates of 16 bits.
 *
 * <p>The tensors between are the four normalized gates, and the output before its projection.
 */
final class IntegerLstmCell {
  /** How many tensors the operator names between its operands and results. */
  static final int INTERMEDIATES = 5;

  /** The scale of gates that are not normalized: three integer bits. */
  private static final float GATE_SCALE = 0x1p-12f;

  private static final int GATE_BITS = 3;
  private static final int HIDDEN = 4;
  private static final double GUARD = 10_000;

  private final IntegerLstm operands;
  private final Optional<Gate> inputGate;
  private final Gate forgetGate;
  private final Gate cellGate;
  private final Gate outputGate;

  /** The exponent of the cells' scale. */
  private final int cellExponent;

  private final int cellClip;
  private final int projectionClip;
  private final QuantizedMultiplier toHidden;
  private final int hiddenZeroPoint;
  private final Optional<IntegerProduct> projection;

  /** Weights from the cells, one each. */
  private record Peephole(Tensor weights, QuantizedMultiplier factor) {}

  private record Gate(
      IntegerProduct input,
      IntegerProduct recurrent,
      Optional<Peephole> fromCell,
      Optional<GateNorm> norm) {}

  IntegerLstmCell(IntegerLstm operands) {
    this.operands = operands;
    float cellScale = operands.cellScale();
    cellExponent = Math.getExponent(cellScale);
    requireCellScale(cellScale);
    inputGate = operands.hasWeight(0) ? Optional.of(gate(0, 0)) : Optional.empty();
    forgetGate = gate(1, 1);
    cellGate = gate(2, -1);
    outputGate = gate(3, 2);
    cellClip = operands.clip("cell_clip", cellScale, Short.MAX_VALUE);
    projectionClip = operands.clip("proj_clip", operands.output().scale(), Byte.MAX_VALUE);
    float hiddenScale = operands.scale(HIDDEN);
    toHidden = QuantizedMultiplier.of(0x1p-15 / hiddenScale * 0x1p-15);
    boolean projected = operands.hasWeight(15);
    // Before a projection TFLite's kernel takes the zero point off, and the projection adds it.
    hiddenZeroPoint = projected ? -operands.zeroPoint(HIDDEN) : operands.zeroPoint(HIDDEN);
    projection =
        projected
            ? Optional.of(
                new IntegerProduct(
                    operands.matrix(15, operands.outputs(), operands.cells()),
                    operands.bias(16, operands.outputs()),
                    hiddenZeroPoint,
                    operands.factor(15, hiddenScale, operands.output().scale())))
            : Optional.empty();
    Shapes.require(
        projection.isPresent() || operands.outputs() == operands.cells(),
        "%s outputs of %s cells without a projection",
        operands.outputs(),
        operands.cells());
  }

  static void requireCellScale(float scale) {
    int exponent = Math.getExponent(scale);
    Shapes.require(
        scale == Math.scalb(1f, exponent) && exponent >= -15 && exponent <= -9,
        "cells in a scale of %s; powers of two from 2^-15 to 2^-9 are supported",
        scale);
  }

  private Gate gate(int i, int fromCell) {
    boolean normalized = operands.hasNorm(i);
    float scale = normalized ? operands.scale(i) : GATE_SCALE;
    Optional<Tensor> bias = operands.gateBias(i);
    Optional<Peephole> peephole =
        fromCell < 0 || !operands.hasWeight(8 + fromCell)
            ? Optional.empty()
            : Optional.of(
                new Peephole(
                    operands.fromCells(fromCell),
                    operands.factor(8 + fromCell, Math.scalb(1f, cellExponent), scale)));
    return new Gate(
        operands.fromInput(i, scale, normalized ? Optional.empty() : bias),
        operands.fromOutput(i, scale),
        peephole,
        normalized ? Optional.of(norm(i, bias.orElseThrow())) : Optional.empty());
  }

  private GateNorm norm(int i, Tensor bias) {
    float scale = operands.normScale(i);
    return new GateNorm(
        operands.norm(i), bias, QuantizedMultiplier.of(scale), Math.max(1, (int) (GUARD * scale)));
  }

  /**
   * Computes a step of batch {@code b} from the row of the input at {@code row}, keeps the new
   * states, and gives the output.
   */
  Tensor step(Tensor input, int row, int b) {
    int cells = operands.cells();
    int at = b * cells;
    int[] forget = gate(forgetGate, input, row, b);
    logistic(forget);
    int[] update = gate(cellGate, input, row, b);
    for (int c = 0; c < cells; c++) {
      update[c] = ShortFixedPoint.tanh(update[c], GATE_BITS);
    }
    Optional<int[]> opening = inputGate.map(gate -> gate(gate, input, row, b));
    opening.ifPresent(IntegerLstmCell::logistic);
    short[] state = operands.cellState().shorts();
    for (int c = 0; c < cells; c++) {
      int open = opening.isPresent() ? opening.get()[c] : Short.MAX_VALUE - forget[c];
      state[at + c] =
          IntegerLstm.updated(state[at + c], forget[c], open, update[c], cellExponent, cellClip);
    }
    int[] gate = gate(outputGate, input, row, b);
    logistic(gate);
    Tensor hidden = Tensor.zeros(DType.INT8, cells);
    for (int c = 0; c < cells; c++) {
      int tanh = ShortFixedPoint.tanh(state[at + c], 15 + cellExponent);
      hidden.bytes()[c] = IntegerLstm.toByte(toHidden.apply(gate[c] * tanh) + hiddenZeroPoint);
    }
    Tensor result = projection.map(product -> projected(product, hidden)).orElse(hidden);
    int outputs = operands.outputs();
    Elements.copy(result, 0, operands.outputState(), b * outputs, outputs);
    return result;
  }

  private Tensor projected(IntegerProduct product, Tensor hidden) {
    Tensor result = Tensor.zeros(DType.INT8, operands.outputs());
    for (int i = 0; i < result.size(); i++) {
      int value = product.apply(hidden, 0, i) + operands.output().zeroPoint();
      result.bytes()[i] = IntegerLstm.clipped(value, projectionClip);
    }
    return result;
  }

  private static void logistic(int[] values) {
    for (int c = 0; c < values.length; c++) {
      values[c] = ShortFixedPoint.logistic(values[c], GATE_BITS);
    }
  }

  private int[] gate(Gate gate, Tensor input, int row, int b) {
    int cells = operands.cells();
    int[] sums = new int[cells];
    for (int c = 0; c < cells; c++) {
      sums[c] = IntegerLstm.toShort(gate.input().apply(input, row * input.dim(-1), c));
      int recurrent = gate.recurrent().apply(operands.outputState(), b * operands.outputs(), c);
      sums[c] = IntegerLstm.toShort(sums[c] + recurrent);
      if (gate.fromCell().isPresent()) {
        Peephole peephole = gate.fromCell().get();
        int product = peephole.weights().shorts()[c] * operands.cellState().shorts()[b * cells + c];
        sums[c] = IntegerLstm.toShort(sums[c] + peephole.factor().apply(product));
      }
    }
    gate.norm().ifPresent(norm -> norm.apply(sums));
    return sums;
  }
}
