package org.signet.kernel.dense;

import org.signet.kernel.vector.VectorProvider;

/** Runs checks of all kernels; run in a JVM of its own. */
final class NarrowVectors {
  private NarrowVectors() {}

  /** The tests' own methods: what they check must hold here as well. */
  @SuppressWarnings("JUnitMethodInvoked")
  public static void main(String[] args) {
    new ProductTest().everySizeOfEachDimension();
    new ProductTest().specialNumbers();
    new ConvolutionTest().everyNumberOfChannels();
    new ConvolutionTest().theLargestOfSpecialNumbers();
    new ElementwiseTest().broadcasting();
    new ElementwiseTest().softmaxOfSpecialNumbers();
    new PlainMathTest().hyperbolicTangent();
    new PlainMathTest().errorFunction();
    System.out.println(VectorProvider.eager().lanes() + " lanes");
  }
}
