package org.signet.op.flex.image;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpDefinition;
import org.signet.op.Resampling;
import org.signet.op.Resizes;
import org.signet.type.DType;

/**
 * TensorFlow's resizing of images. All but ResizeNearestNeighbor give float32, whatever they are
 * given.
 */
final class TfResizes {
  private TfResizes() {}

  static List<OpDefinition> definitions() {
    return List.of(
        interpolation("ResizeBilinear", Resampling::linear),
        interpolation("ResizeBicubic", Resampling::cubic),
        interpolation("ResizeArea", Resampling::area),
        OpDefinition.tf(
                "ResizeNearestNeighbor", op -> Resizes.shape(op, op.dtype(0)), Resizes::nearest)
            .accurate(Accuracy.EXACT));
  }

  private static OpDefinition interpolation(String name, Resizes.Method method) {
    return OpDefinition.tf(
            name,
            op -> Resizes.shape(op, DType.FLOAT32),
            call -> Resizes.resize(call, DType.FLOAT32, method))
        .accurate(Accuracy.ACCUMULATED);
  }
}
