package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * Slices of tensors of one shape. Begins may be others in each run, as in a loop; as long as the
 * slices have the same shape, nothing but the place of the first element is found out anew.
 */
final class StridedSlice implements Prepared.Run {
  private final int[] own;
  private final SliceSpec spec;
  private final long[] begin;
  private final long[] end;
  private final long[] strides;

  /** Of the last slice. */
  private int[] lastLengths = {};

  private int[] lastStrides = {};
  private int[] shape = {};
  private StridedCopy copy;

  StridedSlice(OpCall call) {
    Tensor value = call.operand(0);
    own = Shapes.strides(value.shape());
    int entries = call.operand(1).size();
    Shapes.require(
        call.operand(2).size() == entries && call.operand(3).size() == entries,
        "begin, end and strides differ in length");
    spec = new SliceSpec(Shape.of(value.shape()), entries, call.attributes());
    begin = new long[entries];
    end = new long[entries];
    strides = new long[entries];
    copy = new StridedCopy(value.dtype(), own, own, value.shape());
  }

  @Override
  public void run(OpCall call) {
    read(call.operand(1), begin);
    read(call.operand(2), end);
    read(call.operand(3), strides);
    spec.resolve(begin, end, strides);
    if (!spec.isKnown()) {
      throw new IllegalArgumentException("a begin, end or stride is not known");
    }
    Tensor value = call.operand(0);
    if (!spec.hasShape(shape)
        || !Arrays.equals(spec.lengths(), lastLengths)
        || !Arrays.equals(spec.strides(), lastStrides)) {
      shape = spec.resultShape().dims();
      lastLengths = spec.lengths().clone();
      lastStrides = spec.strides().clone();
      copy = StridedCopy.gathering(value.dtype(), spec.steps(own), lastLengths);
    }
    copy.run(value, spec.offset(own), call.result(0, value.dtype(), shape), 0);
  }

  private static void read(Tensor tensor, long... elements) {
    for (int i = 0; i < elements.length; i++) {
      elements[i] = tensor.getLong(i);
    }
  }
}
