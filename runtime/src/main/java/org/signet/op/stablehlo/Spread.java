package org.signet.op.stablehlo;

import java.util.Arrays;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * Elements spread apart and surrounded by others.
 *
 * @param low how many elements come before each dimension; negative ones are cut off
 * @param high how many come after
 * @param interior how many come between two neighbours
 */
@SuppressWarnings("ArrayRecordComponent")
record Spread(int[] low, int[] high, int[] interior) {

  /** Nothing before and after, and {@code dilations[d] − 1} elements between. */
  static Spread dilated(int... dilations) {
    int[] none = new int[dilations.length];
    return new Spread(none, none, Arrays.stream(dilations).map(d -> d - 1).toArray());
  }

  /** The sizes that follow, unknown ones where they were. */
  int[] shape(int... dims) {
    Shapes.require(
        dims.length == low.length && dims.length == high.length && dims.length == interior.length,
        "a padding of %s dimensions for %s",
        low.length,
        Shapes.text(dims));
    int[] shape = new int[dims.length];
    for (int d = 0; d < dims.length; d++) {
      Shapes.require(interior[d] >= 0, "%s elements between two", interior[d]);
      int between = Math.max(dims[d] - 1, 0) * interior[d];
      shape[d] =
          dims[d] == Shape.UNKNOWN
              ? Shape.UNKNOWN
              : Math.max(0, dims[d] + between + low[d] + high[d]);
    }
    return shape;
  }

  /** Writes {@code source} and, where there is none of it, {@code filler}'s only element. */
  void apply(Tensor source, Tensor filler, Tensor target) {
    Elements.fill(target, 0, target.size(), filler, 0);
    int[] shape = target.shape();
    int[] place = new int[shape.length];
    Odometer from = new Odometer(source.shape());
    while (from.next()) {
      for (int d = 0; d < place.length; d++) {
        place[d] = low[d] + from.index()[d] * (interior[d] + 1);
      }
      int to = Odometer.position(place, shape);
      if (to >= 0) {
        Elements.copy(source, from.position(), target, to, 1);
      }
    }
  }
}
