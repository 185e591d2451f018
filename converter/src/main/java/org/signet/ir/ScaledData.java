package org.signet.ir;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * Float32 weights times a factor for each of their channels. The same weights times equal factors
 * are equal, whichever signature multiplies them.
 *
 * @param source the weights
 * @param factors one for each channel
 * @param inner the number of elements that stand behind each other for one channel: the product of
 *     the sizes behind the channels' axis
 */
public record ScaledData(ConstantData source, Tensor factors, int inner)
    implements ConstantData.Derived {
  /**
   * The product of weights and constants that are one number, or numbers along one axis.
   *
   * @param shape of the weights and of the product, static
   */
  static Optional<ScaledData> of(ConstantData weights, Shape shape, Tensor constants) {
    Tensor factors = constants.reshaped(constants.size());
    if (constants.size() == 1) {
      return Optional.of(new ScaledData(weights, factors, 1));
    }
    int inner = 1;
    for (int i = 1; i <= constants.rank(); i++) {
      if (constants.dim(-i) != 1) {
        return constants.dim(-i) == constants.size()
            ? Optional.of(new ScaledData(weights, factors, inner))
            : Optional.empty();
      }
      inner *= shape.dim(shape.rank() - i);
    }
    return Optional.empty();
  }

  /**
   * The same numbers with rows and columns swapped, as scaled numbers of the swapped source: so
   * that it can be told what else is made of this source.
   *
   * @param swapped the swapped source
   */
  Optional<ScaledData> swapped(TransposedData swapped) {
    ConstantData numbers = swapped.simplified();
    if (factors.size() == 1) {
      return Optional.of(new ScaledData(numbers, factors, 1));
    }
    if (inner == 1 && factors.size() == swapped.rows()) {
      return Optional.of(new ScaledData(numbers, factors, swapped.columns()));
    }
    return inner == swapped.rows() && factors.size() == swapped.columns()
        ? Optional.of(new ScaledData(numbers, factors, 1))
        : Optional.empty();
  }

  /**
   * The factors in a form that weights of this shape are multiplied by, broadcast.
   *
   * @param shape of the weights, static
   */
  Tensor factorsAlong(Shape shape) {
    if (factors.size() == 1) {
      return Tensor.scalar(factors.floats()[0]);
    }
    int behind = 0;
    for (int size = 1; size < inner || shape.dim(-1 - behind) != factors.size(); behind++) {
      size *= shape.dim(-1 - behind);
    }
    int[] dims = new int[behind + 1];
    Arrays.fill(dims, 1);
    dims[0] = factors.size();
    return factors.reshaped(dims);
  }

  @Override
  public void read(long from, MemorySegment to, Scratch scratch) {
    float[] values = new float[Math.toIntExact(to.byteSize() / Float.BYTES)];
    MemorySegment bytes = MemorySegment.ofArray(values);
    source.read(from, bytes, scratch);
    long first = from / Float.BYTES;
    int channel = (int) (first / inner % factors.size());
    int left = inner - (int) (first % inner);
    for (int start = 0; start < values.length; ) {
      int end = Math.min(values.length, start + left);
      float factor = factors.floats()[channel];
      for (int i = start; i < end; i++) {
        values[i] *= factor;
      }
      channel = channel + 1 < factors.size() ? channel + 1 : 0;
      left = inner;
      start = end;
    }
    to.copyFrom(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScaledData(ConstantData its, Tensor numbers, int size)
        && inner == size
        && source.equals(its)
        && Arrays.equals(factors.floats(), numbers.floats());
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, Arrays.hashCode(factors.floats()), inner);
  }
}
