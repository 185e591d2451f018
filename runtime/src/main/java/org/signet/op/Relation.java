package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A relation between two elements: NaN is unequal to all and in no order with any. */
public enum Relation {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_EQUAL,
  GREATER,
  GREATER_EQUAL;

  /** Gives the order of elements: negative, 0, positive, or {@link #UNORDERED}. */
  @FunctionalInterface
  private interface Order {
    int of(int x, int y);
  }

  private static final int UNORDERED = 2;

  /** Computes bool result 0 from operands 0 and 1, element by element. */
  public void evaluate(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    Shapes.require(b.dtype() == a.dtype(), "operands of %s and %s", a.dtype(), b.dtype());
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    Tensor result = call.result(0, DType.BOOL, shape);
    if (RelationLoops.run(this, a, b, result)) {
      return;
    }
    byte[] bools = result.bytes();
    Order order = order(a, b);
    BroadcastLoop.run(
        shape,
        a.shape(),
        b.shape(),
        (i, x, y) -> bools[i] = (byte) (holds(order.of(x, y)) ? 1 : 0));
  }

  /** Whether the relation holds between elements in this order: −1, 0, 1, or unordered. */
  public boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_EQUAL -> order <= 0;
      case GREATER -> order == 1;
      case GREATER_EQUAL -> order == 0 || order == 1;
    };
  }

  private static Order order(Tensor a, Tensor b) {
    DType dtype = a.dtype();
    if (dtype == DType.STRING) {
      return (x, y) -> Integer.signum(Arrays.compareUnsigned(a.strings()[x], b.strings()[y]));
    }
    if (dtype.isComplex()) {
      return (x, y) -> order(Complex.get(a, x), Complex.get(b, y));
    }
    if (dtype.isFloating()) {
      return (x, y) -> order(a.getDouble(x), b.getDouble(y));
    }
    return dtype == DType.UINT64
        ? (x, y) -> Long.compareUnsigned(a.getLong(x), b.getLong(y))
        : (x, y) -> Long.compare(a.getLong(x), b.getLong(y));
  }

  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : UNORDERED;
  }

  private static int order(Complex a, Complex b) {
    return a.re() == b.re() && a.im() == b.im() ? 0 : UNORDERED;
  }
}
