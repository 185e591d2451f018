package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Which dimensions a reduction sums up, and the shapes that follow.
 *
 * @param reduced for each dimension of the operand whether it is reduced
 * @param input the operand's shape
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReductionAxes(boolean[] reduced, int[] input) {

  /**
   * The axes that operand 1 lists: a scalar or vector, each −rank … rank−1.
   *
   * @param repeats whether an axis may be listed twice
   */
  public static ReductionAxes of(OpCall call, boolean repeats) {
    int[] input = call.operand(0).shape();
    return new ReductionAxes(marks(call.operand(1), input.length, repeats), input);
  }

  private static boolean[] marks(Tensor axes, int rank, boolean repeats) {
    boolean[] marks = new boolean[rank];
    for (int given : axes.toInts()) {
      int axis = Shapes.axis(given, rank);
      Shapes.require(repeats || !marks[axis], "axis %s is reduced twice", axis);
      marks[axis] = true;
    }
    return marks;
  }

  /** The operand's shape with 1 for every reduced dimension. */
  public int[] kept() {
    int[] kept = input.clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = reduced[i] ? 1 : kept[i];
    }
    return kept;
  }

  /** The shape of the result. */
  public int[] result(boolean keepDims) {
    return (keepDims ? Shape.of(kept()) : without(Shape.of(input), reduced)).dims();
  }

  /** The shape of the result for an operand of this shape, of known rank. */
  public static Shape result(Shape input, Tensor axes, boolean keepDims) {
    return result(input, marks(axes, input.rank(), true), keepDims);
  }

  private static Shape result(Shape input, boolean[] reduced, boolean keepDims) {
    return keepDims ? ones(input, reduced) : without(input, reduced);
  }

  /** How many elements make up one of the result. */
  public int count() {
    int count = 1;
    for (int i = 0; i < input.length; i++) {
      count *= reduced[i] ? input[i] : 1;
    }
    return count;
  }

  private static Shape without(Shape shape, boolean[] reduced) {
    int[] left = new int[shape.rank()];
    int rank = 0;
    for (int i = 0; i < reduced.length; i++) {
      if (!reduced[i]) {
        left[rank++] = shape.dim(i);
      }
    }
    return Shape.of(Arrays.copyOf(left, rank));
  }

  /** The shape rule of reductions, whose operand 1 lists the axes; attribute {@code keep_dims}. */
  public static List<TensorType> infer(OpTypes op, boolean repeats) {
    boolean keepDims = op.attributes().getBoolean("keep_dims", false);
    return List.of(Shapes.plain(op.dtype(0), infer(op, keepDims, repeats)));
  }

  private static Shape infer(OpTypes op, boolean keepDims, boolean repeats) {
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return shape;
    }
    Optional<Tensor> axes = op.constant(1);
    if (axes.isPresent()) {
      return result(shape, marks(axes.get(), shape.rank(), repeats), keepDims);
    }
    Shape list = op.shape(1);
    long count = list.isStatic() ? list.elements() : -1;
    if (count == 0) {
      return shape;
    }
    if (keepDims) {
      return Shape.ofRank(shape.rank());
    }
    boolean countIsSure = count == 1 || (count > 1 && !repeats);
    return countIsSure && count <= shape.rank()
        ? Shape.ofRank(shape.rank() - (int) count)
        : Shape.unknownRank();
  }

  private static Shape ones(Shape shape, boolean[] reduced) {
    Shape result = shape;
    for (int i = 0; i < reduced.length; i++) {
      result = reduced[i] ? result.withDim(i, 1) : result;
    }
    return result;
  }
}
