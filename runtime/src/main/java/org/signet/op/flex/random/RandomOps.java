package org.signet.op.flex.random;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;
import org.signet.op.Philox;
import org.signet.tensor.Tensor;

/** The families of TensorFlow's ops that draw random numbers. */
public final class RandomOps {
  private RandomOps() {}

  /** The generator that the seed of a stateless op, two numbers, begins. */
  public static Philox seeded(Tensor seed) {
    return TfStatelessRandom.seeded(seed);
  }

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(TfRandom.definitions(), TfStatelessRandom.definitions())
        .flatMap(List::stream)
        .toList();
  }
}
