package org.signet.op.recurrent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.NumberArrays;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.RealMath;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.recurrent.LstmCell.Layout;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * LSTM, UNIDIRECTIONAL_SEQUENCE_LSTM and BIDIRECTIONAL_SEQUENCE_LSTM on float inputs, the first two
 * on int8 ones, too, and the first, in its basic form, on uint8 ones.
 */
public final class Lstms {
  private static final Layout SINGLE = new Layout(1, 18, 20, -1);
  private static final Layout FORWARD = new Layout(1, 35, -1, 40);
  private static final Layout BACKWARD = new Layout(18, 37, -1, 44);
  private static final int SECOND_INPUT = 39;

  private Lstms() {}

  public static List<OpDefinition> definitions() {
    return List.of(
        define("LSTM", Lstms::inferLstm, Lstms::lstm)
            .limited(Lstms::requireFloats)
            .limited(new IntegerLstmLimits(SINGLE)),
        define(
                "UNIDIRECTIONAL_SEQUENCE_LSTM",
                op -> List.of(inferSequence(op, SINGLE, 0)),
                call -> sequence(call, call.attributes().getBoolean("time_major", false)))
            .limited(Lstms::requireFloats)
            .limited(new IntegerLstmLimits(SINGLE)),
        define("BIDIRECTIONAL_SEQUENCE_LSTM", Lstms::inferBidirectional, Lstms::bidirectional)
            .limited(Lstms::requireFloats));
  }

