package org.signet.op.stablehlo;

import org.signet.op.BinaryFunction;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * What the elements of each window make together.
 *
 * @param window the sizes of a window
 * @param strides from one window to the next
 * @param dilations from one element of a window to the next
 */
@SuppressWarnings("ArrayRecordComponent")
record WindowFold(int[] window, int[] strides, int[] dilations) {

  /** How many windows fit into these sizes. */
  int[] shape(int... dims) {
    Shapes.require(
        dims.length == window.length
            && dims.length == strides.length
            && dims.length == dilations.length,
        "a window of %s dimensions over %s",
        window.length,
        Shapes.text(dims));
    int[] shape = new int[dims.length];
    for (int d = 0; d < dims.length; d++) {
      Shapes.require(
          window[d] > 0 && strides[d] > 0 && dilations[d] > 0,
          "a window of %s in steps of %s and %s",
          window[d],
          strides[d],
          dilations[d]);
      int room = dims[d] - (window[d] - 1) * dilations[d] - 1;
      shape[d] = dims[d] == Shape.UNKNOWN ? Shape.UNKNOWN : room < 0 ? 0 : room / strides[d] + 1;
    }
    return shape;
  }

  /** Writes {@code function(… function(start, first) …, last)} of each window. */
  void apply(Tensor source, Tensor start, BinaryFunction function, Tensor target) {
    Elements.fill(target, 0, target.size(), start, 0);
    int[] dims = source.shape();
    int[] place = new int[dims.length];
    Tensor sum = Tensor.zeros(source.dtype(), 1);
    Tensor element = Tensor.zeros(source.dtype(), 1);
    Odometer to = new Odometer(target.shape());
    while (to.next()) {
      Elements.copy(start, 0, sum, 0, 1);
      Odometer tap = new Odometer(window);
      while (tap.next()) {
        for (int d = 0; d < place.length; d++) {
          place[d] = to.index()[d] * strides[d] + tap.index()[d] * dilations[d];
        }
        Elements.copy(source, Odometer.position(place, dims), element, 0, 1);
        function.apply(sum, element, sum);
      }
      Elements.copy(sum, 0, target, to.position(), 1);
    }
  }
}
