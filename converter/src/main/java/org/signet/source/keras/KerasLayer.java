package org.signet.source.keras;

import java.util.List;
import java.util.Set;

/** Says what layers of some classes compute in inference. Stateless. */
interface KerasLayer {
  /** What becomes of the mask of a layer's first input. */
  enum Masking {
    /** The outputs have it too. */
    PASSES,
    /** The outputs have none. */
    DROPS,
    /** The layer says so itself. */
    OWN
  }

  /** The classes of Keras, by name. */
  Set<String> classNames();

  /** The variables of a layer. */
  default WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer);
  }

  default Masking masking() {
    return Masking.DROPS;
  }

  /**
   * Adds the nodes of one call.
   *
   * @return the outputs
   */
  List<KerasTensor> call(LayerCall call);
}
