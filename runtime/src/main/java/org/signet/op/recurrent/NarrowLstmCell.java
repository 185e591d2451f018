package org.signet.op.recurrent;

import java.util.Optional;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.op.quant.Rounding;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * One step of a long short-term memory in integers whose products are rounded to 8 bits before they
 * are added: without an input gate, with normalized gates and a projection, functions in floats.
 *
 * <p>The tensors between are, for each gate, the sum and the products of the input and of the last
 * output. TFLite's kernel multiplies the output gate's share of the last output by a number from
 * behind its table of factors, which leaves nothing of it; so it is left out here.
 */
final class NarrowLstmCell {
  /** How many tensors the operator names between its operands and results. */
  static final int INTERMEDIATES = 12;

  private static final int PER_GATE = 3;
  private static final int FORGET = 1;
  private static final int CELL = 2;
  private static final int OUTPUT = 3;

  /** The exponent of the cells' scale. */
  private static final int CELL_EXPONENT = -15;

  private static final float GATE_SCALE = 0x1p-12f;
  private static final float CELL_SCALE = 0x1p-15f;

  private final IntegerLstm operands;
  private final Gate forgetGate;
  private final Gate cellGate;
  private final Gate outputGate;
  private final Tensor projection;
  private final Tensor projectionBias;
  private final QuantizedMultiplier projectionFactor;
  private final int cellClip;
  private final int projectionClip;

  /** A product in 8 bits, and the factor that brings it to the scale of the gate's sum. */
  private record Share(IntegerProduct product, int zeroPoint, QuantizedMultiplier toSum) {
    int apply(Tensor values, int from, int row) {
      return toSum.apply(
          IntegerLstm.toByte(product.apply(values, from, row) + zeroPoint) - zeroPoint);
    }
  }

  private record Gate(Share input, Optional<Share> recurrent, FloatGateNorm norm) {}

  static void requireCellScale(float scale) {
    Shapes.require(scale == CELL_SCALE, "cells in a scale of %s; 2^-15 is supported", scale);
  }

  NarrowLstmCell(IntegerLstm operands) {
    this.operands = operands;
    Shapes.require(
        !operands.hasWeight(0) && operands.hasWeight(15) && operands.hasWeight(16),
        "an LSTM with products of 8 bits has no input gate, and a projection with a bias");
    requireCellScale(operands.cellScale());
    forgetGate = gate(FORGET, true);
    cellGate = gate(CELL, true);
    outputGate = gate(OUTPUT, false);
    int outputs = operands.outputs();
    projection = operands.matrix(15, outputs, operands.cells());
    projectionBias = operands.bias(16, outputs).orElseThrow();
    projectionFactor = operands.factor(15, CELL_SCALE, operands.output().scale());
    int clip = operands.clip("cell_clip", CELL_SCALE, Short.MAX_VALUE);
    cellClip = clip == Short.MAX_VALUE ? 0 : clip;
    projectionClip = operands.clip("proj_clip", operands.output().scale(), Byte.MAX_VALUE);
  }

  private Gate gate(int i, boolean recurrent) {
    Shapes.require(
        operands.hasNorm(i) && operands.gateBias(i).isPresent(),
        "an LSTM with products of 8 bits normalizes its gates");
    int sum = PER_GATE * i;
    return new Gate(
        share(operands.fromInput(i, operands.scale(sum + 1), Optional.empty()), sum + 1, sum),
        recurrent
            ? Optional.of(share(operands.fromOutput(i, operands.scale(sum + 2)), sum + 2, sum))
            : Optional.empty(),
        new FloatGateNorm(
            operands.norm(i), operands.gateBias(i).orElseThrow(), operands.normScale(i)));
  }

  private Share share(IntegerProduct product, int intermediate, int sum) {
    float factor = operands.scale(intermediate) / operands.scale(sum);
    return new Share(product, operands.zeroPoint(intermediate), QuantizedMultiplier.of(factor));
  }

  /**
   * Computes a step of batch {@code b} from the row of the input at {@code row}, keeps the new
   * states, and gives the output.
   */
  Tensor step(Tensor input, int row, int b) {
    int[] forget = gate(forgetGate, input, row, b);
    int[] update = gate(cellGate, input, row, b);
    int[] gate = gate(outputGate, input, row, b);
    short[] state = operands.cellState().shorts();
    int[] hidden = new int[operands.cells()];
    for (int c = 0; c < hidden.length; c++) {
      int at = b * hidden.length + c;
      int kept = logistic(forget[c]);
      int open = Short.MAX_VALUE - kept;
      int tanh = tanh(update[c], GATE_SCALE);
      state[at] = IntegerLstm.updated(state[at], kept, open, tanh, CELL_EXPONENT, cellClip);
      hidden[c] = Rounding.shiftRight(logistic(gate[c]) * tanh(state[at], CELL_SCALE), 15);
    }
    Tensor result = projected(hidden);
    Elements.copy(result, 0, operands.outputState(), b * result.size(), result.size());
    return result;
  }

  private int[] gate(Gate gate, Tensor input, int row, int b) {
    int[] sums = new int[operands.cells()];
    for (int c = 0; c < sums.length; c++) {
      int sum = gate.input().apply(input, row * input.dim(-1), c);
      if (gate.recurrent().isPresent()) {
        sum += gate.recurrent().get().apply(operands.outputState(), b * operands.outputs(), c);
      }
      sums[c] = IntegerLstm.toShort(sum);
    }
    gate.norm().apply(sums);
    return sums;
  }

  private Tensor projected(int[] hidden) {
    Tensor result = Tensor.zeros(DType.INT8, operands.outputs());
    for (int i = 0; i < result.size(); i++) {
      long sum = projectionBias.ints()[i];
      for (int c = 0; c < hidden.length; c++) {
        sum += hidden[c] * projection.bytes()[i * hidden.length + c];
      }
      int value = projectionFactor.applyToLong(sum) + operands.output().zeroPoint();
      result.bytes()[i] = IntegerLstm.clipped(value, projectionClip);
    }
    return result;
  }

  private static int logistic(int gate) {
    float real = 1 / (1 + (float) Math.exp(-(gate * GATE_SCALE)));
    return toFraction(real);
  }

  private static int tanh(int value, float scale) {
    return toFraction((float) Math.tanh(value * scale));
  }

  /** In 32768ths, towards zero. */
  private static int toFraction(float real) {
    return IntegerLstm.toShort((int) (real * 0x1p15f));
  }
}
