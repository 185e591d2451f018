package org.signet.op;

import java.util.Arrays;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What TensorFlow's scatter ops on variables make of a variable's value, update by update. */
public final class RowScattering {
  private RowScattering() {}

  /**
   * How an update meets what is there.
   *
   * @param suffix what the names of the ops end in
   * @param hasIndexVectors whether there are ops that take index vectors, too
   */
  public record Kind(String suffix, boolean hasIndexVectors, Scattering.Merge merge) {}

  /** All kinds that TensorFlow has. */
  public static List<Kind> kinds() {
    return List.of(
        new Kind("Add", true, Scattering.ADD),
        new Kind("Div", false, merge(BinaryFunctions.DIV)),
        new Kind("Max", true, Scattering::max),
        new Kind("Min", true, Scattering::min),
        new Kind("Mul", false, merge(BinaryFunctions.MUL)),
        new Kind("Sub", true, Scattering::subtract),
        new Kind("Update", true, (from, i, to, k) -> Elements.copy(from, i, to, k, 1)));
  }

  private static Scattering.Merge merge(BinaryFunction function) {
    return (updates, from, target, to) -> {
      DType dtype = target.dtype();
      if (dtype.isFloating()) {
        double value =
            function.reals().applyAsDouble(target.getDouble(to), updates.getDouble(from));
        target.setDouble(to, value);
      } else if (dtype.isComplex()) {
        function
            .complex()
            .orElseThrow()
            .apply(Complex.get(target, to), Complex.get(updates, from))
            .store(target, to);
      } else {
        target.setLong(
            to, function.integers().applyAsLong(target.getLong(to), updates.getLong(from)));
      }
    };
  }

  /**
   * {@code value} with the rows that {@code indices}, of any shape, name changed by updates: a row
   * for each index, or one number for all elements.
   *
   * @throws IllegalArgumentException if an index is no row, or the updates do not fit
   */
  public static Tensor rows(Tensor value, Tensor indices, Tensor updates, Kind kind) {
    int[] shape = value.shape();
    Shapes.require(shape.length > 0, "a scalar has no rows");
    int width = Shapes.product(shape, 1, shape.length);
    int[] wanted = Arrays.copyOf(indices.shape(), indices.rank() + shape.length - 1);
    System.arraycopy(shape, 1, wanted, indices.rank(), shape.length - 1);
    boolean single = updates.rank() == 0;
    Shapes.require(
        updates.dtype() == value.dtype() && (single || Arrays.equals(updates.shape(), wanted)),
        "%s are no updates for the rows %s of %s",
        updates.type(),
        indices.type(),
        value.type());
    Tensor result = value.copy();
    for (int i = 0; i < indices.size(); i++) {
      long row = indices.getLong(i);
      if (row < 0 || row >= shape[0]) {
        throw Gathering.noRow(indices, i, shape[0]);
      }
      int to = (int) row * width;
      if (single) {
        for (int k = 0; k < width; k++) {
          kind.merge().merge(updates, 0, result, to + k);
        }
      } else {
        kind.merge().mergeRow(updates, i * width, result, to, width);
      }
    }
    return result;
  }

  /**
   * {@code value} with the slices that the index vectors of operand 1 name changed by operand 2.
   *
   * @throws IllegalArgumentException if a vector is outside, or the updates do not fit
   */
  public static Tensor slices(Tensor value, OpCall call, Kind kind) {
    Tensor updates = call.operand(2);
    Tensor result = value.copy();
    Shapes.require(
        updates.dtype() == value.dtype(), "updates of %s to %s", updates.type(), value.type());
    IndexVectors vectors = IndexVectors.of(call, 1, value.shape());
    Scattering.checkUpdates(vectors, updates);
    Scattering.merge(vectors, call.operand(1), updates, result, kind.merge());
    return result;
  }
}
