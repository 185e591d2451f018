package org.signet.diag;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An op that a model file can't say.
 *
 * @param name TensorFlow's name for it
 * @param declines what each lowering said, in the order in which they were asked; empty if there is
 *     none for it
 */
public record RefusedOp(String name, List<Decline> declines) {
  public RefusedOp {
    declines = List.copyOf(declines);
  }

  /**
   * Why a lowering did not take the op.
   *
   * @param lowering the name of the lowering
   * @param reason a few words
   */
  public record Decline(String lowering, String reason) {}

  /** Every reason once, in order; empty if nothing was asked. */
  String reasons() {
    return declines.stream().map(Decline::reason).distinct().collect(Collectors.joining("; "));
  }
}
