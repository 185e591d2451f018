package org.signet.testing;

import java.util.Arrays;
import org.signet.tensor.Tensor;

/** The values of tensors, for assertions. */
public final class Values {
  private Values() {}

  /** The elements of a float32 tensor. */
  public static float[] floats(Tensor tensor) {
    return Arrays.copyOf(tensor.floats(), tensor.size());
  }
}
