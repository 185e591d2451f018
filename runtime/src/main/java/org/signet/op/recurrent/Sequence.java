package org.signet.op.recurrent;

import java.util.Arrays;
import org.signet.op.Elements;
import org.signet.op.NumberArrays;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * The order in which rows of [batch, time, width] or [time, batch, width] are visited.
 *
 * @param timeMajor whether time comes first
 */
record Sequence(int batch, int steps, boolean timeMajor) {
  /** One step of a cell: reads a row, changes the state of its batch, and gives the new one. */
  @FunctionalInterface
  interface Cell {
    Tensor step(int row, int batch);
  }

  /** The sequence of an input of rank 3, or of one step if the rank is 2. */
  static Sequence of(Tensor input, boolean timeMajor) {
    Shapes.require(
        input.rank() == 2 || input.rank() == 3, "an input of shape %s", Shapes.text(input.shape()));
    if (input.rank() == 2) {
      return new Sequence(input.dim(0), 1, timeMajor);
    }
    return new Sequence(input.dim(timeMajor ? 1 : 0), input.dim(timeMajor ? 0 : 1), timeMajor);
  }

  int row(int step, int b) {
    return timeMajor ? step * batch + b : b * steps + step;
  }

  /**
   * Runs a cell over all rows.
   *
   * @param backward whether the last step comes first
   * @param result gets the states, each at the place of its row
   * @param offset where they begin within a row of the result
   */
  void run(Cell cell, boolean backward, Tensor result, int offset) {
    int width = result.dim(-1);
    for (int s = 0; s < steps; s++) {
      for (int b = 0; b < batch; b++) {
        int row = row(backward ? steps - 1 - s : s, b);
        Tensor state = cell.step(row, b);
        Elements.copy(state, 0, result, row * width + offset, state.size());
      }
    }
  }

  /** Row {@code i} of a float tensor. */
  static float[] row(Tensor tensor, int i) {
    int width = tensor.dim(-1);
    return Arrays.copyOfRange(NumberArrays.floats(tensor), i * width, (i + 1) * width);
  }

  /** A result of the input's shape with another width. */
  static Tensor result(OpCall call, int i, Tensor input, int width) {
    int[] shape = input.shape();
    shape[shape.length - 1] = width;
    return call.result(i, input.dtype(), shape);
  }
}
