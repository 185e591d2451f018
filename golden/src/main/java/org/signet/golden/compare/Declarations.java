package org.signet.golden.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.signet.type.TensorType;

/**
 * Compares what is declared of signatures: keys, names, element types and shapes. Each method gives
 * the first difference, if there is one.
 */
final class Declarations {
  private Declarations() {}

  static Optional<String> names(
      String what, Collection<String> expected, Collection<String> actual) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(actual);
    List<String> extra = new ArrayList<>(actual);
    extra.removeAll(expected);
    if (missing.isEmpty() && extra.isEmpty()) {
      return Optional.empty();
    }
    String text = what + ":";
    text += missing.isEmpty() ? "" : " missing " + missing;
    text += missing.isEmpty() || extra.isEmpty() ? "" : ",";
    text += extra.isEmpty() ? "" : " unexpected " + extra;
    return Optional.of(text);
  }

  /**
   * Element types and shapes of inputs; where the expected rank is unknown, any shape will do. The
   * names must be equal.
   */
  static Optional<String> types(
      SequencedMap<String, TensorType> expected, SequencedMap<String, TensorType> actual) {
    for (Map.Entry<String, TensorType> input : expected.entrySet()) {
      TensorType wanted = input.getValue();
      TensorType found = actual.getOrDefault(input.getKey(), wanted);
      boolean sameShape = !wanted.shape().hasRank() || wanted.shape().equals(found.shape());
      if (wanted.dtype() != found.dtype() || !sameShape) {
        return Optional.of(
            "input '" + input.getKey() + "': declared as " + found + ", expected " + wanted);
      }
    }
    return Optional.empty();
  }
}
