package org.signet.op.flex;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;
import org.signet.op.flex.audio.AudioOps;
import org.signet.op.flex.image.ImageOps;
import org.signet.op.flex.linalg.LinearAlgebraOps;
import org.signet.op.flex.list.ListOps;
import org.signet.op.flex.random.RandomOps;
import org.signet.op.flex.sparse.SparseOps;
import org.signet.op.flex.state.StateOps;
import org.signet.op.flex.text.TextOps;

/** The families of TensorFlow ops. */
public final class TfOpDefinitions {
  private TfOpDefinitions() {}

  /**
   * The families: a new file of TensorFlow ops is added here or in the list of its package, and
   * nowhere else.
   */
  public static List<OpDefinition> all() {
    return Stream.of(
            AudioOps.definitions(),
            ImageOps.definitions(),
            LinearAlgebraOps.definitions(),
            ListOps.definitions(),
            RandomOps.definitions(),
            SparseOps.definitions(),
            StateOps.definitions(),
            TextOps.definitions(),
            BatchNormalization.definitions(),
            TfActivationGradients.definitions(),
            TfArithmetic.definitions(),
            TfBatchNormGradients.definitions(),
            TfCasts.definitions(),
            TfComparison.definitions(),
            TfConvolutionGradients.definitions(),
            TfConvolutions.definitions(),
            TfCrossEntropy.definitions(),
            TfDataFormats.definitions(),
            TfDilations.definitions(),
            TfElementwise.definitions(),
            TfFakeQuant.definitions(),
            TfFilling.definitions(),
            TfFourier.definitions(),
            TfGlobalNormalization.definitions(),
            TfGradientArgs.definitions(),
            TfIdentity.definitions(),
            TfIndexing.definitions(),
            TfJoining.definitions(),
            TfMovement.definitions(),
            TfMovementGradients.definitions(),
            TfNormalizations.definitions(),
            TfPartition.definitions(),
            TfPoolGradients.definitions(),
            TfPools.definitions(),
            TfQuantizeAndDequantize.definitions(),
            TfRanking.definitions(),
            TfReduction.definitions(),
            TfReshaping.definitions(),
            TfSegments.definitions(),
            TfSelection.definitions(),
            TfSpace.definitions(),
            TfSpecialFunctions.definitions())
        .flatMap(List::stream)
        .toList();
  }
}
