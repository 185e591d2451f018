package org.signet.op.flex;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow ops. */
public final class TfOpDefinitions {
  private TfOpDefinitions() {}

  /** The families, in alphabetical order: a new file of TensorFlow ops is added here, and nowhere else. */
  public static List<OpDefinition> all() {
    return Stream.of(
            TfArithmetic.definitions())
        .flatMap(List::stream)
        .toList();
  }
}
