package org.signet.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine. Constants, since loops on vectors are only compiled for those. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector: 2 to 16. */
  static final int COUNT = SPECIES.length();

  /** Columns in a panel of a packed matrix. */
  static final int PANEL = 2 * COUNT;

  /**
   * Whether the machine multiplies and adds at once; without it the JVM would compute {@link
   * Math#fma} in software. Every x86 with 256-bit integer vectors has it, and every AArch64.
   */
  static final boolean FUSED = COUNT >= 8 || !System.getProperty("os.arch", "").equals("amd64");

  private Lanes() {}

  /** {@code x·y + sum}, rounded as the vector kernels round it. */
  static float multiplyAdd(float x, float y, float sum) {
    return FUSED ? Math.fma(x, y, sum) : x * y + sum;
  }

  /** {@code x·y + sum}. */
  static FloatVector multiplyAdd(FloatVector x, FloatVector y, FloatVector sum) {
    return FUSED ? x.fma(y, sum) : x.mul(y).add(sum);
  }
}
