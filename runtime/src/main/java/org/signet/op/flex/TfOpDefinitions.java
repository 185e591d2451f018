package org.signet.op.flex;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow ops. */
public final class TfOpDefinitions {
  private TfOpDefinitions() {}

  /**
   * The families, in alphabetical order: a new file of TensorFlow ops is added here, and nowhere
   * else.
   */
  public static List<OpDefinition> all() {
    return Stream.of(
            BatchNormalization.definitions(),
            EinsumOp.definitions(),
            TfActivationGradients.definitions(),
            TfArithmetic.definitions(),
            TfAsString.definitions(),
            TfBatchNormGradients.definitions(),
            TfBoxSuppression.definitions(),
            TfCasts.definitions(),
            TfCheckpoints.definitions(),
            TfCoding.definitions(),
            TfColors.definitions(),
            TfCombinedSuppression.definitions(),
            TfComparison.definitions(),
            TfConvolutionGradients.definitions(),
            TfConvolutions.definitions(),
            TfCounting.definitions(),
            TfCrops.definitions(),
            TfCrossEntropy.definitions(),
            TfCsv.definitions(),
            TfDataFormats.definitions(),
            TfDiagonals.definitions(),
            TfDilations.definitions(),
            TfElementwise.definitions(),
            TfFakeQuant.definitions(),
            TfFilling.definitions(),
            TfFourier.definitions(),
            TfGradientArgs.definitions(),
            TfHashes.definitions(),
            TfIdentity.definitions(),
            TfImageDecoding.definitions(),
            TfImagePatches.definitions(),
            TfIndexing.definitions(),
            TfJoining.definitions(),
            TfLinearAlgebra.definitions(),
            TfMatrices.definitions(),
            TfMatrixProducts.definitions(),
            TfMovement.definitions(),
            TfMovementGradients.definitions(),
            TfNormalizations.definitions(),
            TfParseExample.definitions(),
            TfPartition.definitions(),
            TfPoolGradients.definitions(),
            TfPools.definitions(),
            TfQr.definitions(),
            TfQuantizeAndDequantize.definitions(),
            TfRagged.definitions(),
            TfRaggedToDense.definitions(),
            TfRanking.definitions(),
            TfReduction.definitions(),
            TfRegex.definitions(),
            TfReshaping.definitions(),
            TfResizeGradients.definitions(),
            TfResizes.definitions(),
            TfRowUpdates.definitions(),
            TfSegments.definitions(),
            TfSelection.definitions(),
            TfSetOperations.definitions(),
            TfSets.definitions(),
            TfSpace.definitions(),
            TfSparse.definitions(),
            TfSparseMath.definitions(),
            TfSparseSegments.definitions(),
            TfSpecialFunctions.definitions(),
            TfStatelessRandom.definitions(),
            TfStringFormat.definitions(),
            TfStringJoins.definitions(),
            TfStringSplits.definitions(),
            TfStringToNumber.definitions(),
            TfStrings.definitions(),
            TfTables.definitions(),
            TfTensorListParts.definitions(),
            TfTensorLists.definitions(),
            TfUnicode.definitions(),
            TfUpdates.definitions(),
            TfVariables.definitions())
        .flatMap(List::stream)
        .toList();
  }
}
