package org.signet.source;

import java.util.ArrayList;
import java.util.List;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;

/**
 * The part of a checkpoint's tensor that one part of a partitioned variable is restored from, as
 * {@code RestoreV2} says it: {@code 10 4 0,3:-} are the first three rows of ten. Source: {@code
 * ParseShapeAndSlice} of {@code tensorflow/core/util/saved_tensor_slice_util.h} and {@code
 * tensorflow/core/framework/tensor_slice.h}.
 *
 * @param text as in the graph; empty for the whole
 */
record SliceSpec(String text) {
  static final SliceSpec WHOLE = new SliceSpec("");

  boolean isWhole() {
    return text.isEmpty();
  }

  /**
   * The part of {@code whole}.
   *
   * @param node whose value it is
   * @throws SignetException MALFORMED_GRAPH if there is no such part
   */
  BundleTensor of(BundleTensor whole, String node) {
    if (isWhole()) {
      return whole;
    }
    try {
      return cut(whole);
    } catch (IllegalArgumentException e) {
      throw new SignetException(
          Diagnostic.error(
                  Code.MALFORMED_GRAPH,
                  "'" + text + "' is no part of a tensor of shape " + whole.shape())
              .at(Origin.ofNode(node)),
          e);
    }
  }

  private BundleTensor cut(BundleTensor whole) {
    List<String> words = List.of(text.split(" ", -1));
    List<Integer> sizes = new ArrayList<>();
    for (String word : words.subList(0, words.size() - 1)) {
      sizes.add(Integer.parseInt(word));
    }
    int[] dims = sizes.stream().mapToInt(Integer::intValue).toArray();
    String[] extents = words.getLast().split(":", -1);
    if (!whole.shape().accepts(dims) || extents.length != dims.length) {
      throw new IllegalArgumentException("another shape");
    }
    int[] starts = new int[dims.length];
    int[] lengths = dims.clone();
    for (int i = 0; i < dims.length; i++) {
      if (!extents[i].equals("-")) {
        int comma = extents[i].indexOf(',');
        starts[i] = Integer.parseInt(extents[i].substring(0, Math.max(0, comma)));
        lengths[i] = Integer.parseInt(extents[i].substring(comma + 1));
      }
    }
    return whole.slice(starts, lengths);
  }
}
