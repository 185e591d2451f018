package org.signet.op.flex.random;

import java.util.List;
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

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfCandidates" -> TfCandidates.definitions();
      case "TfGenerators" -> TfGenerators.definitions();
      case "TfRandom" -> TfRandom.definitions();
      case "TfStatelessRandom" -> TfStatelessRandom.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}
