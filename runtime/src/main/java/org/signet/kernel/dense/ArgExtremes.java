package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * ARG_MAX and ARG_MIN along the last dimension, such as the classes of pixels.
 *
 * @param settings of the provider
 * @param least whether the least elements are looked for
 */
record ArgExtremes(Settings settings, boolean least) implements Attempt {
  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor x = call.operand(0);
    Tensor axis = call.operand(1);
    int[] shape = x.shape();
    boolean fits =
        shape.length > 0
            && x.size() > 0
            && !settings.isSmall(x.size())
            && axis.size() == 1
            && (axis.getLong(0) == -1 || axis.getLong(0) == shape.length - 1);
    return fits ? Optional.of(new OfRows(call, shape)) : Optional.empty();
  }

  /** Of elements that lie one after the other. */
  private final class OfRows implements Routine {
    private final int[] shape;
    private final Division division;
    private final DType indexType;

    /** Where places are before they become int64. */
    private final int[] room;

    private float[] from = {};
    private int[] out = {};

    private OfRows(OpCall call, int[] whole) {
      shape = Arrays.copyOf(whole, whole.length - 1);
      int rows = Shapes.product(shape, 0, shape.length);
      int count = whole[shape.length];
      indexType = call.resultType(0).dtype() == DType.INT32 ? DType.INT32 : DType.INT64;
      room = new int[indexType == DType.INT64 ? rows : 0];
      division =
          Division.of(
              call.workers(),
              (long) rows * count * Parts.ELEMENT,
              rows,
              (_, first, end) ->
                  settings.engine().argExtremes(from, first, end, count, least, out));
    }

    @Override
    public void run(OpCall call) {
      from = call.operand(0).floats();
      Tensor result = call.result(0, indexType, shape);
      out = indexType == DType.INT32 ? result.ints() : room;
      division.run(call.workers());
      for (int i = 0; i < room.length; i++) {
        result.longs()[i] = room[i];
      }
    }
  }
}
