package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.signet.kernel.Step;
import org.signet.kernel.StepGroup;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Places of the values of an {@link ElementGroup} in its working memory: of those that nobody else
 * needs, and of single elements that are given. A value takes the place of one that is not needed
 * any more.
 */
final class RowPlaces {
  private static final int NONE = -1;

  private final StepGroup group;
  private final Set<Integer> results;
  private final int[] places;

  /** For each value the last step that needs it. */
  private final int[] lastUses;

  private int count;

  RowPlaces(StepGroup group) {
    this.group = group;
    this.results = new HashSet<>(group.results());
    int made = group.steps().stream().mapToInt(step -> step.resultTypes().size()).sum();
    places = new int[group.given() + made];
    lastUses = new int[places.length];
    Arrays.fill(places, NONE);
    for (int i = 0; i < group.steps().size(); i++) {
      Step step = group.steps().get(i);
      for (int k = 0; k < group.operands().get(i).size(); k++) {
        int value = group.operands().get(i).get(k);
        lastUses[value] = i;
        if (value < group.given() && places[value] == NONE && isOne(step.operandTypes().get(k))) {
          places[value] = count++;
        }
      }
    }
  }

  private static boolean isOne(Optional<TensorType> type) {
    return type.isPresent()
        && type.get().dtype() == DType.FLOAT32
        && type.get().shape().isStatic()
        && Arrays.stream(type.get().shape().dims()).allMatch(size -> size == 1);
  }

  /** Finds places for the results of step {@code i}; false if there can't be any. */
  boolean add(int i, RowPart part) {
    switch (part) {
      case RowPart.Split(_, int to, int parts) -> {
        for (int k = 0; k < parts; k++) {
          if (results.contains(to + k)) {
            return false;
          }
          places[to + k] = count++;
        }
      }
      case RowPart.One one -> place(i, one.to(), one.from());
      case RowPart.Two two -> place(i, two.to(), two.first(), two.second());
    }
    return true;
  }

  private void place(int i, int result, int... operands) {
    if (results.contains(result)) {
      return;
    }
    for (int operand : operands) {
      if (operand >= group.given() && lastUses[operand] == i && places[operand] != NONE) {
        places[result] = places[operand];
        return;
      }
    }
    places[result] = count++;
  }

  /** The number of places. */
  int count() {
    return count;
  }

  /** For each value its place; −1 if it has none. */
  int[] toArray() {
    return places.clone();
  }
}
