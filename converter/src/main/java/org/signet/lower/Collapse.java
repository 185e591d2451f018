package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import org.signet.ir.Value;

/**
 * A tensor of high rank seen with fewer dimensions: neighbours of which an op leaves every one as
 * it is are merged.
 *
 * @param groups the dimensions that each of the fewer ones is made of, ascending
 */
record Collapse(List<List<Integer>> groups) {
  /**
   * @param touched for each dimension whether it must stay by itself
   */
  static Collapse around(boolean[] touched) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < touched.length; i++) {
      if (i > 0 && !touched[i] && !touched[i - 1]) {
        groups.getLast().add(i);
      } else {
        groups.add(new ArrayList<>(List.of(i)));
      }
    }
    return new Collapse(groups.stream().map(List::copyOf).toList());
  }

  int rank() {
    return groups.size();
  }

  /** {@code value} with merged dimensions. */
  Value merge(Value value, Emitter emit) {
    List<DimSource> dims = DimSource.all(value);
    return DimSource.reshape(
        value,
        groups.stream()
            .map(group -> DimSource.product(group.stream().map(dims::get).toList()))
            .toList(),
        emit);
  }

  /** One number for each of the fewer dimensions: that of the first of each group. */
  int[] pick(int[] perDimension) {
    return groups.stream().mapToInt(group -> perDimension[group.getFirst()]).toArray();
  }

  /**
   * {@code merged}, a result, with the dimensions of {@code like} again; those that stood by
   * themselves have the result's sizes.
   */
  Value split(Value merged, Value like, Emitter emit) {
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      List<Integer> group = groups.get(i);
      if (group.size() == 1) {
        dims.add(DimSource.of(merged, i));
      } else {
        group.forEach(dimension -> dims.add(DimSource.of(like, dimension)));
      }
    }
    return DimSource.reshape(merged, dims, emit);
  }
}
