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

  /** The order of two elements is negative, 0, positive, or this. */
  private static final int UNORDERED = 2;

  /** Computes bool result 0 from operands 0 and 1, element by element. */
  public void evaluate(OpCall call) {
    boolean isSwapped = this == GREATER || this == GREATER_EQUAL;
    if (isSwapped) {
      (this == GREATER ? LESS : LESS_EQUAL).evaluate(call, call.operand(1), call.operand(0));
    } else {
      evaluate(call, call.operand(0), call.operand(1));
    }
  }

  private void evaluate(OpCall call, Tensor a, Tensor b) {
    if (b.dtype() != a.dtype()) {
      throw new IllegalArgumentException("operands of " + a.dtype() + " and " + b.dtype());
    }
    BroadcastPlaces places = BroadcastPlaces.of(call, a, b);
    Tensor result = places.result(call, DType.BOOL);
    if (RelationLoops.run(this, a, b, result, places.arrays())) {
      return;
    }
    byte[] bools = result.bytes();
    BroadcastRuns runs = places.arrays().runs();
    for (runs.begin(); runs.hasRun(); runs.next()) {
      int x = runs.a();
      int y = runs.b();
      int end = runs.at() + runs.count();
      for (int i = runs.at(); i < end; i++, x += runs.stepA(), y += runs.stepB()) {
        bools[i] = (byte) (holds(order(a, x, b, y)) ? 1 : 0);
      }
    }
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

  private static int order(Tensor a, int x, Tensor b, int y) {
    DType dtype = a.dtype();
    if (dtype == DType.STRING) {
      return Integer.signum(Arrays.compareUnsigned(a.strings()[x], b.strings()[y]));
    }
    if (dtype.isComplex()) {
      return order(Complex.get(a, x), Complex.get(b, y));
    }
    if (dtype.isFloating()) {
      return order(a.getDouble(x), b.getDouble(y));
    }
    return dtype == DType.UINT64
        ? Long.compareUnsigned(a.getLong(x), b.getLong(y))
        : Long.compare(a.getLong(x), b.getLong(y));
  }

  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : UNORDERED;
  }

  private static int order(Complex a, Complex b) {
    return a.re() == b.re() && a.im() == b.im() ? 0 : UNORDERED;
  }
}
