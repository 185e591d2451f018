package org.signet.op.recurrent;

import java.util.function.DoubleUnaryOperator;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;

/** The activation that a recurrent cell is given, of which TANH is one. */
final class CellActivation {
  private CellActivation() {}

  static DoubleUnaryOperator of(Attributes options) {
    if (options.getString(FusedActivation.OPTION, "NONE").equals("TANH")) {
      return Math::tanh;
    }
    FusedActivation activation = FusedActivation.of(options);
    return activation.isNone() ? x -> x : x -> activation.apply((float) x);
  }
}
