package org.signet.source.keras;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The layers that can be converted, by class name. */
final class KerasLayers {
  /** In alphabetical order: a new family is added here, and nowhere else. */
  private static final KerasLayers STANDARD =
      new KerasLayers(
          List.of(
              new ActivationLayers(),
              new AdaptivePoolingLayers(),
              new ApplicationLayers(),
              new AttentionLayers(),
              new BatchNormalizationLayer(),
              new CategoryEncodingLayer(),
              new ConvolutionLayers(),
              new CroppingLayers(),
              new DenseLayer(),
              new DotLayer(),
              new EinsumDenseLayer(),
              new EmbeddingLayer(),
              new HashedCrossingLayer(),
              new HashingLayer(),
              new IdentityLayers(),
              new IndexLookupLayers(),
              new LocallyConnectedLayers(),
              new MaskingLayer(),
              new MelSpectrogramLayer(),
              new MergeLayers(),
              new ModelLayer(),
              new MultiHeadAttentionLayer(),
              new NormalizationLayers(),
              new PoolingLayers(),
              new PreprocessingLayers(),
              new RecurrentLayers(),
              new ReshapingLayers(),
              new ShortTimeFourierLayer(),
              new SpectralNormalizationLayer(),
              new TextVectorizationLayer(),
              new TimeDistributedLayer(),
              new TransposedConvolutionLayers(),
              new UpSamplingLayers()));

  private static final KerasLayer OPERATIONS = new OperationNodes();

  private final Map<String, KerasLayer> byClass = new TreeMap<>();

  private KerasLayers(List<KerasLayer> families) {
    for (KerasLayer family : families) {
      for (String name : family.classNames()) {
        if (byClass.put(name, family) != null) {
          throw new IllegalStateException(name + " is defined twice");
        }
      }
    }
  }

  static KerasLayers standard() {
    return STANDARD;
  }

  /** Whether there is a layer of this class. */
  boolean has(String className) {
    return byClass.containsKey(className);
  }

  /**
   * What {@code layer} computes.
   *
   * @throws org.signet.diag.SignetException if it is none of those that can be converted
   */
  KerasLayer of(LayerSpec layer) {
    if (layer.className().equals("Lambda")) {
      throw layer.unsupported("it is Python code, which is never run");
    }
    if (layer.isCustom()) {
      throw layer.unsupported(
          "it is a class of the model's author, whose code the file does not hold; only layers and"
              + " models of Keras itself can be converted");
    }
    if (OPERATIONS.classNames().contains(layer.className()) || layer.isOperation()) {
      return OPERATIONS;
    }
    KerasLayer kind = byClass.get(layer.className());
    if (kind == null) {
      throw layer.unsupported("layers of this class can't be converted");
    }
    return kind;
  }
}
