package org.signet.lower;

import org.signet.ir.Value;
import org.signet.op.Attributes;

/**
 * A tensor whose dimensions have labels, as an einsum's operand.
 *
 * @param labels one for each dimension
 */
record LabelledValue(Value value, String labels) {
  /** With each label once: of dimensions that have the same, the diagonal. */
  LabelledValue diagonal(Emitter emit) {
    for (int second = 1; second < labels.length(); second++) {
      int first = labels.indexOf(labels.charAt(second));
      if (first < second) {
        return diagonal(first, second, emit).diagonal(emit);
      }
    }
    return this;
  }

  private LabelledValue diagonal(int first, int second, Emitter emit) {
    String others =
        labels.substring(0, first)
            + labels.substring(first + 1, second)
            + labels.substring(second + 1);
    int[] order = new int[labels.length()];
    for (int i = 0; i < order.length - 2; i++) {
      order[i] = i + (i >= first ? 1 : 0) + (i + 1 >= second ? 1 : 0);
    }
    order[order.length - 2] = first;
    order[order.length - 1] = second;
    Value taken = DiagonalLowering.mainDiagonal(emit.transpose(value, order), emit);
    return new LabelledValue(taken, others + labels.charAt(first));
  }

  /** The sum over these labels. */
  LabelledValue summed(String over, Emitter emit) {
    if (over.isEmpty()) {
      return this;
    }
    int[] axes = over.chars().map(labels::indexOf).toArray();
    String left = labels;
    for (int i = 0; i < over.length(); i++) {
      left = left.replace(over.substring(i, i + 1), "");
    }
    Value sum = emit.builtin("SUM", Attributes.of("keep_dims", false), value, emit.ints(axes));
    return new LabelledValue(sum, left);
  }

  /** The dimensions in the order of these labels. */
  LabelledValue ordered(String wanted, Emitter emit) {
    if (labels.equals(wanted)) {
      return this;
    }
    int[] order = wanted.chars().map(labels::indexOf).toArray();
    return new LabelledValue(emit.transpose(value, order), wanted);
  }
}
