package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.op.Patches.Segment;
import org.signet.tensor.Tensor;
import org.signet.type.Quantization;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * PAD with zeros, PADV2 with a given value, MIRROR_PAD with the elements next to the border.
 * Operand 1 holds how many elements come before and after each dimension.
 */
public final class Padding {
  private static final Prepared PAD = Prepared.of(Padding::preparePad, 1);
  private static final Prepared MIRROR = Prepared.of(Padding::prepareMirror, 1);

  private Padding() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("PAD", Padding::infer, Padding::pad).moving(),
        OpDefinition.builtin("PADV2", Padding::infer, Padding::pad).moving(),
        OpDefinition.builtin("MIRROR_PAD", Padding::infer, Padding::mirror).moving());
  }

  public static List<TensorType> infer(OpTypes op) {
    Optional<long[]> paddings = KnownOperands.elements(op, 1);
    Shape shape = op.shape(0);
    if (paddings.isEmpty() || !shape.hasRank()) {
      int rank = shape.hasRank() ? shape.rank() : paddings.map(p -> p.length / 2).orElse(-1);
      return List.of(Shapes.plain(op.dtype(0), rank < 0 ? shape : Shape.ofRank(rank)));
    }
    Shapes.require(paddings.get().length == 2 * shape.rank(), "two paddings a dimension");
    int[] dims = shape.dims();
    for (int d = 0; d < dims.length; d++) {
      dims[d] = padded(dims[d], paddings.get()[2 * d], paddings.get()[2 * d + 1]);
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static int padded(int size, long before, long after) {
    boolean known = KnownOperands.isKnown(before) && KnownOperands.isKnown(after);
    if (!known) {
      return Shape.UNKNOWN;
    }
    requireNoneNegative(before, after);
    if (size == Shape.UNKNOWN) {
      return Shape.UNKNOWN;
    }
    long sum = size + before + after;
    Shapes.require(sum <= Integer.MAX_VALUE, "a size of %s is too large", sum);
    return (int) sum;
  }

  /** Pads with operand 2 if there is one, else with zero: the zero point of a quantized tensor. */
  public static void pad(OpCall call) {
    PAD.evaluate(call);
  }

  private static Prepared.Run preparePad(OpCall call) {
    int[] paddings = paddings(call);
    int[] shape = padded(call.operand(0), paddings);
    Tensor zero = zero(call);
    int[] strides = Shapes.strides(shape);
    StridedCopy copy = StridedCopy.scattering(zero.dtype(), strides, call.operand(0).shape());
    int to = first(paddings, strides);
    return own -> {
      Tensor value = own.operand(0);
      Tensor result = own.result(0, value.dtype(), shape);
      Elements.fill(result, 0, result.size(), own.has(2) ? own.operand(2) : zero, 0);
      copy.run(value, 0, result, to);
    };
  }

  /** The position of the first element that is not padding. */
  private static int first(int[] paddings, int... strides) {
    int first = 0;
    for (int d = 0; d < strides.length; d++) {
      first += paddings[2 * d] * strides[d];
    }
    return first;
  }

  private static int[] paddings(OpCall call) {
    int[] paddings = KnownOperands.ints(call.operand(1));
    Shapes.require(paddings.length == 2 * call.operand(0).rank(), "two paddings a dimension");
    for (int i = 0; i < paddings.length; i += 2) {
      requireNoneNegative(paddings[i], paddings[i + 1]);
    }
    return paddings;
  }

  private static void requireNoneNegative(long before, long after) {
    Shapes.require(
        before >= 0 && after >= 0, "Paddings must be non-negative: %s %s", before, after);
  }

  private static int[] padded(Tensor value, int[] paddings) {
    int[] shape = value.shape();
    for (int d = 0; d < shape.length; d++) {
      shape[d] = padded(shape[d], paddings[2 * d], paddings[2 * d + 1]);
    }
    return shape;
  }

  /** The element that stands for zero in operand 0. */
  static Tensor zero(OpCall call) {
    Tensor zero = Tensor.zeros(call.operand(0).dtype(), 1);
    Quantization quantization = call.operandType(0).quantization();
    if (quantization.isQuantized() && zero.dtype().isInteger()) {
      zero.setLong(0, quantization.zeroPoints().getFirst());
    }
    return zero;
  }

  /**
   * Fills {@code target} with {@code value} and what {@code paddings} leave around it with {@code
   * filler}.
   */
  static void pad(Tensor value, int[] paddings, Tensor filler, Tensor target) {
    Elements.fill(target, 0, target.size(), filler, 0);
    int[] strides = Shapes.strides(target.shape());
    StridedCopy.scatter(value, value.shape(), target, first(paddings, strides), strides);
  }

  /**
   * Option {@code mode}: REFLECT leaves the outermost element out of the mirror image, SYMMETRIC
   * does not.
   */
  public static void mirror(OpCall call) {
    MIRROR.evaluate(call);
  }

  private static Prepared.Run prepareMirror(OpCall call) {
    Tensor value = call.operand(0);
    int[] paddings = paddings(call);
    int[] shape = padded(value, paddings);
    int skip = call.attributes().getString("mode", "REFLECT").equals("REFLECT") ? 1 : 0;
    List<List<Segment>> segments = new ArrayList<>();
    for (int d = 0; d < shape.length; d++) {
      int size = value.dim(d);
      int before = paddings[2 * d];
      int after = paddings[2 * d + 1];
      Shapes.require(
          Math.max(before, after) <= Math.max(0, size - skip),
          "paddings must be %s the dimension size: %s, %s not %s %s",
          skip == 1 ? "less than" : "no greater than",
          before,
          after,
          skip == 1 ? "less than" : "<=",
          size);
      segments.add(
          List.of(
              new Segment(0, before, before - 1 + skip, -1),
              new Segment(before, size, 0, 1),
              new Segment(before + size, after, size - 1 - skip, -1)));
    }
    Patches patches = new Patches(value.dtype(), value.shape(), shape);
    patches.add(segments);
    return patches;
  }
}
