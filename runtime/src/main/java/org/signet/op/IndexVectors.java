package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;

/**
 * Index vectors, the last dimension of an index tensor, each of which names a slice of a tensor by
 * its first dimensions.
 *
 * @param dims the shape indexed into
 * @param depth the length of a vector
 * @param count how many vectors there are
 * @param sliceSize how many elements a slice has
 * @param ignoreBad whether a vector outside the shape is to be passed over, as TensorFlow's {@code
 *     bad_indices_policy} may say
 * @param refusal what is said of a vector that is refused, before the shape
 */
@SuppressWarnings("ArrayRecordComponent")
record IndexVectors(
    int[] dims, int depth, int count, int sliceSize, boolean ignoreBad, String refusal) {
  /** The position of a vector outside the shape, if such are to be passed over. */
  static final int IGNORED = -1;

  /**
   * The vectors of operand {@code i}, as indices into a tensor of shape {@code dims}.
   *
   * @throws IllegalArgumentException if the vectors are longer than the shape
   */
  static IndexVectors of(OpCall call, int i, int... dims) {
    Tensor indices = call.operand(i);
    Shapes.require(indices.rank() >= 1, "the indices are a scalar");
    int depth = indices.dim(-1);
    Shapes.require(depth <= dims.length, "index vectors of %s into %s", depth, Shapes.text(dims));
    String policy = call.attributes().getString("bad_indices_policy", "");
    return new IndexVectors(
        dims,
        depth,
        Shapes.product(indices.shape(), 0, indices.rank() - 1),
        Shapes.product(dims, depth, dims.length),
        policy.equals("IGNORE"),
        "does not index into shape");
  }

  /** The same with other words before the shape when a vector is refused. */
  IndexVectors refusing(String words) {
    return new IndexVectors(dims, depth, count, sliceSize, ignoreBad, words);
  }

  private IllegalArgumentException refused(Tensor indices, int i) {
    int[] vector = new int[depth];
    for (int d = 0; d < depth; d++) {
      vector[d] = (int) indices.getLong(i * depth + d);
    }
    int[] outer = Arrays.copyOf(indices.shape(), Math.max(0, indices.rank() - 1));
    return new IllegalArgumentException(
        "indices"
            + (outer.length == 0 ? Shapes.tight(i) : Shapes.place(i, outer))
            + " = "
            + Shapes.tight(vector)
            + " "
            + refusal
            + " "
            + Shapes.tight(dims));
  }

  /**
   * The position of the first element of slice {@code i}, or {@link #IGNORED}.
   *
   * @throws IllegalArgumentException if the vector is outside the shape and such are not to be
   *     passed over
   */
  int position(Tensor indices, int i) {
    int position = 0;
    for (int d = 0; d < depth; d++) {
      long index = indices.getLong(i * depth + d);
      if (ignoreBad && (index < 0 || index >= dims[d])) {
        return IGNORED;
      }
      if (index < 0 || index >= dims[d]) {
        throw refused(indices, i);
      }
      position = position * dims[d] + (int) index;
    }
    return position * sliceSize;
  }
}
