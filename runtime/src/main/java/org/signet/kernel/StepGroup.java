package org.signet.kernel;

import java.util.List;

/**
 * Steps that compute functions of elements of each other's results and of parts of split tensors.
 *
 * <p>Values have numbers: first those that are given, then the results of each step in turn.
 *
 * @param steps in an order in which they can run
 * @param operands for each step the numbers of its operands
 * @param given how many values are made elsewhere; in this order they are the group's operands
 * @param results the numbers of the values that are needed elsewhere
 */
public record StepGroup(
    List<Step> steps, List<List<Integer>> operands, int given, List<Integer> results) {
  public StepGroup {
    steps = List.copyOf(steps);
    operands = operands.stream().map(List::copyOf).toList();
    results = List.copyOf(results);
  }
}
