package org.signet.pass.tfl;

import java.util.List;
import org.signet.pass.rewrite.Rule;

/**
 * The rewrites that remove what says nothing, or bring together what a fusion can take, in the
 * order in which they are tried.
 */
public final class Canonicalize {
  private Canonicalize() {}

  public static List<Rule> rules() {
    return List.of(
        new RemoveIdentity(),
        new DropBroadcast(),
        new FuseClip(),
        new FuseDilation(),
        new MergeCasts(),
        new MergeFactors(),
        new MergePacks(),
        new MergeReshapes(),
        new MergeTransposes(),
        new MoveBeforeReshape(),
        new ReducePower(),
        new RepeatsToResize(),
        new ReshapeIntoReduction(),
        new SimplifyArithmetic(),
        new SimplifySizes());
  }
}
