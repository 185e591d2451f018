package org.signet.op;

import java.util.List;
import java.util.OptionalInt;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that join tensors: along a dimension that they have (CONCATENATION) or along a new one
 * (PACK).
 */
public final class Joining {
  private static final Prepared PACK = Prepared.of(Joining::preparePack);

  private Joining() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "CONCATENATION",
                op ->
                    inferConcatenation(
                        op,
                        0,
                        op.operandCount(),
                        OptionalInt.of(op.attributes().getInt("axis", 0))),
                Joining::concatenation)
            .moving()
            .limited(Joining::requireFloatsToActivate),
        OpDefinition.builtin("PACK", Joining::inferPack, Joining::pack).moving());
  }

  private static final Prepared CONCATENATION =
      Prepared.of(call ->
          prepareConcatenation(call, 0, call.operandCount(), call.attributes().getInt("axis", 0)));

  private static void concatenation(OpCall call) {
    CONCATENATION.evaluate(call);
    FusedActivation.of(call.attributes()).clamp(call);
  }

  private static void requireFloatsToActivate(OpTypes use) {
    Shapes.require(
        FusedActivation.of(use.attributes()).isNone() || use.dtype(0).isFloating(),
        "an activation is fused to a concatenation of floats only");
  }

  /** The type of operands {@code [from, to)} joined along {@code axis}. */
  public static List<TensorType> inferConcatenation(
      OpTypes op, int from, int to, OptionalInt axis) {
    Shape merged = Shape.unknownRank();
    for (int i = from; i < to; i++) {
      merged = merged.hasRank() ? merged : op.shape(i);
    }
    if (!merged.hasRank()) {
      return List.of(Shapes.plain(op.dtype(from), merged));
    }
    if (axis.isEmpty()) {
      return List.of(Shapes.plain(op.dtype(from), Shape.ofRank(merged.rank())));
    }
    int along = Shapes.axis(axis.getAsInt(), merged.rank());
    int sum = 0;
    for (int i = from; i < to; i++) {
      Shape shape = op.shape(i);
      boolean known = shape.hasRank() && shape.isKnown(along) && sum != Shape.UNKNOWN;
      sum = known ? Math.addExact(sum, shape.dim(along)) : Shape.UNKNOWN;
      merged = merge(merged, shape, along, i - from);
    }
    return List.of(Shapes.plain(op.dtype(from), merged.withDim(along, sum)));
  }

  /**
   * What two shapes that agree but along one axis say together; {@code along} −1: that agree
   * everywhere.
   */
  private static Shape merge(Shape a, Shape b, int along, int i) {
    if (!b.hasRank()) {
      return a;
    }
    Shapes.require(
        a.rank() == b.rank(),
        "Ranks of all inputs should match: shape[0] = %s vs. shape[%s] = %s",
        Shapes.tight(a),
        i,
        Shapes.tight(b));
    for (int d = 0; d < a.rank(); d++) {
      boolean differ = a.isKnown(d) && b.isKnown(d) && a.dim(d) != b.dim(d);
      if (d != along && differ) {
        throw new IllegalArgumentException(difference(a, b, along, d, i));
      }
    }
    return a.refine(b);
  }

  private static String difference(Shape a, Shape b, int along, int d, int i) {
    return along < 0
        ? "Shapes of all inputs must match: values[0].shape = %s != values[%s].shape = %s"
            .formatted(Shapes.tight(a), i, Shapes.tight(b))
        : "ConcatOp : Dimension %s in both shapes must be equal: shape[0] = %s vs. shape[%s] = %s"
            .formatted(d, Shapes.tight(a), i, Shapes.tight(b));
  }

  /** Joins operands {@code [from, to)} along {@code axis}. */
  public static void concatenate(OpCall call, int from, int to, int axis) {
    prepareConcatenation(call, from, to, axis).run(call);
  }

  private static Prepared.Run prepareConcatenation(OpCall call, int from, int to, int axis) {
    Tensor first = call.operand(from);
    int along = Shapes.axis(axis, first.rank());
    int[] shape = first.shape();
    for (int i = from + 1; i < to; i++) {
      merge(Shape.of(shape), Shape.of(call.operand(i).shape()), along, i - from);
      shape[along] = Math.addExact(shape[along], call.operand(i).dim(along));
    }
    int outer = Shapes.product(shape, 0, along);
    int inner = Shapes.product(shape, along + 1, shape.length);
    Parts parts = new Parts(from, to - from, shape);
    int at = 0;
    for (int i = from; i < to; i++) {
      int run = call.operand(i).dim(along) * inner;
      parts.set(i - from, call.operand(i), at, outer, run, shape[along] * inner);
      at += run;
    }
    return parts;
  }

  /** Tensors that are put next to each other. */
  private static final class Parts implements Prepared.Run {
    private final int from;
    private final int[] shape;
    private final StridedCopy[] copies;
    private final int[] places;

    /**
     * @param from the first operand
     * @param shape of the result
     */
    Parts(int from, int count, int... shape) {
      this.from = from;
      this.shape = shape;
      this.copies = new StridedCopy[count];
      this.places = new int[count];
    }

    /** Puts {@code rows} rows of {@code run} elements at {@code at}, each {@code step} apart. */
    void set(int i, Tensor part, int at, int rows, int run, int step) {
      copies[i] = StridedCopy.scattering(part.dtype(), new int[] {step, 1}, rows, run);
      places[i] = at;
    }

    @Override
    public void run(OpCall call) {
      Tensor result = call.result(0, call.operand(from).dtype(), shape);
      for (int i = 0; i < copies.length; i++) {
        copies[i].run(requantized(call, from + i), 0, result, places[i]);
      }
    }
  }

  /**
   * Operand {@code i} in the result's scale and zero point; rounds halves away from zero as TFLite
   * does. Its kernel copies int16 as it is, whatever the scales.
   */
  private static Tensor requantized(OpCall call, int i) {
    Tensor part = call.operand(i);
    Quantization own = call.operandType(i).quantization();
    Quantization common = call.resultType(0).quantization();
    boolean differ = own.isQuantized() && common.isQuantized() && !own.equals(common);
    boolean narrow = part.dtype() == DType.INT8 || part.dtype() == DType.UINT8;
    if (!differ || own.isPerAxis() || common.isPerAxis() || !narrow) {
      return part;
    }
    float scale = own.scales().getFirst() * (1f / common.scales().getFirst());
    float bias = -own.zeroPoints().getFirst() * scale;
    long zeroPoint = common.zeroPoints().getFirst();
    int bits = 8 * part.dtype().bytes();
    long low = part.dtype().isUnsigned() ? 0 : -(1L << (bits - 1));
    long high = low + (1L << bits) - 1;
    Tensor result = Tensor.zeros(part.dtype(), part.shape());
    for (int k = 0; k < part.size(); k++) {
      float real = part.getLong(k) * scale + bias;
      long rounded = (long) (Math.signum(real) * Math.floor(Math.abs((double) real) + 0.5));
      result.setLong(k, Math.clamp(rounded + zeroPoint, low, high));
    }
    return result;
  }

  /** The type of all operands stacked along a new dimension, option {@code axis}. */
  public static List<TensorType> inferPack(OpTypes op) {
    Shape merged = Shape.unknownRank();
    for (int i = 0; i < op.operandCount(); i++) {
      merged = merged.hasRank() ? merge(merged, op.shape(i), -1, i) : op.shape(i);
    }
    if (merged.hasRank()) {
      int axis = Shapes.axis(op.attributes().getInt("axis", 0), merged.rank() + 1);
      merged = Shape.of(Reshaping.inserted(merged.dims(), axis, op.operandCount()));
    }
    return List.of(Shapes.plain(op.dtype(0), merged));
  }

  public static void pack(OpCall call) {
    PACK.evaluate(call);
  }

  private static Prepared.Run preparePack(OpCall call) {
    Tensor first = call.operand(0);
    int[] shape = first.shape();
    int count = call.operandCount();
    int axis = Shapes.axis(call.attributes().getInt("axis", 0), shape.length + 1);
    int outer = Shapes.product(shape, 0, axis);
    int inner = Shapes.product(shape, axis, shape.length);
    Parts parts = new Parts(0, count, Reshaping.inserted(shape, axis, count));
    for (int i = 0; i < count; i++) {
      merge(Shape.of(shape), Shape.of(call.operand(i).shape()), -1, i);
      parts.set(i, first, i * inner, outer, inner, count * inner);
    }
    return parts;
  }
}
