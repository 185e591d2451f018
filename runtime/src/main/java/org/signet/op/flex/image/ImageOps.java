package org.signet.op.flex.image;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on images and boxes. */
public final class ImageOps {
  private ImageOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(
            TfBoxSuppression.definitions(),
            TfColors.definitions(),
            TfCombinedSuppression.definitions(),
            TfCropGradients.definitions(),
            TfCrops.definitions(),
            TfDistortedBoxes.definitions(),
            TfImageDecoding.definitions(),
            TfImagePatches.definitions(),
            TfProjections.definitions(),
            TfResizeGradients.definitions(),
            TfResizes.definitions())
        .flatMap(List::stream)
        .toList();
  }
}
