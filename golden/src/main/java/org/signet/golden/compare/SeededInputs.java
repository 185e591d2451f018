package org.signet.golden.compare;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Inputs for a signature, the same for the same seed: floating numbers of a few units, small
 * non-negative integers (they may be indices), texts that are numbers.
 *
 * @param size what free sizes are set to
 * @param rank the rank where it is unknown
 * @param integers what integers are
 * @param seed for the random numbers
 */
public record SeededInputs(int size, int rank, Integers integers, long seed) {
  private static final long MOST_ELEMENTS = 4_000_000;

  /** Numbers go from minus this to this. */
  private static final double RANGE = 2;

  private static final int TENTHS = 10;

  /** What integers are: indices, axes, sizes or anything else, which a type does not say. */
  public enum Integers {
    /** 0 or 1. */
    BITS(1),
    /** 0 to 3. */
    SMALL(3),
    /** 0 to 9. */
    DIGITS(9),
    /** 0, 1, 2 and so on, as in a permutation. */
    COUNTING(9),
    /** −1, which stands for a size that follows from others. */
    MINUS_ONE(0);

    private final int largest;

    Integers(int largest) {
      this.largest = largest;
    }

    int at(int i, SplittableRandom random) {
      return switch (this) {
        case COUNTING -> i;
        case MINUS_ONE -> -1;
        default -> random.nextInt(largest + 1);
      };
    }
  }

  /**
   * A tensor for each input.
   *
   * @return empty if one would be very large, or is of a type that a caller can't make
   */
  public Optional<Map<String, Tensor>> make(SequencedMap<String, TensorType> inputs) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorType> input : inputs.entrySet()) {
      int[] shape = concrete(input.getValue().shape());
      DType dtype = input.getValue().dtype();
      if (tooLarge(shape) || dtype == DType.RESOURCE || dtype == DType.VARIANT) {
        return Optional.empty();
      }
      tensors.put(input.getKey(), tensor(dtype, random.split(), shape));
    }
    return Optional.of(tensors);
  }

  private int[] concrete(Shape shape) {
    int[] sizes = shape.hasRank() ? shape.dims() : Shape.ofRank(rank).dims();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] == Shape.UNKNOWN ? size : sizes[i];
    }
    return sizes;
  }

  private static boolean tooLarge(int... shape) {
    try {
      return Shape.elements(shape) > MOST_ELEMENTS;
    } catch (ArithmeticException e) {
      return true;
    }
  }

  private Tensor tensor(DType dtype, SplittableRandom random, int... shape) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size(); i++) {
      switch (dtype) {
        case COMPLEX64 -> {
          tensor.floats()[2 * i] = (float) number(random);
          tensor.floats()[2 * i + 1] = (float) number(random);
        }
        case COMPLEX128 -> {
          tensor.doubles()[2 * i] = number(random);
          tensor.doubles()[2 * i + 1] = number(random);
        }
        case STRING -> tensor.strings()[i] = text(random);
        case BOOL -> tensor.setLong(i, random.nextInt(2));
        default -> {
          if (dtype.isFloating()) {
            tensor.setDouble(i, number(random));
          } else {
            tensor.setLong(i, integers.at(i, random));
          }
        }
      }
    }
    return tensor;
  }

  private static double number(SplittableRandom random) {
    return random.nextDouble(-RANGE, RANGE);
  }

  private byte[] text(SplittableRandom random) {
    // Half of them integers, for models that parse those only.
    int number = random.nextInt(integers.largest + 1);
    String text = seed % 2 == 0 ? String.valueOf(number) : number + "." + random.nextInt(TENTHS);
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
