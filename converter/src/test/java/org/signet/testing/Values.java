package org.signet.testing;

import java.util.Arrays;
import java.util.Map;
import org.signet.tensor.Tensor;

/** The values of tensors, for assertions. */
public final class Values {
  private Values() {}

  /**
   * @throws AssertionError if there is no result of this name
   */
  public static Tensor get(Map<String, Tensor> results, String name) {
    Tensor tensor = results.get(name);
    if (tensor == null) {
      throw new AssertionError("no '" + name + "' among " + results.keySet());
    }
    return tensor;
  }

  /** The elements of a float32 result. */
  public static float[] floats(Map<String, Tensor> results, String name) {
    return floats(get(results, name));
  }

  /** The elements of a float32 tensor. */
  public static float[] floats(Tensor tensor) {
    return Arrays.copyOf(tensor.floats(), tensor.size());
  }
}
