package org.signet.pass.tfl;

import java.util.List;
import org.signet.pass.rewrite.Rule;

/** The fusions, in the order in which they are tried. */
public final class FuseOperators {
  private FuseOperators() {}

  public static List<Rule> rules() {
    return List.of(
        new FuseActivation(),
        new FuseDilation(),
        new FuseHardSwish(),
        new FusePad(),
        new FoldMulIntoWeights(),
        new FoldAddIntoBias(),
        new TransposeIntoProduct());
  }
}
