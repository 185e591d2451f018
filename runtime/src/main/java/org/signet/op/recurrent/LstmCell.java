package org.signet.op.recurrent;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.RealMath;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * One step of a long short-term memory: with or without an input gate of its own, weights from the
 * cell to the gates, normalized gates, a projection, a second input.
 */
final class LstmCell {
  private static final double VARIANCE_FLOOR = 1e-8;

  private final Optional<Gate> inputGate;
  private final Gate forgetGate;
  private final Gate cellGate;
  private final Gate outputGate;
  private final Optional<WeightMatrix> projection;
  private final Optional<float[]> projectionBias;
  private final DoubleUnaryOperator activation;
  private final float cellClip;
  private final float projectionClip;
  private final boolean asymmetric;
  private final Tensor outputState;
  private final Tensor cellState;

  /**
   * Where a cell's operands are.
   *
   * @param weights the first of four input weights; four recurrent ones, three from the cell, four
   *     biases and the projection follow
   * @param outputState the output of the last step, a variable; the cell's state follows
   * @param norms the first of four vectors that normalized gates are scaled by; −1 if the op has
   *     none
   * @param auxiliary the first of four weights of the second input; −1 if the op has none
   */
  record Layout(int weights, int outputState, int norms, int auxiliary) {}

  /** A gate. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Gate(
      WeightMatrix input,
      Optional<WeightMatrix> auxiliary,
      WeightMatrix recurrent,
      Optional<float[]> fromCell,
      Optional<float[]> norm,
      float[] bias) {}

  LstmCell(OpCall call, Layout layout) {
    Attributes options = call.attributes();
    int first = layout.weights();
    cellGate = gate(call, layout, 2, -1);
    int cells = cellGate.input().rows();
    inputGate = call.has(first) ? Optional.of(gate(call, layout, 0, 0)) : Optional.empty();
    forgetGate = gate(call, layout, 1, 1);
    outputGate = gate(call, layout, 3, 2);
    projection = WeightMatrix.optional(call, first + 15);
    projectionBias =
        projection.flatMap(matrix -> WeightMatrix.vector(call, first + 16, matrix.rows()));
    activation = CellActivation.of(options);
    cellClip = options.getFloat("cell_clip", 0);
    projectionClip = options.getFloat("proj_clip", 0);
    asymmetric = options.getBoolean("asymmetric_quantize_inputs", false);
    outputState = call.variable(layout.outputState());
    cellState = call.variable(layout.outputState() + 1);
    Shapes.require(
        cellState.dim(-1) == cells && outputState.dim(-1) == outputs(),
        "states of %s and %s elements for %s cells",
        outputState.dim(-1),
        cellState.dim(-1),
        cells);
  }

  private static Gate gate(OpCall call, Layout layout, int i, int fromCell) {
    int first = layout.weights();
    WeightMatrix input = WeightMatrix.operand(call, first + i);
    int cells = input.rows();
    return new Gate(
        input,
        layout.auxiliary() < 0
            ? Optional.empty()
            : WeightMatrix.optional(call, layout.auxiliary() + i),
        WeightMatrix.operand(call, first + 4 + i),
        fromCell < 0 ? Optional.empty() : WeightMatrix.vector(call, first + 8 + fromCell, cells),
        layout.norms() < 0
            ? Optional.empty()
            : WeightMatrix.vector(call, layout.norms() + i, cells),
        WeightMatrix.vector(call, first + 11 + i, cells).orElseThrow());
  }

  /** The width of the output. */
  int outputs() {
    return projection.map(WeightMatrix::rows).orElse(cellGate.input().rows());
  }

  /** Computes a step of batch {@code b}, keeps the new states, and gives the output. */
  Tensor step(float[] input, Optional<float[]> auxiliary, int b) {
    float[] last = Sequence.row(outputState, b);
    float[] cell = Sequence.row(cellState, b);
    double[] forget = gate(forgetGate, input, auxiliary, last, cell, RealMath::logistic);
    double[] update = gate(cellGate, input, auxiliary, last, cell, activation);
    Optional<double[]> opening =
        inputGate.map(gate -> gate(gate, input, auxiliary, last, cell, RealMath::logistic));
    for (int c = 0; c < cell.length; c++) {
      double open = opening.isPresent() ? opening.get()[c] : 1 - forget[c];
      cell[c] = clipped(forget[c] * cell[c] + open * update[c], cellClip);
    }
    double[] gate = gate(outputGate, input, auxiliary, last, cell, RealMath::logistic);
    float[] hidden = new float[cell.length];
    for (int c = 0; c < cell.length; c++) {
      hidden[c] = (float) (gate[c] * activation.applyAsDouble(cell[c]));
    }
    float[] output = projection.map(matrix -> projected(matrix, hidden)).orElse(hidden);
    System.arraycopy(cell, 0, cellState.floats(), b * cell.length, cell.length);
    System.arraycopy(output, 0, outputState.floats(), b * output.length, output.length);
    return Tensor.wrap(DType.FLOAT32, output, output.length);
  }

  private double[] gate(
      Gate gate,
      float[] input,
      Optional<float[]> auxiliary,
      float[] last,
      float[] cell,
      DoubleUnaryOperator function) {
    double[] sums = new double[cell.length];
    gate.input().addProduct(gate.input().seen(input, asymmetric), sums);
    gate.auxiliary()
        .ifPresent(weights ->
            auxiliary.ifPresent(
                values -> weights.addProduct(weights.seen(values, asymmetric), sums)));
    WeightMatrix recurrent = gate.recurrent();
    recurrent.addProduct(recurrent.isDiagonal() ? last : recurrent.seen(last, asymmetric), sums);
    gate.fromCell().ifPresent(weights -> addProducts(weights, cell, sums));
    gate.norm().ifPresent(scales -> normalize(sums, scales));
    for (int c = 0; c < sums.length; c++) {
      sums[c] = function.applyAsDouble(sums[c] + gate.bias()[c]);
    }
    return sums;
  }

  private static void addProducts(float[] weights, float[] cell, double[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += (double) weights[c] * cell[c];
    }
  }

  private static void normalize(double[] values, float[] scales) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    double factor = 1 / Math.sqrt(variance + VARIANCE_FLOOR);
    for (int c = 0; c < values.length; c++) {
      values[c] = (values[c] - mean) * factor * scales[c];
    }
  }

  private float[] projected(WeightMatrix matrix, float[] hidden) {
    double[] sums = new double[matrix.rows()];
    matrix.addProduct(matrix.seen(hidden, asymmetric), sums);
    float[] output = new float[sums.length];
    for (int i = 0; i < output.length; i++) {
      double bias = projectionBias.isPresent() ? projectionBias.get()[i] : 0;
      output[i] = clipped(sums[i] + bias, projectionClip);
    }
    return output;
  }

  private static float clipped(double value, float limit) {
    return (float) (limit > 0 ? Math.clamp(value, -limit, limit) : value);
  }
}
