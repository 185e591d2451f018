package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;

/** Comparisons with broadcasting and the logic of bools. */
public final class Comparison {
  private Comparison() {}

  public static final BinaryFunction AND = bools((a, b) -> a & b);
  public static final BinaryFunction OR = bools((a, b) -> a | b);
  public static final UnaryFunction NOT = UnaryFunction.ofIntegers(a -> 1 - a);

  static List<OpDefinition> definitions() {
    return Stream.concat(
            Arrays.stream(Relation.values())
                .map(relation ->
                    OpDefinition.builtin(
                        relation.name(), Shapes.BROADCAST_TO_BOOL, relation::evaluate)),
            Stream.of(
                OpDefinition.builtin("LOGICAL_AND", Shapes.BROADCAST, AND::evaluate),
                OpDefinition.builtin("LOGICAL_OR", Shapes.BROADCAST, OR::evaluate),
                OpDefinition.builtin("LOGICAL_NOT", Shapes.SAME, NOT::evaluate)))
        .map(definition -> definition.accurate(Accuracy.EXACT))
        .toList();
  }

  private static BinaryFunction bools(LongBinaryOperator function) {
    return BinaryFunction.ofIntegers(function);
  }
}
