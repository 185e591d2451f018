package org.signet.op.flex;

import java.util.List;
import org.signet.op.OpDefinition;
import org.signet.op.flex.audio.AudioOps;
import org.signet.op.flex.image.ImageOps;
import org.signet.op.flex.linalg.LinearAlgebraOps;
import org.signet.op.flex.list.ListOps;
import org.signet.op.flex.pieces.PieceOps;
import org.signet.op.flex.quantized.QuantizedOps;
import org.signet.op.flex.random.RandomOps;
import org.signet.op.flex.sparse.SparseOps;
import org.signet.op.flex.state.StateOps;
import org.signet.op.flex.text.TextOps;

/** The families of TensorFlow ops. */
public final class TfOpDefinitions {
  private TfOpDefinitions() {}

  /**
   * The ops of a family; a new file of TensorFlow's ops is added here, or in the list of its
   * package, and to {@code families.tsv}.
   *
   * @param name the class, below this package: {@code TfCasts}, {@code text.TfStrings}
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? own(name) : family(name.substring(0, dot), name.substring(dot + 1));
  }

  private static List<OpDefinition> family(String packageName, String name) {
    return switch (packageName) {
      case "audio" -> AudioOps.family(name);
      case "image" -> ImageOps.family(name);
      case "linalg" -> LinearAlgebraOps.family(name);
      case "list" -> ListOps.family(name);
      case "pieces" -> PieceOps.family(name);
      case "quantized" -> QuantizedOps.family(name);
      case "random" -> RandomOps.family(name);
      case "sparse" -> SparseOps.family(name);
      case "state" -> StateOps.family(name);
      case "text" -> TextOps.family(name);
      default -> throw new IllegalArgumentException("no package of families " + packageName);
    };
  }

  private static List<OpDefinition> own(String name) {
    return switch (name) {
      case "BatchNormalization" -> BatchNormalization.definitions();
      case "TfActivationGradients" -> TfActivationGradients.definitions();
      case "TfArithmetic" -> TfArithmetic.definitions();
      case "TfBatchNormGradients" -> TfBatchNormGradients.definitions();
      case "TfCasts" -> TfCasts.definitions();
      case "TfComparison" -> TfComparison.definitions();
      case "TfConvolutionGradients" -> TfConvolutionGradients.definitions();
      case "TfConvolutions" -> TfConvolutions.definitions();
      case "TfCrossEntropy" -> TfCrossEntropy.definitions();
      case "TfDataFormats" -> TfDataFormats.definitions();
      case "TfDilations" -> TfDilations.definitions();
      case "TfElementwise" -> TfElementwise.definitions();
      case "TfFakeQuant" -> TfFakeQuant.definitions();
      case "TfFilling" -> TfFilling.definitions();
      case "TfFourier" -> TfFourier.definitions();
      case "TfFusedConvolutions" -> TfFusedConvolutions.definitions();
      case "TfGlobalNormalization" -> TfGlobalNormalization.definitions();
      case "TfGradientArgs" -> TfGradientArgs.definitions();
      case "TfIdentity" -> TfIdentity.definitions();
      case "TfIndexing" -> TfIndexing.definitions();
      case "TfJoining" -> TfJoining.definitions();
      case "TfMovement" -> TfMovement.definitions();
      case "TfMovementGradients" -> TfMovementGradients.definitions();
      case "TfNormalizations" -> TfNormalizations.definitions();
      case "TfPartition" -> TfPartition.definitions();
      case "TfPoolGradients" -> TfPoolGradients.definitions();
      case "TfPools" -> TfPools.definitions();
      case "TfQuantizeAndDequantize" -> TfQuantizeAndDequantize.definitions();
      case "TfRanking" -> TfRanking.definitions();
      case "TfReduction" -> TfReduction.definitions();
      case "TfReshaping" -> TfReshaping.definitions();
      case "TfSegments" -> TfSegments.definitions();
      case "TfSelection" -> TfSelection.definitions();
      case "TfSpace" -> TfSpace.definitions();
      case "TfSpecialFunctions" -> TfSpecialFunctions.definitions();
      case "TfTop" -> TfTop.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}
