package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TRANSPOSE: dimension {@code i} of the result is dimension {@code perm[i]} of the operand. */
public final class Transposing {
  private static final Prepared TRANSPOSE =
      Prepared.of(call -> prepare(call, KnownOperands.ints(call.operand(1))), 1);

  private Transposing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("TRANSPOSE", Transposing::infer, Transposing::byInts).moving());
  }

  private static void byInts(OpCall call) {
    DType axes = call.operand(1).dtype();
    if (axes != DType.INT32) {
      throw new IllegalArgumentException(
          "a permutation of " + axes + "; TFLite's kernel reads int32");
    }
    transpose(call);
  }

  public static List<TensorType> infer(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), permuted(op.shape(0), KnownOperands.elements(op, 1))));
  }

  /** {@code shape} with its dimensions in the order of {@code permutation}, if that is known. */
  public static Shape permuted(Shape shape, Optional<long[]> permutation) {
    if (permutation.isEmpty()) {
      return shape.hasRank() ? Shape.ofRank(shape.rank()) : shape;
    }
    int rank = permutation.get().length;
    Shapes.require(!shape.hasRank() || shape.rank() == rank, "%s is not of rank %s", shape, rank);
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      long from = permutation.get()[i];
      boolean known = shape.hasRank() && KnownOperands.isKnown(from);
      dims[i] = known ? shape.dim(Shapes.axis((int) from, rank)) : Shape.UNKNOWN;
    }
    return Shape.of(dims);
  }

  public static void transpose(OpCall call) {
    TRANSPOSE.evaluate(call);
  }

  /** Sets result 0 to operand 0 with its dimensions in the order of {@code axes}. */
  public static void transpose(OpCall call, int... axes) {
    prepare(call, axes).run(call);
  }

  private static Prepared.Run prepare(OpCall call, int... axes) {
    Tensor operand = call.operand(0);
    int[] permutation = permutation(axes, operand.rank());
    int[] dims = new int[permutation.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = operand.dim(permutation[i]);
    }
    int[] own = Shapes.strides(operand.shape());
    int[] strides = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      strides[i] = own[permutation[i]];
    }
    return StridedCopy.filling(operand, 0, strides, dims, dims);
  }

  private static int[] permutation(int[] axes, int rank) {
    Shapes.require(axes.length == rank, "a permutation of %s for rank %s", axes.length, rank);
    boolean[] seen = new boolean[rank];
    int[] permutation = new int[rank];
    for (int i = 0; i < rank; i++) {
      Shapes.require(
          axes[i] >= -rank && axes[i] < rank, "%s is out of range [0 .. %s)", axes[i], rank);
      permutation[i] = Shapes.axis(axes[i], rank);
      seen[permutation[i]] = true;
    }
    for (int d = 0; d < rank; d++) {
      if (!seen[d]) {
        throw new IllegalArgumentException(
            Arrays.stream(axes)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(",", d + " is missing from {", "}.")));
      }
    }
    return permutation;
  }
}
