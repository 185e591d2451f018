package org.signet.kernel.dense;

import jdk.incubator.vector.VectorShape;

/** The multiply-add of plain loops, rounded as the engines round it. */
public final class MultiplyAdd {
  /**
   * Whether the machine multiplies and adds at once; without it the JVM would compute {@link
   * Math#fma} in software. Every x86 with 256-bit vectors of integers has it, and every AArch64; so
   * has every machine that the native engine runs on.
   */
  public static final boolean FUSED =
      !System.getProperty("os.arch", "").equals("amd64")
          || ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()
          || Vectors.areWide();

  private MultiplyAdd() {}

  /** {@code x·y + sum}. */
  public static float of(float x, float y, float sum) {
    return FUSED ? Math.fma(x, y, sum) : x * y + sum;
  }

  /** Apart, since a JVM without the Vector API can't load it. */
  private static final class Vectors {
    private Vectors() {}

    static boolean areWide() {
      return VectorShape.preferredShape().vectorBitSize() >= 256;
    }
  }
}
