package org.signet.op;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * BITCAST: the bits of a tensor read as another element type. A wider type splits into a last
 * dimension of narrower elements, lowest bits first, and the other way round. The builtin's table
 * has no field for the type: the result tensor's own type says it; in a graph that is being built
 * the option {@code out_data_type} does.
 */
public final class Bitcasting {
  private Bitcasting() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "BITCAST",
                op -> infer(op, Casts.typeOption(op.attributes(), "out_data_type")),
                call -> bitcast(call, call.resultType(0).dtype()))
            .accurate(Accuracy.EXACT));
  }

  /** The type of operand 0 read as {@code to}. */
  public static List<TensorType> infer(OpTypes op, DType to) {
    return List.of(Shapes.plain(to, shape(op.shape(0), op.dtype(0).bytes(), to.bytes())));
  }

  private static Shape shape(Shape shape, int from, int to) {
    if (from == to || !shape.hasRank()) {
      return shape;
    }
    int[] dims = shape.dims();
    if (from > to) {
      int[] longer = Arrays.copyOf(dims, dims.length + 1);
      longer[dims.length] = from / to;
      return Shape.of(longer);
    }
    int last = dims.length == 0 ? 1 : dims[dims.length - 1];
    Shapes.require(
        dims.length > 0 && (last == Shape.UNKNOWN || last == to / from),
        "a bitcast of %s bytes to %s needs a last dimension of %s, not shape %s",
        from,
        to,
        to / from,
        shape);
    return Shape.of(Arrays.copyOf(dims, dims.length - 1));
  }

  /** Sets result 0 to the bits of operand 0. */
  public static void bitcast(OpCall call, DType to) {
    Tensor x = call.operand(0);
    int[] shape = shape(Shape.of(x.shape()), x.dtype().bytes(), to.bytes()).dims();
    call.result(0, RawElements.read(to, ByteBuffer.wrap(RawElements.write(x)), shape));
  }
}
