package org.signet.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.signet.kernel.Following;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.op.FusedActivation;
import org.signet.plan.Explanation.Choice;
import org.signet.plan.Offers.Offered;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Puts steps together where a kernel {@linkplain Kernel#then also does} the steps that alone need
 * its result, and those that a provider runs {@linkplain KernelProvider#together as a group}. The
 * step that this makes stands where the last of them did.
 */
final class Fusion {
  private final List<Planned> planned;

  /** By tensor, the operators that need it; outputs are needed by one more, that is none. */
  private final Map<Integer, List<Integer>> users = new HashMap<>();

  /** By result, the TRANSPOSEs in a constant order. */
  private final Map<Integer, Planned> transposes = new HashMap<>();

  /** The operators that have been put together with others, or need not run. */
  private final Set<Integer> done;

  private final List<PlanStep> groups;

  /**
   * A step of one operator.
   *
   * @param first the kernel that is asked first whether it does other steps, too
   */
  record Planned(Step step, PlanStep planStep, Optional<Offered> first) {
    int operator() {
      return planStep.operator();
    }

    Shape shape() {
      return planStep.resultTypes().getFirst().shape();
    }

    /** Whether it multiplies a tensor by 1; then the tensor. */
    private Optional<Integer> same() {
      boolean isProduct =
          result().isPresent()
              && step.op().isBuiltin()
              && step.op().name().equals("MUL")
              && step.operandTypes().size() == 2
              && FusedActivation.of(step.attributes()).isNone();
      for (int i = 0; isProduct && i < 2; i++) {
        Optional<TensorType> other = step.operandTypes().get(1 - i);
        boolean isSame =
            step.constants().get(i).filter(Planned::isOne).isPresent()
                && other.isPresent()
                && other.get().shape().hasRank()
                && other.get().shape().equals(shape());
        if (isSame) {
          return Optional.of(planStep.operands()[1 - i]);
        }
      }
      return Optional.empty();
    }

    /** Whether it puts the dimensions of a float32 tensor in an order that is known. */
    private boolean isTranspose() {
      return result().isPresent()
          && step.op().isBuiltin()
          && step.op().name().equals("TRANSPOSE")
          && step.constants().size() == 2
          && step.constants().get(1).isPresent()
          && step.operandTypes()
              .getFirst()
              .map(TensorType::dtype)
              .equals(Optional.of(DType.FLOAT32));
    }

    private static boolean isOne(Tensor factor) {
      return factor.dtype() == DType.FLOAT32 && factor.size() == 1 && factor.floats()[0] == 1;
    }

    private Planned with(int[] operands) {
      return new Planned(step, planStep.with(operands), first);
    }

    /** Its result, if it is a kernel with just one. */
    Optional<Integer> result() {
      boolean simple =
          planStep.action() instanceof Action.Run
              && !planStep.keepsTensors()
              && planStep.results().length == 1;
      return simple ? Optional.of(planStep.results()[0]) : Optional.empty();
    }
  }

  private Fusion(
      ModelSubgraph subgraph,
      List<Planned> given,
      Set<Integer> computedOnce,
      List<KernelProvider> providers) {
    done = new HashSet<>(computedOnce);
    planned = new ArrayList<>(given);
    Set<Integer> outputs = Arrays.stream(subgraph.outputs()).boxed().collect(Collectors.toSet());
    Map<Integer, Integer> same = new HashMap<>();
    for (Planned step : given) {
      int[] operands = step.planStep().operands().clone();
      Arrays.setAll(operands, i -> same.getOrDefault(operands[i], operands[i]));
      planned.set(step.operator(), step.with(operands));
      Optional<Integer> tensor = planned.get(step.operator()).same();
      if (tensor.isPresent() && !outputs.contains(step.planStep().results()[0])) {
        same.put(step.planStep().results()[0], tensor.get());
        done.add(step.operator());
      }
    }
    for (Planned user : planned) {
      if (done.contains(user.operator())) {
        continue;
      }
      IntStream.of(user.planStep().operands())
          .distinct()
          .forEach(operand -> use(operand, user.operator()));
    }
    for (Planned step : planned) {
      if (step.isTranspose() && !isVariable(subgraph, step.planStep().operands()[0])) {
        transposes.put(step.planStep().results()[0], step);
      }
    }
    for (int output : subgraph.outputs()) {
      use(output, ModelOperator.ABSENT);
    }
    for (int i = 0; i < subgraph.tensors().size(); i++) {
      if (isVariable(subgraph, i)) {
        use(i, ModelOperator.ABSENT);
      }
    }
    groups = Groups.find(planned, done, users, providers);
    for (PlanStep step : groups) {
      done.add(step.operator());
      done.addAll(step.within());
    }
  }

  private static boolean isVariable(ModelSubgraph subgraph, int tensor) {
    return subgraph.tensors().get(tensor).isVariable();
  }

  private void use(int tensor, int operator) {
    users.computeIfAbsent(tensor, _ -> new ArrayList<>()).add(operator);
  }

  /**
   * The steps of a subgraph, put together where that can be done.
   *
   * @param planned one for each operator
   * @param computedOnce the operators whose results are constants
   */
  static List<PlanStep> fuse(
      ModelSubgraph subgraph,
      List<Planned> planned,
      Set<Integer> computedOnce,
      List<KernelProvider> providers) {
    return new Fusion(subgraph, planned, computedOnce, providers).fuse();
  }

  /** The choices, telling which operators run within the kernel of another one. */
  static List<Choice> explain(List<Choice> choices, List<PlanStep> steps) {
    List<Choice> explained = new ArrayList<>(choices);
    for (PlanStep step : steps) {
      for (int operator : step.within()) {
        explained.set(operator, choices.get(operator).by(step.provider()).within(step.operator()));
      }
      explained.set(step.operator(), choices.get(step.operator()).by(step.provider()));
    }
    return explained;
  }

  private List<PlanStep> fuse() {
    PlanStep[] steps = planned.stream().map(Planned::planStep).toArray(PlanStep[]::new);
    groups.forEach(group -> steps[group.operator()] = group);
    for (Planned first : planned) {
      if (done.contains(first.operator())) {
        continue;
      }
      PlanStep grown = withOthers(first);
      for (int operator : grown.within()) {
        done.add(operator);
      }
      if (!grown.within().isEmpty()) {
        done.add(grown.operator());
        steps[grown.operator()] = grown;
      }
    }
    return IntStream.range(0, steps.length)
        .filter(i -> !steps[i].within().isEmpty() || !done.contains(i))
        .mapToObj(i -> steps[i])
        .toList();
  }

  /** The step with others that its kernel does, too; if it does none, it runs alone. */
  private PlanStep withOthers(Planned first) {
    PlanStep alone = first.planStep();
    PlanStep begun = first.first().isPresent() ? alone.by(first.first().get()) : alone;
    PlanStep grown = readingTransposed(grow(first, begun));
    return grown.within().isEmpty() ? alone : grown;
  }

  private PlanStep grow(Planned first, PlanStep begun) {
    PlanStep grown = begun;
    Planned last = first;
    while (true) {
      Optional<Next> next = next(last);
      if (next.isEmpty() || !(grown.action() instanceof Action.Run(Kernel kernel))) {
        return grown;
      }
      Optional<Kernel> both = kernel.then(next.get().following());
      if (both.isEmpty()) {
        return grown;
      }
      grown = together(grown, next.get(), both.get());
      last = next.get().planned();
    }
  }

  /** The same step, which does the TRANSPOSEs of its operands, too, where its kernel can. */
  private PlanStep readingTransposed(PlanStep step) {
    PlanStep reading = step;
    for (int i = 0; i < step.operands().length; i++) {
      Planned transpose = transposes.get(step.operands()[i]);
      if (transpose != null
          && !done.contains(transpose.operator())
          && isUsedOnce(step, i)
          && reading.action() instanceof Action.Run(Kernel kernel)) {
        int[] order = transpose.step().constants().get(1).orElseThrow().toInts();
        Optional<Kernel> other = kernel.reading(i, order);
        if (other.isPresent()) {
          reading = reading.reading(i, transpose.planStep(), new Action.Run(other.get()));
          done.add(transpose.operator());
        }
      }
    }
    return reading;
  }

  /** Whether nothing but one operand of a step needs a tensor. */
  private boolean isUsedOnce(PlanStep step, int operand) {
    int tensor = step.operands()[operand];
    return users.getOrDefault(tensor, List.of()).size() == 1
        && Arrays.stream(step.operands()).filter(other -> other == tensor).count() == 1;
  }

  /** What follows, and the operators between. */
  private record Next(Planned planned, Following following, List<Integer> between) {}

  private Optional<Next> next(Planned last) {
    if (last.result().isEmpty()) {
      return Optional.empty();
    }
    int result = last.result().get();
    List<Integer> needing = users.getOrDefault(result, List.of());
    if (needing.contains(ModelOperator.ABSENT) || needing.isEmpty() || needing.size() > 2) {
      return Optional.empty();
    }
    if (needing.size() == 2) {
      Planned one = planned.get(needing.getFirst());
      Planned other = planned.get(needing.getLast());
      return gated(result, one, other).or(() -> normalized(last, one, other));
    }
    Planned next = planned.get(needing.getFirst());
    int[] operands = next.planStep().operands();
    List<Integer> previous =
        IntStream.range(0, operands.length).filter(i -> operands[i] == result).boxed().toList();
    return next.result().isEmpty()
            || done.contains(next.operator())
            || !last.shape().hasRank()
            || !next.shape().hasRank()
        ? Optional.empty()
        : Optional.of(new Next(next, Following.direct(next.step(), previous), List.of()));
  }

  /** The product of a tensor and its logistic, if these are what two operators compute. */
  private Optional<Next> gated(int tensor, Planned logistic, Planned product) {
    boolean isGate =
        logistic.result().isPresent()
            && product.result().isPresent()
            && !done.contains(logistic.operator())
            && !done.contains(product.operator())
            && logistic.step().op().isBuiltin()
            && logistic.step().op().name().equals("LOGISTIC")
            && users
                .getOrDefault(logistic.result().get(), List.of())
                .equals(List.of(product.operator()));
    if (!isGate) {
      return Optional.empty();
    }
    int[] operands = product.planStep().operands().clone();
    int[] both = {tensor, logistic.result().get()};
    Arrays.sort(operands);
    Arrays.sort(both);
    return Arrays.equals(operands, both)
        ? Optional.of(
            new Next(
                product,
                new Following(product.step(), List.of(0, 1), new Following.Form.Gated()),
                List.of(logistic.operator())))
        : Optional.empty();
  }

  private Optional<Next> normalized(Planned mean, Planned one, Planned other) {
    return Normalized.find(mean, one, other, this::onlyUser)
        .filter(found -> found.operators().stream().noneMatch(done::contains))
        .map(found -> {
          Planned product = planned.get(found.operators().getLast());
          return new Next(
              product,
              new Following(
                  product.step(), List.of(0, 1), new Following.Form.Normalized(found.epsilon())),
              found.operators().subList(0, found.operators().size() - 1));
        });
  }

  /** The step that alone needs the result of another one. */
  private Optional<Planned> onlyUser(Planned step) {
    List<Integer> needing =
        step.result().map(result -> users.getOrDefault(result, List.of())).orElse(List.of());
    return needing.size() == 1 && needing.getFirst() != ModelOperator.ABSENT
        ? Optional.of(planned.get(needing.getFirst()))
        : Optional.empty();
  }

  private static PlanStep together(PlanStep grown, Next next, Kernel kernel) {
    PlanStep last = next.planned().planStep();
    List<Integer> others = next.following().others();
    List<Optional<TensorType>> types = new ArrayList<>(grown.operandTypes());
    others.forEach(i -> types.add(last.operandTypes().get(i)));
    List<Integer> within = new ArrayList<>(grown.within());
    within.add(grown.operator());
    within.addAll(next.between());
    return new PlanStep(
        last.operator(),
        grown.ops() + " + " + last.ops(),
        grown.provider(),
        grown.attributes(),
        IntStream.concat(
                Arrays.stream(grown.operands()), others.stream().mapToInt(i -> last.operands()[i]))
            .toArray(),
        types,
        last.results(),
        last.resultTypes(),
        last.resultName(),
        false,
        new Action.Run(kernel),
        within,
        new int[0]);
  }
}
