package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on quantized types. */
public final class QuantizedOps {
  private QuantizedOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfDequantization" -> TfDequantization.definitions();
      case "TfQuantization" -> TfQuantization.definitions();
      case "TfQuantizedActivations" -> TfQuantizedActivations.definitions();
      case "TfQuantizedArithmetic" -> TfQuantizedArithmetic.definitions();
      case "TfQuantizedBiases" -> TfQuantizedBiases.definitions();
      case "TfQuantizedConvolutions" -> TfQuantizedConvolutions.definitions();
      case "TfQuantizedMovement" -> TfQuantizedMovement.definitions();
      case "TfQuantizedNormalizations" -> TfQuantizedNormalizations.definitions();
      case "TfQuantizedPools" -> TfQuantizedPools.definitions();
      case "TfQuantizedProducts" -> TfQuantizedProducts.definitions();
      case "TfQuantizedResizes" -> TfQuantizedResizes.definitions();
      case "TfRequantization" -> TfRequantization.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}
