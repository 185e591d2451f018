package org.signet.op.flex.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * A ragged tensor as an element of a variant tensor.
 *
 * @param splits where the rows begin, outermost first; none for a dense tensor
 * @param values the elements, in rows of the innermost splits
 */
record RaggedVariant(List<Tensor> splits, Tensor values) {
  RaggedVariant {
    splits = List.copyOf(splits);
  }

  /** The ragged tensor at {@code at} of a variant tensor. */
  static RaggedVariant of(Tensor variants, int at) {
    if (variants.objects()[at] instanceof RaggedVariant ragged) {
      return ragged;
    }
    throw new IllegalArgumentException("a variant that holds no ragged tensor");
  }

  int rows() {
    return splits.isEmpty() ? values.dim(0) : splits.getFirst().size() - 1;
  }

  /** Row {@code i}, a copy. */
  RaggedVariant row(int i) {
    if (splits.isEmpty()) {
      int[] shape = values.shape();
      return new RaggedVariant(
          List.of(), part(values, i, i + 1).reshaped(Arrays.copyOfRange(shape, 1, shape.length)));
    }
    long from = splits.getFirst().getLong(i);
    long to = splits.getFirst().getLong(i + 1);
    List<Tensor> inner = new ArrayList<>();
    for (Tensor level : splits.subList(1, splits.size())) {
      Tensor own = part(level, (int) from, (int) to + 1);
      long first = level.getLong((int) from);
      for (int k = 0; k < own.size(); k++) {
        own.setLong(k, own.getLong(k) - first);
      }
      inner.add(own);
      to = level.getLong((int) to);
      from = first;
    }
    return new RaggedVariant(inner, part(values, (int) from, (int) to));
  }

  /** Copies rows {@code [from, to)} of a dense tensor. */
  private static Tensor part(Tensor tensor, int from, int to) {
    int[] shape = tensor.shape();
    int row = Shapes.product(shape, 1, shape.length);
    shape[0] = to - from;
    Tensor part = Tensor.zeros(tensor.dtype(), shape);
    Elements.copy(tensor, from * row, part, 0, (to - from) * row);
    return part;
  }
}
