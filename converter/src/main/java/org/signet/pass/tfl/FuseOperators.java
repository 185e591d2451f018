package org.signet.pass.tfl;

import java.util.List;
import org.signet.pass.rewrite.Rule;

/** The fusions, in the order in which they are tried. */
public final class FuseOperators {
  private FuseOperators() {}

  /**
   * @param scalable the weights that may be multiplied or turned
   */
  public static List<Rule> rules(ScalableWeights scalable) {
    return List.of(
        new CenterBeforeScaling(),
        new UnifyNormalization(),
        new FuseActivation(),
        new FuseHardSwish(),
        new FuseL2Normalization(),
        new FuseLeakyRelu(),
        new FuseLogSoftmax(),
        new FuseSigmoid(),
        new FuseSoftmax(),
        new FusePad(),
        new FoldMulIntoWeights(scalable),
        new FoldIntoNextWeights(scalable),
        new FoldAddIntoBias(),
        new TransposeIntoProduct(),
        new TransposeToReshape(),
        new TurnWeights(scalable));
  }
}
