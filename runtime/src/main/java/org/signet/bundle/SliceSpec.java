package org.signet.bundle;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * The part of a whole tensor that is saved or restored, as {@code SaveV2} and {@code RestoreV2} say
 * it: {@code 10 4 0,3:-} are the first three rows of ten. Source: {@code ParseShapeAndSlice} of
 * {@code tensorflow/core/util/saved_tensor_slice_util.h} and {@code
 * tensorflow/core/framework/tensor_slice.h}.
 *
 * @param text as in the graph; empty for the whole
 */
public record SliceSpec(String text) {
  public static final SliceSpec WHOLE = new SliceSpec("");

  private static final String ALL = "-";

  /**
   * The spec of a box in a tensor of these sizes; a length {@link SliceKey#FULL} is all there is.
   */
  static SliceSpec of(int[] dims, int[] starts, int[] lengths) {
    String extents =
        IntStream.range(0, dims.length)
            .mapToObj(i -> lengths[i] == SliceKey.FULL ? ALL : starts[i] + "," + lengths[i])
            .collect(Collectors.joining(":"));
    String sizes = Arrays.stream(dims).mapToObj(size -> size + " ").collect(Collectors.joining());
    return new SliceSpec(sizes + extents);
  }

  /** What it takes of each of so many dimensions, without the sizes of the whole. */
  public String extents(int rank) {
    return isWhole()
        ? String.join(":", Collections.nCopies(rank, ALL))
        : text.substring(text.lastIndexOf(' ') + 1);
  }

  public boolean isWhole() {
    return text.isEmpty();
  }

  /**
   * The part of {@code whole}.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public BundleTensor of(BundleTensor whole) {
    if (isWhole()) {
      return whole;
    }
    Place place = place();
    if (!whole.shape().accepts(place.dims)) {
      throw new IllegalArgumentException(
          "shape in shape_and_slice spec "
              + Shape.of(place.dims)
              + " does not match the shape stored in checkpoint: "
              + whole.shape());
    }
    return whole.slice(place.starts, place.sizes());
  }

  /** The same part of a tensor on the heap. */
  Tensor of(Tensor whole) {
    return isWhole() ? whole : of(BundleTensor.of(whole)).load();
  }

  /**
   * What the text says.
   *
   * @param dims sizes of the whole tensor
   * @param starts first elements, by dimension
   * @param lengths how many there are, by dimension; {@link SliceKey#FULL} for all
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Place(int[] dims, int[] starts, int[] lengths) {
    /** The lengths as numbers of elements. */
    int[] sizes() {
      return IntStream.range(0, dims.length)
          .map(i -> lengths[i] == SliceKey.FULL ? dims[i] : lengths[i])
          .toArray();
    }

    boolean isWhole() {
      return Arrays.equals(sizes(), dims);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not that of a part
   */
  Place place() {
    List<String> words = List.of(text.split(" ", -1));
    int[] dims = words.stream().limit(words.size() - 1L).mapToInt(Integer::parseInt).toArray();
    String[] extents = words.getLast().split(":", -1);
    if (extents.length != dims.length) {
      throw new IllegalArgumentException(
          words.size() < 2
              ? "Need least two elements in shape_and_slice specification: " + text
              : "'" + text + "' names no part of a tensor");
    }
    int[] starts = new int[dims.length];
    int[] lengths = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      lengths[i] = SliceKey.FULL;
      if (!extents[i].equals(ALL)) {
        int comma = extents[i].indexOf(',');
        starts[i] = Integer.parseInt(extents[i].substring(0, Math.max(0, comma)));
        lengths[i] = Integer.parseInt(extents[i].substring(comma + 1));
        if (starts[i] < 0 || lengths[i] < 0 || starts[i] > dims[i] - lengths[i]) {
          throw new IllegalArgumentException(
              "Extent in dimension %s out of bounds: shape = %s, slice = %s"
                  .formatted(i, Arrays.toString(dims).replace(" ", ""), extents[i]));
        }
      }
    }
    return new Place(dims, starts, lengths);
  }
}
