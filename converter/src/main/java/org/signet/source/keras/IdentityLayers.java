package org.signet.source.keras;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.signet.type.DType;

/** Layers that do nothing in inference: dropout, noise and random changes of images. */
final class IdentityLayers implements KerasLayer {
  private static final Set<String> IMAGES =
      Set.of(
          "AugMix",
          "CutMix",
          "MixUp",
          "RandAugment",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHeight",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom",
          "Solarization");

  @Override
  public Set<String> classNames() {
    Set<String> names = new TreeSet<>(IMAGES);
    names.addAll(
        Set.of(
            "ActivityRegularization",
            "AlphaDropout",
            "Dropout",
            "GaussianDropout",
            "GaussianNoise",
            "Identity",
            "SpatialDropout1D",
            "SpatialDropout2D",
            "SpatialDropout3D"));
    return names;
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    DType dtype = call.dtype();
    return IMAGES.contains(call.layer().className())
        ? List.of(call.ops().cast(call.input(), dtype))
        : call.inputs();
  }
}