  static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.builtin(name, rule, reference)
        .accurate(Accuracy.ACCUMULATED)
        .withEffects(Effects.WRITES_STATE)
        .heedingQuantization();
  }

  static boolean isBasic(Attributes options) {
    return options.getString("kernel_type", "FULL").equals("BASIC");
  }

  private static int outputs(OpTypes op, Layout layout) {
    boolean projected = op.has(layout.weights() + 15);
    Shape matrix = projected ? op.shape(layout.weights() + 15) : op.shape(layout.weights() + 3);
    return matrix.hasRank() ? matrix.dim(0) : Shape.UNKNOWN;
  }

  private static TensorType inferSequence(OpTypes op, Layout layout, int extra) {
    int own = outputs(op, layout);
    int width = own == Shape.UNKNOWN || extra == Shape.UNKNOWN ? Shape.UNKNOWN : own + extra;
    Shape input = op.shape(0);
    return Shapes.plain(op.dtype(0), input.hasRank() ? input.withDim(-1, width) : input);
  }

  private static List<TensorType> inferBidirectional(OpTypes op) {
    if (op.attributes().getBoolean("merge_outputs", false)) {
      return List.of(inferSequence(op, FORWARD, outputs(op, BACKWARD)));
    }
    return List.of(inferSequence(op, FORWARD, 0), inferSequence(op, BACKWARD, 0));
  }

  private static List<TensorType> inferLstm(OpTypes op) {
    if (!isBasic(op.attributes())) {
      return List.of(inferSequence(op, SINGLE, 0));
    }
    Shape input = Shapes.ranked(op.shape(0), 2, "the input");
    Shape last = Shapes.ranked(op.shape(1), 2, "the last output");
    Shape weights = Shapes.ranked(op.shape(2), 2, "the weights");
    Shape state = last.withDim(0, input.dim(0));
    DType cells = op.dtype(0) == DType.UINT8 ? DType.INT16 : op.dtype(0);
    return List.of(
        Shapes.plain(op.dtype(0), state),
        Shapes.plain(cells, state),
        Shapes.plain(op.dtype(0), Shape.of(input.dim(0), weights.dim(1))),
        Shapes.plain(cells, Shape.of(input.dim(0), weights.dim(0))));
  }

  private static void lstm(OpCall call) {
    if (isBasic(call.attributes())) {
      basic(call);
    } else {
      sequence(call, true);
    }
  }

  private static void requireFloats(OpTypes use) {
    requireFloats(use.dtype(0));
  }

  private static void requireFloats(DType input) {
    Shapes.require(
        input == DType.FLOAT32,
        "no kernel for an LSTM on %s; keep its inputs float and quantize the weights alone",
        input);
  }

  private static void sequence(OpCall call, boolean timeMajor) {
    Tensor input = call.operand(0);
    if (input.dtype() == DType.INT8) {
      IntegerLstm lstm = new IntegerLstm(call, SINGLE);
      Tensor result = Sequence.result(call, 0, input, lstm.outputs());
      Sequence.of(input, timeMajor).run(lstm.cell(input), false, result, 0);
      return;
    }
    requireFloats(call.operandType(0).dtype());
    LstmCell cell = new LstmCell(call, SINGLE);
    Tensor result = Sequence.result(call, 0, input, cell.outputs());
    Sequence.of(input, timeMajor)
        .run(
            (row, b) -> cell.step(Sequence.row(input, row), Optional.empty(), b), false, result, 0);
  }

  /**
   * Both directions. A second input has weights of its own in both, or takes the place of the input
   * in the backward one.
   */
  private static void bidirectional(OpCall call) {
    requireFloats(call.operandType(0).dtype());
    Tensor input = call.operand(0);
    Optional<Tensor> second =
        call.has(SECOND_INPUT) ? Optional.of(call.operand(SECOND_INPUT)) : Optional.empty();
    boolean hasWeights = call.has(FORWARD.auxiliary() + 1);
    Tensor backwardInput = hasWeights ? input : second.orElse(input);
    Optional<Tensor> auxiliary = hasWeights ? second : Optional.empty();
    LstmCell forward = new LstmCell(call, FORWARD);
    LstmCell backward = new LstmCell(call, BACKWARD);
    boolean merged = call.attributes().getBoolean("merge_outputs", false);
    int width = forward.outputs() + (merged ? backward.outputs() : 0);
    Tensor result = Sequence.result(call, 0, input, width);
    Sequence sequence = Sequence.of(input, call.attributes().getBoolean("time_major", true));
    sequence.run(step(forward, input, auxiliary), false, result, 0);
    Tensor other = merged ? result : Sequence.result(call, 1, input, backward.outputs());
    sequence.run(
        step(backward, backwardInput, auxiliary), true, other, merged ? forward.outputs() : 0);
  }

  private static Sequence.Cell step(LstmCell cell, Tensor input, Optional<Tensor> auxiliary) {
    return (row, b) ->
        cell.step(Sequence.row(input, row), auxiliary.map(tensor -> Sequence.row(tensor, row)), b);
  }

  /**
   * The kernel with one matrix for all gates, in the order input, update, forget, output, and
   * states as operands and results.
   */
  private static void basic(OpCall call) {
    if (call.operand(0).dtype() == DType.UINT8) {
      ByteLstm.evaluate(call);
      return;
    }
    requireFloats(call.operandType(0).dtype());
    Tensor input = call.operand(0);
    Tensor last = call.operand(1);
    WeightMatrix weights = WeightMatrix.operand(call, 2);
    float[] bias = NumberArrays.floats(call.operand(3));
    float[] cell = NumberArrays.floats(call.operand(4));
    int batch = input.dim(0);
    int cells = last.dim(1);
    Shapes.require(
        weights.rows() == 4 * cells && weights.columns() == input.dim(1) + cells,
        "weights of [%s, %s] for %s cells",
        weights.rows(),
        weights.columns(),
        cells);
    float[] output = call.result(0, DType.FLOAT32, batch, cells).floats();
    float[] state = call.result(1, DType.FLOAT32, batch, cells).floats();
    float[] joined = call.result(2, DType.FLOAT32, batch, weights.columns()).floats();
    float[] gates = call.result(3, DType.FLOAT32, batch, weights.rows()).floats();
    for (int b = 0; b < batch; b++) {
      float[] row = Arrays.copyOf(Sequence.row(input, b), weights.columns());
      System.arraycopy(Sequence.row(last, b), 0, row, input.dim(1), cells);
      System.arraycopy(row, 0, joined, b * row.length, row.length);
      double[] sums = new double[weights.rows()];
      weights.addProduct(row, sums);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += bias[i];
        gates[b * sums.length + i] = (float) sums[i];
      }
      for (int c = 0; c < cells; c++) {
        int at = b * cells + c;
        double update = RealMath.logistic(sums[c]) * Math.tanh(sums[cells + c]);
        double kept = RealMath.logistic(sums[2 * cells + c]) * cell[at];
        state[at] = (float) (update + kept);
        output[at] = (float) (RealMath.logistic(sums[3 * cells + c]) * Math.tanh(state[at]));
      }
    }
  }
}
