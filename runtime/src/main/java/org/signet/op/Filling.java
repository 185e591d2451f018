package org.signet.op;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that make a tensor from a few numbers: FILL, RANGE, ONE_HOT. */
public final class Filling {
  private static final Prepared FILL = Prepared.of(Filling::prepareFill, 0);
  private static final Prepared ONE_HOT = Prepared.of(Filling::prepareOneHot, 1);

  private Filling() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("FILL", Filling::inferFill, Filling::fill).moving(),
        OpDefinition.builtin("RANGE", Filling::inferRange, Filling::range),
        OpDefinition.builtin("ONE_HOT", Filling::inferOneHot, Filling::oneHot)
            .accurate(Accuracy.EXACT));
  }

  /** Operands: the shape, the value. */
  public static List<TensorType> inferFill(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(1), KnownOperands.shape(op, 0)));
  }

  public static void fill(OpCall call) {
    FILL.evaluate(call);
  }

  private static Prepared.Run prepareFill(OpCall call) {
    Tensor first = call.operand(1);
    Shapes.require(first.size() == 1, "one value expected, not %s", first.type());
    int[] shape = KnownOperands.sizes(call.operand(0));
    return own -> {
      Tensor value = own.operand(1);
      Tensor result = own.result(0, value.dtype(), shape);
      Elements.fill(result, 0, result.size(), value, 0);
    };
  }

  /** Operands: the first number, the end, which is left out, and the difference. */
  public static List<TensorType> inferRange(OpTypes op) {
    DType dtype = op.dtype(0);
    int size = Shape.UNKNOWN;
    if (dtype.isFloating() || dtype == DType.UINT64) {
      if (op.constant(0).isPresent() && op.constant(1).isPresent() && op.constant(2).isPresent()) {
        size =
            count(
                op.constant(0).orElseThrow(),
                op.constant(1).orElseThrow(),
                op.constant(2).orElseThrow());
      }
    } else {
      Optional<Tensor> start = known(op, 0);
      Optional<Tensor> limit = known(op, 1);
      Optional<Tensor> delta = known(op, 2);
      if (start.isPresent() && limit.isPresent() && delta.isPresent()) {
        size = count(start.get(), limit.get(), delta.get());
      }
    }
    return List.of(Shapes.plain(dtype, Shape.of(size)));
  }

  private static Optional<Tensor> known(OpTypes op, int i) {
    return op.partial(i)
        .or(() -> op.constant(i))
        .filter(value -> value.size() == 1 && KnownOperands.isKnown(value.getLong(0)));
  }

  private static int count(Tensor start, Tensor limit, Tensor delta) {
    Shapes.require(
        start.size() == 1 && limit.size() == 1 && delta.size() == 1,
        "a range of more than numbers");
    if (start.dtype().isFloating()) {
      Tensor own = Tensor.zeros(start.dtype(), 1);
      double step = delta.getDouble(0);
      double span = rounded(own, limit.getDouble(0) - start.getDouble(0));
      checkDirection(Math.signum(step), Math.signum(span), start, limit);
      double count = Math.ceil(Math.abs(rounded(own, span / step)));
      Shapes.require(count <= Integer.MAX_VALUE, "a range of %s numbers", count);
      return (int) count;
    }
    long step = delta.getLong(0);
    long span = Math.subtractExact(limit.getLong(0), start.getLong(0));
    checkDirection(Long.signum(step), Long.signum(span), start, limit);
    long count = Math.ceilDiv(Math.abs(span), Math.abs(step));
    Shapes.require(count <= Integer.MAX_VALUE, "a range of %s numbers", count);
    return (int) count;
  }

  /** {@code value} as {@code own}'s element type holds it. */
  private static double rounded(Tensor own, double value) {
    own.setDouble(0, value);
    return own.getDouble(0);
  }

  private static Object number(Tensor scalar) {
    return scalar.dtype().isFloating() ? scalar.getDouble(0) : scalar.getLong(0);
  }

  private static void checkDirection(double step, double span, Tensor start, Tensor limit) {
    Shapes.require(step != 0, "Requires delta != 0: 0");
    Shapes.require(
        !(step * span < 0),
        "Requires start %s limit when delta %s 0: %s/%s",
        step > 0 ? "<=" : ">=",
        step > 0 ? ">" : "<",
        number(start),
        number(limit));
  }

  /**
   * Each float is the start plus a multiple of the difference, both rounded to the type, as in
   * TensorFlow.
   */
  public static void range(OpCall call) {
    Tensor start = call.operand(0);
    Tensor delta = call.operand(2);
    int count = count(start, call.operand(1), delta);
    Tensor result = call.result(0, start.dtype(), count);
    if (!start.dtype().isFloating()) {
      long first = start.getLong(0);
      long step = delta.getLong(0);
      for (int i = 0; i < count; i++) {
        result.setLong(i, first + i * step);
      }
      return;
    }
    if (start.dtype() == DType.FLOAT32) {
      float first = start.floats()[0];
      float step = delta.floats()[0];
      float[] floats = result.floats();
      for (int i = 0; i < count; i++) {
        floats[i] = first + i * step;
      }
      return;
    }
    Tensor own = Tensor.zeros(start.dtype(), 1);
    for (int i = 0; i < count; i++) {
      double distance = rounded(own, rounded(own, i) * delta.getDouble(0));
      result.setDouble(i, start.getDouble(0) + distance);
    }
  }

  /**
   * Operands: indices, depth, the value at an index, the value elsewhere; option {@code axis} is
   * the new dimension.
   */
  public static List<TensorType> inferOneHot(OpTypes op) {
    Shape shape = op.shape(0);
    OptionalInt depth = KnownOperands.scalar(op, 1);
    depth.ifPresent(n -> Shapes.require(n >= 0, "depth must be non-negative, got: %s", n));
    if (shape.hasRank()) {
      int axis = oneHotAxis(op.attributes(), shape.rank());
      shape = Shape.of(Reshaping.inserted(shape.dims(), axis, depth.orElse(Shape.UNKNOWN)));
    }
    return List.of(Shapes.plain(op.dtype(2), shape));
  }

  private static int oneHotAxis(Attributes attributes, int rank) {
    return Shapes.axis(attributes.getInt("axis", 0), rank + 1);
  }

  public static void oneHot(OpCall call) {
    ONE_HOT.evaluate(call);
  }

  private static Prepared.Run prepareOneHot(OpCall call) {
    Tensor indices = call.operand(0);
    int depth = KnownOperands.scalar(call.operand(1));
    Shapes.require(depth >= 0, "depth must be non-negative, got: %s", depth);
    int[] shape = indices.shape();
    int axis = oneHotAxis(call.attributes(), shape.length);
    int inner = Shapes.product(shape, axis, shape.length);
    int[] deep = Reshaping.inserted(shape, axis, depth);
    return own -> oneHot(own, depth, inner, deep);
  }

  private static void oneHot(OpCall call, int depth, int inner, int... shape) {
    Tensor indices = call.operand(0);
    Tensor on = call.operand(2);
    Tensor result = call.result(0, on.dtype(), shape);
    Elements.fill(result, 0, result.size(), call.operand(3), 0);
    for (int i = 0; i < indices.size(); i++) {
      long index = indices.getLong(i);
      if (index >= 0 && index < depth) {
        int at = (i / inner * depth + (int) index) * inner + i % inner;
        Elements.copy(on, 0, result, at, 1);
      }
    }
  }
}
