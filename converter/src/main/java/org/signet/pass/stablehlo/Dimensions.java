package org.signet.pass.stablehlo;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.type.Shape;

/** Arithmetic on the numbers of dimensions. */
final class Dimensions {
  private Dimensions() {}

  /**
   * The tensor with dimensions of size 1.
   *
   * @param before for each new dimension, ascending, which of the tensor's own it stands before
   */
  static Value inserted(TfEmitter emit, Value value, int[] before) {
    if (before.length == 0) {
      return value;
    }
    Shape shape = value.type().shape();
    int unknown = (int) IntStream.range(0, shape.rank()).filter(i -> !shape.isKnown(i)).count();
    if (unknown <= 1) {
      int[] sizes = new int[shape.rank() + before.length];
      int next = 0;
      int at = 0;
      for (int i = 0; i <= shape.rank(); i++) {
        while (next < before.length && before[next] == i) {
          sizes[at++] = 1;
          next++;
        }
        if (i < shape.rank()) {
          sizes[at++] = shape.isKnown(i) ? shape.dim(i) : -1;
        }
      }
      return emit.reshape(value, sizes);
    }
    Value expanded = value;
    for (int i = 0; i < before.length; i++) {
      expanded = emit.expand(expanded, before[i] + i);
    }
    return expanded;
  }

  static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(other -> other == value);
  }

  /** The numbers below {@code rank} that are none of {@code without}. */
  static int[] others(int rank, int... without) {
    return IntStream.range(0, rank).filter(i -> !contains(without, i)).toArray();
  }

  static int[] concat(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }

  static int[] filled(int length, int value) {
    int[] values = new int[length];
    Arrays.fill(values, value);
    return values;
  }

  /** Sizes as a shape that a reshape takes: −1 for the one that is unknown. */
  static int[] sizes(Shape shape) {
    return IntStream.range(0, shape.rank())
        .map(i -> shape.isKnown(i) ? shape.dim(i) : -1)
        .toArray();
  }

  static boolean isIncreasing(int[] values) {
    return IntStream.range(1, values.length).allMatch(i -> values[i - 1] < values[i]);
  }
}
