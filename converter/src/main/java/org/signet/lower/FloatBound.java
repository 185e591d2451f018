package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** How large floats can be that were made of integers, as sizes are that a model computes with. */
final class FloatBound {
  /** Steps that are looked back. */
  private static final int DEPTH = 8;

  private static final Set<DType> NARROW =
      Set.of(DType.BOOL, DType.INT8, DType.UINT8, DType.INT16, DType.UINT16);

  private final Emitter emit;

  FloatBound(Emitter emit) {
    this.emit = emit;
  }

  /** The greatest magnitude of {@code value}; infinite if nothing is known, or if it may be NaN. */
  double of(Value value) {
    return of(value, DEPTH);
  }

  private double of(Value value, int depth) {
    if (value instanceof Value.Constant && value.type().shape().rank() == 0) {
      return emit.valueOf(value).map(FloatBound::magnitude).orElse(Double.POSITIVE_INFINITY);
    }
    if (!(value instanceof Value.Result result) || depth == 0) {
      return Double.POSITIVE_INFINITY;
    }
    var node = result.producer();
    if (node.is("CAST")) {
      return ofInteger(node.operand(0).type().dtype());
    }
    if (node.isAnyOf("CEIL", "FLOOR", "ROUND")) {
      return of(node.operand(0), depth - 1) + 1;
    }
    if (node.isAnyOf("ADD", "SUB")) {
      return of(node.operand(0), depth - 1) + of(node.operand(1), depth - 1);
    }
    if (node.is("MUL")) {
      return of(node.operand(0), depth - 1) * of(node.operand(1), depth - 1);
    }
    if (node.is("DIV") && node.operand(1) instanceof Value.Constant by) {
      double divisor = of(by, depth - 1);
      return Double.isInfinite(divisor) ? divisor : of(node.operand(0), depth - 1) / divisor;
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double ofInteger(DType dtype) {
    return NARROW.contains(dtype)
        ? 0x1p16
        : dtype == DType.INT32 ? 0x1p31 : Double.POSITIVE_INFINITY;
  }

  private static double magnitude(Tensor scalar) {
    double value = Math.abs(scalar.getDouble(0));
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
