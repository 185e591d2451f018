package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * ARG_MAX and ARG_MIN: the index of the largest or least element along an axis, the first of equal
 * ones. NaN is passed over, as TensorFlow does; a line of nothing else gives 0.
 */
public final class ArgReduction {
  private ArgReduction() {}

  static List<OpDefinition> definitions() {
    return List.of(arg("ARG_MAX", true), arg("ARG_MIN", false));
  }

  private static OpDefinition arg(String name, boolean max) {
    return OpDefinition.builtin(
            name,
            op -> infer(op, indexType(Casts.typeOption(op.attributes(), "output_type"))),
            Prepared.of(call -> prepare(call, indexType(call.resultType(0).dtype()), max), 1))
        .accurate(Accuracy.EXACT);
  }

  /** int64 for files from before the option was there. */
  private static DType indexType(DType option) {
    return option == DType.INT32 ? option : DType.INT64;
  }

  /** The shape of operand 0 without the axis that operand 1 gives. */
  public static List<TensorType> infer(OpTypes op, DType indexType) {
    return List.of(Shapes.plain(indexType, without(op.shape(0), op.constant(1))));
  }

  private static Shape without(Shape shape, Optional<Tensor> axis) {
    if (!shape.hasRank()) {
      return shape;
    }
    Shapes.require(shape.rank() > 0, "a scalar has no axis");
    int[] left = new int[shape.rank() - 1];
    int skipped = axis.isPresent() ? axis(axis.get(), shape.rank()) : shape.rank();
    for (int i = 0; i < left.length; i++) {
      left[i] = axis.isEmpty() ? Shape.UNKNOWN : shape.dim(i < skipped ? i : i + 1);
    }
    return Shape.of(left);
  }

  private static int axis(Tensor axis, int rank) {
    Shapes.require(axis.size() == 1, "%s axes", axis.size());
    return Shapes.axis((int) axis.getLong(0), rank);
  }

  /** Sets result 0 to the indices along the axis in operand 1. */
  public static void evaluate(OpCall call, DType indexType, boolean max) {
    prepare(call, indexType, max).run(call);
  }

  private static Prepared.Run prepare(OpCall call, DType indexType, boolean max) {
    Tensor x = call.operand(0);
    int axis = axis(call.operand(1), x.rank());
    AxisLines lines = AxisLines.of(x.shape(), axis);
    Shapes.require(
        lines.length() > 0,
        "Reduction axis %s is empty in shape %s",
        axis,
        Shapes.tight(x.shape()));
    int[] shape = without(Shape.of(x.shape()), Optional.of(call.operand(1))).dims();
    return own -> {
      Tensor result = own.result(0, indexType, shape);
      for (int line = 0; line < lines.count(); line++) {
        result.setLong(line, best(own.operand(0), lines.start(line), lines, max));
      }
    };
  }

  private static int best(Tensor x, int start, AxisLines lines, boolean max) {
    if (x.dtype() == DType.FLOAT32) {
      return bestFloat(x.floats(), start, lines, max);
    }
    return x.dtype().isFloating()
        ? bestReal(x, start, lines, max)
        : bestInteger(x, start, lines, max);
  }

  /** Starts, as TensorFlow does, from the least finite number at index 0, which NaN never beats. */
  private static int bestReal(Tensor x, int start, AxisLines lines, boolean max) {
    int best = 0;
    double bestValue = max ? -Double.MAX_VALUE : Double.MAX_VALUE;
    for (int k = 0; k < lines.length(); k++) {
      double value = x.getDouble(start + k * lines.inner());
      if (max ? value > bestValue : value < bestValue) {
        best = k;
        bestValue = value;
      }
    }
    return best;
  }

  private static int bestFloat(float[] x, int start, AxisLines lines, boolean max) {
    int inner = lines.inner();
    int best = 0;
    float bestValue = max ? -Float.MAX_VALUE : Float.MAX_VALUE;
    for (int k = 0, at = start; k < lines.length(); k++, at += inner) {
      if (max ? x[at] > bestValue : x[at] < bestValue) {
        best = k;
        bestValue = x[at];
      }
    }
    return best;
  }

  private static int bestInteger(Tensor x, int start, AxisLines lines, boolean max) {
    boolean unsigned = x.dtype() == DType.UINT64;
    int best = 0;
    long bestValue = x.getLong(start);
    for (int k = 1; k < lines.length(); k++) {
      long value = x.getLong(start + k * lines.inner());
      int order =
          unsigned ? Long.compareUnsigned(value, bestValue) : Long.compare(value, bestValue);
      if (max ? order > 0 : order < 0) {
        best = k;
        bestValue = value;
      }
    }
    return best;
  }
}
