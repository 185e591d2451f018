package org.signet.bundle;

import org.signet.bundle.SliceSpec.Place;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorSliceProto;

/** Shapes and slices as both formats of checkpoints hold them. */
final class TensorSlices {
  private TensorSlices() {}

  static TensorShapeProto shape(int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  /** A dimension of which all is there has no length. */
  static TensorSliceProto proto(Place place) {
    TensorSliceProto.Builder slice = TensorSliceProto.newBuilder();
    for (int i = 0; i < place.dims().length; i++) {
      TensorSliceProto.Extent.Builder extent = slice.addExtentBuilder();
      if (place.lengths()[i] != SliceKey.FULL) {
        extent.setStart(place.starts()[i]).setLength(place.lengths()[i]);
      }
    }
    return slice.build();
  }

  /**
   * @param dims sizes of the whole tensor
   * @throws IllegalArgumentException if there is no such slice of it
   */
  static Place place(TensorSliceProto slice, int... dims) {
    int[] starts = new int[dims.length];
    int[] lengths = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      TensorSliceProto.Extent extent = slice.getExtent(i);
      starts[i] = Math.toIntExact(extent.getStart());
      boolean all = !extent.hasLength();
      lengths[i] = all ? SliceKey.FULL : Math.toIntExact(extent.getLength());
      if (starts[i] < 0 || (!all && (lengths[i] < 0 || starts[i] > dims[i] - lengths[i]))) {
        throw new IllegalArgumentException("a slice is outside of it in dimension " + i);
      }
    }
    return new Place(dims, starts, lengths);
  }
}
