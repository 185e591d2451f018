package org.signet.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.plan.Fusion.Planned;
import org.signet.plan.Offers.Offered;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Finds functions of elements of parts of split tensors, as the gates of recurrent cells, that a
 * provider runs as one step. The step stands where the last of them did.
 */
final class Groups {
  /** Fewer are no group. */
  private static final int LEAST_STEPS = 3;

  /** Parts of single rows that are worth it have so many elements. */
  private static final int LEAST_LENGTH = 16;

  /** Parts of many rows. */
  private static final int LEAST_LENGTH_OF_MANY = 64;

  private final List<Planned> planned;
  private final Set<Integer> excluded;
  private final Map<Integer, List<Integer>> users;
  private final List<KernelProvider> providers;

  /** By tensor, the operator that makes it. */
  private final Map<Integer, Integer> makers = new HashMap<>();

  private Groups(
      List<Planned> planned,
      Set<Integer> excluded,
      Map<Integer, List<Integer>> users,
      List<KernelProvider> providers) {
    this.planned = planned;
    this.excluded = new HashSet<>(excluded);
    this.users = users;
    this.providers = providers;
    for (Planned each : planned) {
      for (int result : each.planStep().results()) {
        makers.put(result, each.operator());
      }
    }
  }

  /**
   * The steps that groups make.
   *
   * @param excluded operators that belong to no group
   * @param users by tensor, the operators that need it
   */
  static List<PlanStep> find(
      List<Planned> planned,
      Set<Integer> excluded,
      Map<Integer, List<Integer>> users,
      List<KernelProvider> providers) {
    return new Groups(planned, excluded, users, providers).find();
  }

  private List<PlanStep> find() {
    List<PlanStep> steps = new ArrayList<>();
    for (Planned first : planned) {
      if (isSplit(first)) {
        SortedSet<Integer> members = grow(first);
        if (members.size() >= LEAST_STEPS) {
          Optional<PlanStep> step = step(members);
          step.ifPresent(steps::add);
          excluded.addAll(step.isPresent() ? members : Set.of());
        }
      }
    }
    return steps;
  }

  /** Whether it splits rows of float32 elements into parts that are long enough. */
  private boolean isSplit(Planned split) {
    Step step = split.step();
    if (!isFree(split, "SPLIT")
        || step.constants().getFirst().isEmpty()
        || !isFloat(step.operandTypes().get(1))
        || !split.shape().hasRank()
        || split.shape().rank() == 0) {
      return false;
    }
    Shape shape = split.shape();
    int axis = step.constants().getFirst().get().ints()[0];
    int least = LEAST_LENGTH;
    for (int i = 0; i < shape.rank() - 1; i++) {
      least = shape.dim(i) == 1 ? least : LEAST_LENGTH_OF_MANY;
    }
    return (axis == -1 || axis == shape.rank() - 1) && shape.dim(-1) >= least;
  }

  private boolean isFree(Planned each, String op) {
    return !excluded.contains(each.operator())
        && each.planStep().action() instanceof Action.Run
        && each.step().op().isBuiltin()
        && each.step().op().name().equals(op);
  }

  private static boolean isFloat(Optional<TensorType> type) {
    return type.isPresent() && type.get().dtype() == DType.FLOAT32;
  }

  /** The operators that form a group with a first one, up to one outside that needs it. */
  private SortedSet<Integer> grow(Planned first) {
    SortedSet<Integer> members = new TreeSet<>(Set.of(first.operator()));
    Set<Integer> values = results(first);
    for (Planned next : planned.subList(first.operator() + 1, planned.size())) {
      if (excluded.contains(next.operator()) || !needs(next, values)) {
        continue;
      }
      if (!isFunction(next)) {
        break;
      }
      for (int operand : next.planStep().operands()) {
        Optional<Planned> split =
            Optional.ofNullable(makers.get(operand)).map(planned::get).filter(this::isSplit);
        if (split.isPresent() && split.get().shape().equals(first.shape())) {
          members.add(split.get().operator());
          values.addAll(results(split.get()));
        }
      }
      members.add(next.operator());
      values.addAll(results(next));
    }
    return members;
  }

  private static Set<Integer> results(Planned each) {
    return Arrays.stream(each.planStep().results())
        .boxed()
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean needs(Planned each, Set<Integer> values) {
    return Arrays.stream(each.planStep().operands()).anyMatch(values::contains);
  }

  /** Whether it may be a function of elements; the provider knows. */
  private static boolean isFunction(Planned each) {
    return each.result().isPresent()
        && each.step().op().isBuiltin()
        && each.step().operandTypes().size() <= 2
        && each.step().operandTypes().stream().allMatch(Groups::isFloat);
  }

  private Optional<PlanStep> step(SortedSet<Integer> members) {
    // A provider takes all or none: without the last ones it may take them.
    NavigableSet<Integer> fewer = new TreeSet<>(members);
    while (fewer.size() >= LEAST_STEPS) {
      if (isInOrder(fewer)) {
        GroupedSteps grouped = GroupedSteps.of(fewer.stream().map(planned::get).toList(), users);
        for (KernelProvider provider : providers) {
          Optional<Kernel> kernel = provider.together(grouped.group());
          if (kernel.isPresent()) {
            return Optional.of(grouped.step(new Offered(provider.name(), kernel.get())));
          }
        }
      }
      fewer.pollLast();
    }
    return Optional.empty();
  }

  /** Whether nobody else needs a result before the last one is there. */
  private boolean isInOrder(SortedSet<Integer> members) {
    return members.stream()
        .flatMap(member -> results(planned.get(member)).stream())
        .flatMap(result -> users.getOrDefault(result, List.of()).stream())
        .allMatch(user ->
            user == ModelOperator.ABSENT || user > members.last() || members.contains(user));
  }
}
