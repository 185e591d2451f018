package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.BroadcastRuns;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * SELECT and SELECT_V2 where each element has a condition of its own, or rows share theirs, as
 * queries of an attention do; what is chosen from has the shape of the result or is one number.
 *
 * @param settings of the provider
 * @param broadcasts whether conditions are broadcast; those of SELECT, if fewer, choose whole rows
 */
record Select(Settings settings, boolean broadcasts) implements Attempt {
  /** Elements that one call of an engine is worth. */
  private static final int LEAST_RUN = 16;

  @Override
  public boolean isOfShapes() {
    return true;
  }

  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor held = call.operand(0);
    if (held.dtype() != DType.BOOL) {
      return Optional.empty();
    }
    int[] shape = held.shape();
    if (broadcasts) {
      shape = Shapes.broadcast(shape, call.operand(1).shape());
      shape = Shapes.broadcast(shape, call.operand(2).shape());
    }
    boolean fits =
        !settings.isSmall(Shapes.product(shape, 0, shape.length))
            && covers(call.operand(1), shape)
            && covers(call.operand(2), shape);
    if (!fits) {
      return Optional.empty();
    }
    BroadcastRuns runs = new BroadcastRuns(shape, held.shape(), shape);
    return runs.stepA() == 1 && runs.count() >= LEAST_RUN
        ? Optional.of(new Runs(call, shape, runs))
        : Optional.empty();
  }

  /** Whether an operand is of this shape, or one number that is broadcast to it. */
  static boolean covers(Tensor operand, int[] shape) {
    return Arrays.equals(operand.shape(), shape)
        || (operand.size() == 1 && operand.rank() <= shape.length);
  }

  /** Runs of elements with conditions that lie one after the other, some at a time. */
  private final class Runs implements Routine {
    private final int[] shape;
    private final int yesStep;
    private final int noStep;

    /** Elements in a run, and pieces that each is cut into. */
    private final int run;

    private final int pieces;

    /** Where the conditions of each run begin. */
    private final int[] begins;

    private final Division division;
    private byte[] held = {};
    private float[] yes = {};
    private float[] no = {};
    private float[] out = {};

    private Runs(OpCall call, int[] shape, BroadcastRuns runs) {
      this.shape = shape;
      yesStep = Arrays.equals(call.operand(1).shape(), shape) ? 1 : 0;
      noStep = Arrays.equals(call.operand(2).shape(), shape) ? 1 : 0;
      run = runs.count();
      pieces = Math.ceilDiv(run, TailedAttempt.PIECE);
      begins = new int[runs.size() / run];
      int i = 0;
      for (runs.begin(); runs.hasRun(); runs.next()) {
        begins[i++] = runs.a();
      }
      division =
          Division.of(
              call.workers(),
              (long) runs.size() * Parts.ELEMENT,
              begins.length * pieces,
              (_, first, end) -> run(first, end));
    }

    @Override
    public void run(OpCall call) {
      held = call.operand(0).bytes();
      yes = call.operand(1).floats();
      no = call.operand(2).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
    }

    private void run(int first, int end) {
      for (int i = first; i < end; i++) {
        int row = i / pieces;
        int skipped = (i - row * pieces) * TailedAttempt.PIECE;
        int count = Math.min(TailedAttempt.PIECE, run - skipped);
        int from = begins[row] + skipped;
        int at = row * run + skipped;
        settings.engine().select(held, from, yes, yesStep, no, noStep, out, at, count);
      }
    }
  }
}
