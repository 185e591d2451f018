package org.signet.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.signet.tensor.Tensor;

/**
 * A tensor to be saved, or a slice of one.
 *
 * @param name of the whole tensor
 * @param slice which part of it {@code tensor} is
 */
public record SavedTensor(String name, SliceSpec slice, Tensor tensor) {
  /**
   * @throws IllegalArgumentException if the slice is of another shape
   */
  public SavedTensor {
    if (!slice.isWhole() && !Arrays.equals(slice.place().sizes(), tensor.shape())) {
      throw new IllegalArgumentException(
          "'" + name + "' is saved as " + tensor.type() + ", which is no slice " + slice.text());
    }
  }

  /** Whole tensors. */
  static List<SavedTensor> all(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream()
        .map(entry -> new SavedTensor(entry.getKey(), SliceSpec.WHOLE, entry.getValue()))
        .toList();
  }

  /** Whether there is nothing else of the tensor. */
  boolean isWhole() {
    return slice.isWhole() || slice.place().isWhole();
  }
}
