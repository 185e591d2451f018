package org.signet.op;

import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Where the elements of two operands of a step lie in its result, which they are broadcast to:
 * found out once for operands of the same shapes.
 *
 * @param a the shape of the first
 * @param b the shape of the second
 * @param shape of the result
 * @param arrays to walk them
 */
@SuppressWarnings("ArrayRecordComponent")
record BroadcastPlaces(int[] a, int[] b, int[] shape, BroadcastArrays arrays) {
  /**
   * @throws IllegalArgumentException if the operands do not broadcast
   */
  static BroadcastPlaces of(OpCall call, Tensor a, Tensor b) {
    Optional<Object> kept = call.kept(BroadcastPlaces.class);
    if (kept.isPresent()
        && kept.get() instanceof BroadcastPlaces last
        && a.hasShape(last.a())
        && b.hasShape(last.b())) {
      return last;
    }
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    BroadcastArrays arrays = new BroadcastArrays(shape, a.shape(), b.shape());
    BroadcastPlaces made = new BroadcastPlaces(a.shape(), b.shape(), shape, arrays);
    call.keep(BroadcastPlaces.class, made);
    return made;
  }

  /** Allocates result 0. */
  Tensor result(OpCall call, DType dtype) {
    return call.result(0, dtype, shape);
  }
}
