package org.signet.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.signet.kernel.Rates;
import org.signet.kernel.dense.MultiplyAdd;

/** The vectors of this machine. Constants, since loops on vectors are only compiled for those. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector: 2 to 16. */
  static final int COUNT = SPECIES.length();

  /** Columns in a panel of a packed matrix. */
  static final int PANEL = 2 * COUNT;

  static final Rates RATES = Rates.VECTOR.withLanes(COUNT);

  private Lanes() {}

  /** {@code x·y + sum}. */
  static FloatVector multiplyAdd(FloatVector x, FloatVector y, FloatVector sum) {
    return MultiplyAdd.FUSED ? x.fma(y, sum) : x.mul(y).add(sum);
  }
}
