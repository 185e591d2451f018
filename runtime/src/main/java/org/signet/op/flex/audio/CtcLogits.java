package org.signet.op.flex.audio;

import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;

/**
 * The logits of a batch of sequences, [time, batch, classes], and the length of each sequence. A
 * step's logits begin at {@code (time · batch + row) · classes}.
 */
record CtcLogits(Tensor values, Tensor lengths) {
  /**
   * @throws IllegalArgumentException if the shapes do not match or a sequence is longer than there
   *     are steps
   */
  static CtcLogits of(Tensor inputs, Tensor sequenceLength) {
    Tensor values = Rules.requireRank(inputs, 3, "inputs");
    Tensor lengths = Rules.requireRank(sequenceLength, 1, "sequence_length");
    Shapes.require(
        lengths.size() == values.dim(1),
        "%s lengths of %s sequences",
        lengths.size(),
        values.dim(1));
    for (int row = 0; row < lengths.size(); row++) {
      Shapes.require(
          lengths.getLong(row) >= 0 && lengths.getLong(row) <= values.dim(0),
          "a sequence of %s steps where there are %s",
          lengths.getLong(row),
          values.dim(0));
    }
    return new CtcLogits(values, lengths);
  }

  int rows() {
    return values.dim(1);
  }

  int classes() {
    return values.dim(2);
  }

  int steps(int row) {
    return (int) lengths.getLong(row);
  }

  /** Where the logits of a step begin. */
  int offset(int time, int row) {
    return (time * rows() + row) * classes();
  }

  double[] at(int time, int row) {
    double[] logits = new double[classes()];
    for (int k = 0; k < logits.length; k++) {
      logits[k] = values.getDouble(offset(time, row) + k);
    }
    return logits;
  }
}
