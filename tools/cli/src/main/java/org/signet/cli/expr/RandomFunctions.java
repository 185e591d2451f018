package org.signet.cli.expr;

import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * {@code np.random}'s older functions, with the very numbers that NumPy gives after {@code
 * np.random.seed}. Sources: {@code numpy/random/src/legacy/legacy-distributions.c} and {@code
 * numpy/random/src/distributions/distributions.c}.
 */
final class RandomFunctions {
  static final Set<String> NAMES =
      Set.of("rand", "randn", "random", "random_sample", "uniform", "normal", "randint");

  private final MersenneTwister generator;
  private Optional<Double> spare = Optional.empty();

  RandomFunctions(int seed) {
    this.generator = new MersenneTwister(seed);
  }

  /**
   * @return empty if there is no such function
   * @throws IllegalArgumentException if the arguments are wrong
   */
  Optional<Tensor> call(String name, ArgumentList arguments) {
    return switch (name) {
      case "rand" -> Optional.of(dimensions(arguments, generator::nextDouble));
      case "randn" -> Optional.of(dimensions(arguments, this::gauss));
      case "random", "random_sample" ->
          Optional.of(fill(arguments.takes(1, "size").find("size", 0), generator::nextDouble));
      case "uniform" -> {
        arguments.takes(3, "low", "high", "size");
        double low = arguments.real("low", 0, 0);
        double range = arguments.real("high", 1, 1) - low;
        yield Optional.of(
            fill(arguments.find("size", 2), () -> low + range * generator.nextDouble()));
      }
      case "normal" -> {
        arguments.takes(3, "loc", "scale", "size");
        double mean = arguments.real("loc", 0, 0);
        double deviation = arguments.real("scale", 1, 1);
        yield Optional.of(fill(arguments.find("size", 2), () -> mean + deviation * gauss()));
      }
      case "randint" -> Optional.of(integers(arguments.takes(3, "low", "high", "size")));
      default -> Optional.empty();
    };
  }

  private Tensor dimensions(ArgumentList arguments, DoubleSupplier numbers) {
    arguments.takes(Integer.MAX_VALUE);
    return fill(Optional.of(new Value.Items(arguments.positional())), numbers);
  }

  private static Tensor fill(Optional<Value> size, DoubleSupplier numbers) {
    Tensor filled = Arrays.zeros(DType.FLOAT64, shape(size));
    for (int i = 0; i < filled.size(); i++) {
      filled.setDouble(i, numbers.getAsDouble());
    }
    return filled;
  }

  private static int[] shape(Optional<Value> size) {
    return size.map(value -> Arrays.shape(value, Optional.empty())).orElse(new int[0]);
  }

  /** The polar method of Marsaglia, two numbers at a time. */
  private double gauss() {
    if (spare.isPresent()) {
      double number = spare.get();
      spare = Optional.empty();
      return number;
    }
    while (true) {
      double x = 2 * generator.nextDouble() - 1;
      double y = 2 * generator.nextDouble() - 1;
      double square = x * x + y * y;
      if (square < 1 && square != 0) {
        double factor = Math.sqrt(-2 * Math.log(square) / square);
        spare = Optional.of(factor * x);
        return factor * y;
      }
    }
  }

  /** Bits are drawn, and drawn again where the number is too large. */
  private Tensor integers(ArgumentList arguments) {
    long first = Arrays.integer(arguments.get("low", 0));
    boolean both = arguments.find("high", 1).isPresent();
    long low = both ? first : 0;
    long high = arguments.integer("high", 1, first);
    long range = high - 1 - low;
    if (high <= low || range < 0 || range > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(
          "np.random.randint needs low < high, less than 2**32 apart");
    }
    long mask = range == 0 ? 0 : Long.highestOneBit(range) * 2 - 1;
    Tensor filled = Arrays.zeros(DType.INT64, shape(arguments.find("size", 2)));
    for (int i = 0; i < filled.size(); i++) {
      long number = 0;
      do {
        number = range == 0 ? 0 : generator.nextInt() & mask;
      } while (number > range);
      filled.setLong(i, low + number);
    }
    return filled;
  }
}
