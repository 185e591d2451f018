package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Comparisons with broadcasting and the logic of bools. */
public final class Comparison {
  private Comparison() {}

  public static final BinaryFunction AND =
      BinaryFunction.ofIntegers((a, b) -> a & b)
          .withBools((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = (byte) (a[k] & b[k]);
            }
          });
  public static final BinaryFunction OR =
      BinaryFunction.ofIntegers((a, b) -> a | b)
          .withBools((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = (byte) (a[k] | b[k]);
            }
          });
  public static final UnaryFunction NOT = UnaryFunction.ofIntegers(a -> 1 - a);

  static List<OpDefinition> definitions() {
    return Stream.concat(
            Arrays.stream(Relation.values())
                .map(relation ->
                    OpDefinition.builtin(
                        relation.name(), Shapes.BROADCAST_TO_BOOL, relation::evaluate)),
            Stream.of(
                OpDefinition.builtin("LOGICAL_AND", Shapes.BROADCAST, AND::evaluate)
                    .limited(AND.limits()),
                OpDefinition.builtin("LOGICAL_OR", Shapes.BROADCAST, OR::evaluate)
                    .limited(OR.limits()),
                OpDefinition.builtin("LOGICAL_NOT", Shapes.SAME, NOT::evaluate)
                    .limited(NOT.limits())))
        .map(definition -> definition.accurate(Accuracy.EXACT))
        .toList();
  }
}
