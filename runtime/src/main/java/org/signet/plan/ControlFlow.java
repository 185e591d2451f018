package org.signet.plan;

import java.util.ArrayList;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Runs the steps that run other subgraphs. */
final class ControlFlow {
  private ControlFlow() {}

  static void run(Activation activation, PlanStep step) {
    switch (step.action()) {
      case Action.Call(Plan plan) ->
          setResults(activation, step, activation.runNested(plan, operands(activation, step, 0)));
      case Action.If(Plan whenTrue, Plan whenFalse) -> {
        Plan plan = isTrue(activation.get(step.operands()[0])) ? whenTrue : whenFalse;
        setResults(activation, step, activation.runNested(plan, operands(activation, step, 1)));
      }
      case Action.Case(List<Plan> branches) ->
          setResults(
              activation,
              step,
              activation.runNested(
                  chosen(branches, activation.get(step.operands()[0])),
                  operands(activation, step, 1)));
      case Action.While(Plan condition, Plan body) ->
          setResults(activation, step, loop(activation, step, condition, body));
      case Action.CallOnce(Plan plan) -> once(activation, plan);
      case Action.Run run -> throw new IllegalStateException("no control flow: " + run);
    }
  }

  private static List<Tensor> operands(Activation activation, PlanStep step, int from) {
    List<Tensor> operands = new ArrayList<>();
    for (int i = from; i < step.operands().length; i++) {
      operands.add(activation.get(step.operands()[i]));
    }
    return operands;
  }

  /** Stores results, of whose arrays this releases the share of the nested run. */
  private static void setResults(Activation activation, PlanStep step, List<Tensor> results) {
    for (int i = 0; i < step.results().length; i++) {
      activation.set(step.results()[i], results.get(i));
    }
    release(activation, results);
  }

  private static void release(Activation activation, List<Tensor> tensors) {
    tensors.forEach(tensor -> activation.pool().release(tensor.storage()));
  }

  private static List<Tensor> loop(
      Activation activation, PlanStep step, Plan condition, Plan body) {
    List<Tensor> values = operands(activation, step, 0);
    values.forEach(value -> activation.pool().retain(value.storage()));
    while (holds(activation, condition, values)) {
      activation.loopSteps().take();
      List<Tensor> next = activation.runNested(body, values);
      release(activation, values);
      values = next;
    }
    return values;
  }

  private static boolean holds(Activation activation, Plan condition, List<Tensor> values) {
    List<Tensor> results = activation.runNested(condition, values);
    boolean holds = isTrue(results.getFirst());
    release(activation, results);
    return holds;
  }

  private static Plan chosen(List<Plan> branches, Tensor number) {
    if (number.dtype() != DType.INT32 || number.size() != 1) {
      throw new IllegalArgumentException("the number is " + number.type() + ", not one int32");
    }
    int index = number.ints()[0];
    return index < 0 || index >= branches.size() ? branches.getLast() : branches.get(index);
  }

  private static boolean isTrue(Tensor condition) {
    if (condition.dtype() != DType.BOOL || condition.size() != 1) {
      throw new IllegalArgumentException("the condition is " + condition.type() + ", not one bool");
    }
    return condition.getBoolean(0);
  }

  private static void once(Activation activation, Plan plan) {
    boolean[] done =
        activation
            .state()
            .get(
                Executor.callOnceName(plan.subgraphIndex()), boolean[].class, () -> new boolean[1]);
    if (!done[0]) {
      release(activation, activation.runNested(plan, List.of()));
      done[0] = true;
    }
  }
}
