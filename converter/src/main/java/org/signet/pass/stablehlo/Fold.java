package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.signet.ir.Value;

/**
 * Tensors of one shape whose elements a function puts together along a dimension: any two that
 * stand side by side first, for the function is free to be applied in any order that keeps theirs.
 */
record Fold(TfEmitter emit, ElementFunction function) {
  private List<Value> pairs(List<Value> first, List<Value> second) {
    List<Value> arguments = new ArrayList<>(first);
    arguments.addAll(second);
    return function.apply(arguments);
  }

  /** The tensors after a first value for each. */
  List<Value> after(List<Value> initial, List<Value> tensors) {
    return pairs(initial, tensors);
  }

  /** All elements along a dimension of known size, at least one, which goes. */
  List<Value> all(List<Value> tensors, int axis) {
    List<Value> left = tensors;
    int size = tensors.getFirst().type().shape().dim(axis);
    while (size > 1) {
      int even = size / 2 * 2;
      List<Value> folded = pairs(every(left, axis, 0, even, 2), every(left, axis, 1, even, 2));
      if (even < size) {
        List<Value> last = every(left, axis, even, size, 1);
        List<Value> joined = new ArrayList<>();
        for (int i = 0; i < folded.size(); i++) {
          joined.add(emit.concat(axis, List.of(folded.get(i), last.get(i))));
        }
        folded = joined;
      }
      left = folded;
      size = (size + 1) / 2;
    }
    return each(left, value -> emit.squeeze(value, axis));
  }

  /**
   * Windows of {@code size} elements, {@code gap} apart: one for each element that one can begin
   * at. Windows of twice as many elements are made of two.
   */
  List<Value> windows(List<Value> tensors, int axis, int size, int gap) {
    List<Value> run = tensors;
    List<Value> whole = List.of();
    int covered = 0;
    for (int length = 1; length <= size; length *= 2) {
      int step = length * gap;
      if ((size & length) != 0) {
        whole =
            covered == 0 ? run : pairs(cut(whole, axis, 0, step), cut(run, axis, covered * gap, 0));
        covered += length;
      }
      if (2 * length <= size) {
        run = pairs(cut(run, axis, 0, step), cut(run, axis, step, 0));
      }
    }
    return whole;
  }

  /** Every element along a dimension whose number is a multiple of {@code stride}. */
  List<Value> strided(List<Value> tensors, int axis, int stride) {
    return stride == 1 ? tensors : every(tensors, axis, 0, Integer.MAX_VALUE, stride);
  }

  private List<Value> every(List<Value> tensors, int axis, int from, int to, int step) {
    int rank = tensors.getFirst().type().shape().rank();
    int[] begin = new int[rank];
    int[] end = Dimensions.filled(rank, Integer.MAX_VALUE);
    int[] by = Dimensions.filled(rank, 1);
    begin[axis] = from;
    end[axis] = to;
    by[axis] = step;
    return each(tensors, value -> emit.slice(value, begin, end, by));
  }

  private List<Value> cut(List<Value> tensors, int axis, int first, int last) {
    int rank = tensors.getFirst().type().shape().rank();
    int[] from = new int[rank];
    int[] to = new int[rank];
    from[axis] = first;
    to[axis] = -last;
    return each(tensors, value -> SliceOps.cut(emit, value, from, to));
  }

  private static List<Value> each(List<Value> tensors, UnaryOperator<Value> change) {
    return tensors.stream().map(change).toList();
  }
}
