package org.signet.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.plan.Explanation.Choice;
import org.signet.plan.Offers.Offered;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Makes plans: asks the providers for a kernel for each operator, and finds out how long each
 * tensor is needed.
 */
final class Planner {
  private final TfliteModel model;
  private final List<KernelProvider> providers;
  private final ControlFlowPlanner controlFlow;

  /**
   * @param others gives the plans of other subgraphs
   */
  Planner(TfliteModel model, List<KernelProvider> providers, IntFunction<Plan> others) {
    this.model = model;
    this.providers = providers;
    this.controlFlow = new ControlFlowPlanner(others);
  }

  /**
   * What is decided for an operator.
   *
   * @param first who is asked first for a kernel that does other operators, too
   */
  private record Decision(
      Action action, boolean usesState, Choice choice, Optional<Offered> first) {}

  /**
   * @throws SignetException NO_KERNEL with a diagnostic for each operator that no provider runs
   */
  Plan plan(int index) {
    ModelSubgraph subgraph = model.subgraphs().get(index);
    List<ModelOperator> operators = subgraph.operators();
    @Nullable Tensor[] constants = Steps.constants(model, index);
    int[] variables = variables(index, subgraph);
    List<Fusion.Planned> planned = new ArrayList<>();
    List<Choice> choices = new ArrayList<>();
    Set<Integer> computedOnce = new HashSet<>();
    Set<Diagnostic> problems = new LinkedHashSet<>();
    boolean usesState = variables.length > 0;
    for (int i = 0; i < operators.size(); i++) {
      Step step = Steps.of(subgraph, operators.get(i), constants);
      try {
        Decision decision = decide(index, i, operators.get(i), step, subgraph);
        usesState |= decision.usesState();
        Optional<Tensor> constant = constantResult(operators.get(i), step, subgraph);
        if (constant.isPresent()) {
          constants[operators.get(i).results()[0]] = constant.get();
          computedOnce.add(i);
        }
        choices.add(constant.isPresent() ? decision.choice().by("once") : decision.choice());
        PlanStep planStep = planStep(i, operators.get(i), step, decision);
        planned.add(new Fusion.Planned(step, planStep, decision.first()));
      } catch (SignetException e) {
        problems.addAll(e.diagnostics());
      }
    }
    if (!problems.isEmpty()) {
      throw new SignetException(List.copyOf(problems));
    }
    List<PlanStep> steps =
        released(
            subgraph,
            Fusion.fuse(subgraph, planned, computedOnce, providers),
            constants,
            variables);
    Explanation explanation = new Explanation(index, Fusion.explain(choices, steps));
    List<ShapeSteps.Dependence> dependences =
        ShapeSteps.of(
            steps,
            planned.stream().map(Fusion.Planned::step).toList(),
            operators,
            constants,
            step -> effects(step) == Effects.PURE);
    return new Plan(
        index, subgraph, steps, dependences, constants, variables, usesState, explanation);
  }

  private static List<PlanStep> released(
      ModelSubgraph subgraph, List<PlanStep> steps, @Nullable Tensor[] constants, int[] variables) {
    int[][] released = Liveness.released(subgraph, steps, constants, variables);
    List<PlanStep> releasing = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      releasing.add(steps.get(i).releasing(released[i]));
    }
    return releasing;
  }

  private static int[] variables(int index, ModelSubgraph subgraph) {
    List<Integer> variables = new ArrayList<>();
    for (int i = 0; i < subgraph.tensors().size(); i++) {
      if (subgraph.tensors().get(i).isVariable()) {
        if (!subgraph.tensors().get(i).type().shape().isStatic()) {
          throw SignetException.of(
              Code.UNSUPPORTED_MODEL,
              "subgraph " + index + ", tensor " + i + " is a variable of unknown size");
        }
        variables.add(i);
      }
    }
    return variables.stream().mapToInt(i -> i).toArray();
  }

  private Decision decide(
      int subgraphIndex, int index, ModelOperator operator, Step step, ModelSubgraph subgraph) {
    String result = Steps.resultName(operator, subgraph);
    Optional<ControlFlowPlanner.Planned> nested = controlFlow.plan(operator, step);
    if (nested.isPresent()) {
      Choice choice = new Choice(index, step.op().toString(), result, "plan", List.of(), List.of());
      return new Decision(
          nested.get().action(), nested.get().usesState(), choice, Optional.empty());
    }
    Offers offers = Offers.of(step, providers);
    KernelSearch alone = offers.alone();
    Kernel kernel =
        alone
            .kernel()
            .orElseThrow(() ->
                new SignetException(
                    alone.missing(step, Steps.place(subgraphIndex, index, subgraph))));
    Choice choice =
        new Choice(
            index,
            step.op().toString(),
            result,
            alone.provider(),
            alone.refusals(),
            offers.estimates());
    return new Decision(new Action.Run(kernel), usesState(step), choice, offers.first());
  }

  private static Optional<Tensor> constantResult(
      ModelOperator operator, Step step, ModelSubgraph subgraph) {
    boolean isVariable =
        Arrays.stream(operator.results()).anyMatch(i -> subgraph.tensors().get(i).isVariable());
    return isVariable
        ? Optional.empty()
        : OpDefinitions.standard()
            .find(step.op())
            .flatMap(definition -> ConstantStep.result(definition, step));
  }

  private static Effects effects(Step step) {
    // Nothing is known of an op without a definition.
    return OpDefinitions.standard()
        .find(step.op())
        .map(OpDefinition::effects)
        .orElse(Effects.WRITES_STATE);
  }

  private static boolean usesState(Step step) {
    // Generators of random numbers live in the session, too.
    return effects(step) != Effects.PURE;
  }

  /** A table, a list or a variable may hold on to what it is given. */
  private static boolean keepsTensors(Step step) {
    return effects(step) == Effects.WRITES_STATE
        || step.resultTypes().stream()
            .anyMatch(type -> type.dtype() == DType.VARIANT || type.dtype() == DType.RESOURCE);
  }

  private PlanStep planStep(int index, ModelOperator operator, Step step, Decision decision) {
    boolean isKernel = decision.action() instanceof Action.Run;
    return new PlanStep(
        index,
        step.op().toString(),
        decision.choice().provider(),
        step.attributes(),
        operator.operands(),
        step.operandTypes(),
        operator.results(),
        step.resultTypes(),
        decision.choice().result(),
        isKernel && keepsTensors(step),
        decision.action(),
        List.of(),
        new int[0]);
  }
}
