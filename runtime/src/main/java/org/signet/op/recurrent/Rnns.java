package org.signet.op.recurrent;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** RNN, UNIDIRECTIONAL_SEQUENCE_RNN and BIDIRECTIONAL_SEQUENCE_RNN. */
public final class Rnns {
  /** Operands of a cell: weights, recurrent weights, bias and state. */
  private static final int FORWARD = 1;

  private static final int BACKWARD = 5;
  private static final int SECOND_INPUT = 9;

  private Rnns() {}

  public static List<OpDefinition> definitions() {
    return List.of(
        Lstms.define("RNN", op -> List.of(infer(op, 0)), call -> sequence(call, true)),
        Lstms.define(
            "UNIDIRECTIONAL_SEQUENCE_RNN",
            op -> List.of(infer(op, 0)),
            call -> sequence(call, call.attributes().getBoolean("time_major", false))),
        Lstms.define("BIDIRECTIONAL_SEQUENCE_RNN", Rnns::inferBidirectional, Rnns::bidirectional));
  }

  private static int units(OpTypes op, int weights) {
    return op.shape(weights).hasRank() ? op.shape(weights).dim(0) : Shape.UNKNOWN;
  }

  private static TensorType infer(OpTypes op, int extra) {
    int own = units(op, FORWARD);
    int width = own == Shape.UNKNOWN || extra == Shape.UNKNOWN ? Shape.UNKNOWN : own + extra;
    Shape input = op.shape(0);
    return Shapes.plain(op.dtype(0), input.hasRank() ? input.withDim(-1, width) : input);
  }

  private static List<TensorType> inferBidirectional(OpTypes op) {
    int backward = units(op, BACKWARD);
    if (op.attributes().getBoolean("merge_outputs", false)) {
      return List.of(infer(op, backward));
    }
    TensorType forward = infer(op, 0);
    Shape shape = forward.shape();
    return List.of(
        forward, forward.withShape(shape.hasRank() ? shape.withDim(-1, backward) : shape));
  }

  /** {@code activation(W · input + W₂ · second input + R · state + bias)}. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Cell(
      WeightMatrix weights,
      WeightMatrix recurrent,
      float[] bias,
      Tensor state,
      Optional<WeightMatrix> second,
      DoubleUnaryOperator activation,
      boolean asymmetric) {

    /**
     * @param second the operand with weights of a second input; −1 if the op has none
     */
    static Cell of(OpCall call, int first, int second) {
      WeightMatrix weights = WeightMatrix.operand(call, first);
      return new Cell(
          weights,
          WeightMatrix.operand(call, first + 1),
          WeightMatrix.vector(call, first + 2, weights.rows()).orElseThrow(),
          call.variable(first + 3),
          second < 0 ? Optional.empty() : WeightMatrix.optional(call, second),
          CellActivation.of(call.attributes()),
          call.attributes().getBoolean("asymmetric_quantize_inputs", false));
    }

    Sequence.Cell over(Tensor input, Optional<Tensor> auxiliary) {
      return (row, b) -> {
        double[] sums = new double[weights.rows()];
        weights.addProduct(weights.seen(Sequence.row(input, row), asymmetric), sums);
        if (second.isPresent() && auxiliary.isPresent()) {
          float[] values = Sequence.row(auxiliary.get(), row);
          second.get().addProduct(second.get().seen(values, asymmetric), sums);
        }
        recurrent.addProduct(recurrent.seen(Sequence.row(state, b), asymmetric), sums);
        float[] output = new float[sums.length];
        for (int i = 0; i < output.length; i++) {
          output[i] = (float) activation.applyAsDouble(sums[i] + bias[i]);
        }
        System.arraycopy(output, 0, state.floats(), b * output.length, output.length);
        return Tensor.wrap(DType.FLOAT32, output, output.length);
      };
    }
  }

  private static void sequence(OpCall call, boolean timeMajor) {
    Tensor input = call.operand(0);
    Cell cell = Cell.of(call, FORWARD, -1);
    Tensor result = Sequence.result(call, 0, input, cell.weights().rows());
    Sequence.of(input, timeMajor).run(cell.over(input, Optional.empty()), false, result, 0);
  }

  /** A second input counts only with weights of its own. */
  private static void bidirectional(OpCall call) {
    Tensor input = call.operand(0);
    Optional<Tensor> second =
        call.has(SECOND_INPUT) ? Optional.of(call.operand(SECOND_INPUT)) : Optional.empty();
    Cell forward = Cell.of(call, FORWARD, SECOND_INPUT + 1);
    Cell backward = Cell.of(call, BACKWARD, SECOND_INPUT + 2);
    int forwardUnits = forward.weights().rows();
    int backwardUnits = backward.weights().rows();
    boolean merged = call.attributes().getBoolean("merge_outputs", false);
    Tensor result = Sequence.result(call, 0, input, forwardUnits + (merged ? backwardUnits : 0));
    Sequence sequence = Sequence.of(input, call.attributes().getBoolean("time_major", false));
    sequence.run(forward.over(input, second), false, result, 0);
    Tensor other = merged ? result : Sequence.result(call, 1, input, backwardUnits);
    sequence.run(backward.over(input, second), true, other, merged ? forwardUnits : 0);
  }
}
