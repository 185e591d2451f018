package org.signet.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.signet.kernel.StepGroup;
import org.signet.plan.Fusion.Planned;
import org.signet.plan.Offers.Offered;
import org.signet.type.TensorType;

/**
 * Steps that are to run as one.
 *
 * @param members in order
 * @param group as a provider sees them
 * @param given the tensors that are made elsewhere, with what is declared of them
 * @param results the tensors that are needed elsewhere, with what is declared of them
 */
record GroupedSteps(
    List<Planned> members,
    StepGroup group,
    SequencedMap<Integer, Optional<TensorType>> given,
    SequencedMap<Integer, TensorType> results) {

  /**
   * @param users by tensor, the operators that need it
   */
  static GroupedSteps of(List<Planned> members, Map<Integer, List<Integer>> users) {
    Set<Integer> operators = members.stream().map(Planned::operator).collect(Collectors.toSet());
    SequencedMap<Integer, TensorType> made = new LinkedHashMap<>();
    SequencedMap<Integer, Optional<TensorType>> given = new LinkedHashMap<>();
    for (Planned member : members) {
      PlanStep step = member.planStep();
      for (int i = 0; i < step.operands().length; i++) {
        if (!made.containsKey(step.operands()[i])) {
          given.putIfAbsent(step.operands()[i], step.operandTypes().get(i));
        }
      }
      for (int i = 0; i < step.results().length; i++) {
        made.put(step.results()[i], step.resultTypes().get(i));
      }
    }
    List<Integer> numbers = new ArrayList<>(given.keySet());
    numbers.addAll(made.keySet());
    SequencedMap<Integer, TensorType> results = new LinkedHashMap<>(made);
    results
        .keySet()
        .removeIf(tensor -> operators.containsAll(users.getOrDefault(tensor, List.of())));
    StepGroup group =
        new StepGroup(
            members.stream().map(Planned::step).toList(),
            members.stream().map(member -> numbers(member.planStep().operands(), numbers)).toList(),
            given.size(),
            results.keySet().stream().map(numbers::indexOf).toList());
    return new GroupedSteps(members, group, given, results);
  }

  private static List<Integer> numbers(int[] tensors, List<Integer> numbers) {
    return Arrays.stream(tensors).mapToObj(numbers::indexOf).toList();
  }

  /** The step that a kernel for the group makes. */
  PlanStep step(Offered offered) {
    PlanStep last = members.getLast().planStep();
    return new PlanStep(
        last.operator(),
        members.stream().map(member -> member.planStep().ops()).collect(Collectors.joining(" + ")),
        offered.provider(),
        last.attributes(),
        given.keySet().stream().mapToInt(tensor -> tensor).toArray(),
        List.copyOf(given.values()),
        results.keySet().stream().mapToInt(tensor -> tensor).toArray(),
        List.copyOf(results.values()),
        last.resultName(),
        false,
        new Action.Run(offered.kernel()),
        members.stream().map(Planned::operator).limit(members.size() - 1L).toList(),
        new int[0]);
  }
}
