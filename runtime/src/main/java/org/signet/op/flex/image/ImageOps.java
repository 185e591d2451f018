package org.signet.op.flex.image;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on images and boxes. */
public final class ImageOps {
  private ImageOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfBoxDrawing" -> TfBoxDrawing.definitions();
      case "TfBoxSuppression" -> TfBoxSuppression.definitions();
      case "TfColors" -> TfColors.definitions();
      case "TfCombinedSuppression" -> TfCombinedSuppression.definitions();
      case "TfCropGradients" -> TfCropGradients.definitions();
      case "TfCrops" -> TfCrops.definitions();
      case "TfDistortedBoxes" -> TfDistortedBoxes.definitions();
      case "TfGlimpses" -> TfGlimpses.definitions();
      case "TfImageDecoding" -> TfImageDecoding.definitions();
      case "TfImageEncoding" -> TfImageEncoding.definitions();
      case "TfImagePatches" -> TfImagePatches.definitions();
      case "TfProjections" -> TfProjections.definitions();
      case "TfResizeGradients" -> TfResizeGradients.definitions();
      case "TfResizes" -> TfResizes.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}
