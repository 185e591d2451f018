package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** FULLY_CONNECTED: rows of the input times weights [units, depth]. */
final class FullyConnected implements TailedAttempt {
  private final FusedActivation activation;
  private final boolean keepDims;
  private final Optional<Tensor> constant;
  private final Multiplier.Maker multipliers;
  private final int panel;

  FullyConnected(Step step, Settings settings) {
    constant = step.constants().get(1);
    activation = FusedActivation.of(step.attributes());
    keepDims = step.attributes().getBoolean("keep_num_dims", false);
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
    panel = settings.engine().panel();
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Tensor weights = call.operand(1);
    Optional<Tensor> bias = Operands.optional(call, 2);
    if (weights.rank() != 2 || input.rank() == 0 || input.size() == 0 || weights.size() == 0) {
      return false;
    }
    int units = weights.dim(0);
    int depth = weights.dim(1);
    boolean fits = keepDims ? input.dim(-1) == depth : input.size() % depth == 0;
    if (!fits || !Operands.isBias(bias, units)) {
      return false;
    }
    int rows = input.size() / depth;
    int[] shape = shape(input, rows, units);
    Tail rest = tail.afterFinish();
    Optional<Tail.Piece> piece = rest.on(call, shape);
    if (piece.isEmpty()) {
      return false;
    }
    Tensor result = call.result(0, DType.FLOAT32, shape);
    Right right = Right.columns(weights, units, depth);
    Left left = Left.matrix(input.floats(), 0, depth);
    Finish finish = tail.finish(activation);
    if (multipliers.isPreparing()) {
      new ColumnPieces(multipliers, panel, right, bias, finish)
          .multiply(call.workers(), left, rows, rest, piece.get(), result.floats());
    } else {
      multipliers
          .make(call, right, bias, finish, rows)
          .followedBy(rest, piece.get())
          .multiply(call.workers(), left, rows, result.floats(), 0);
    }
    return true;
  }

  @Override
  public Optional<Runnable> preparation() {
    return constant
        .filter(weights -> weights.rank() == 2)
        .flatMap(weights ->
            multipliers.preparation(Right.columns(weights, weights.dim(0), weights.dim(1))));
  }

  private int[] shape(Tensor input, int rows, int units) {
    if (!keepDims) {
      return new int[] {rows, units};
    }
    int[] shape = input.shape();
    shape[shape.length - 1] = units;
    return shape;
  }
}
