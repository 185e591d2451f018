package org.signet.plan;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Runs the steps that run other subgraphs. */
final class ControlFlow {
  private ControlFlow() {}

  static void run(Activation activation, PlanStep step) {
    switch (step.action()) {
      case Action.Call(Plan plan) -> call(activation, step, plan, 0);
      case Action.If(Plan whenTrue, Plan whenFalse) ->
          call(
              activation,
              step,
              isTrue(activation.get(step.operands()[0])) ? whenTrue : whenFalse,
              1);
      case Action.Case(List<Plan> branches) ->
          call(activation, step, chosen(branches, activation.get(step.operands()[0])), 1);
      case Action.While(Plan condition, Plan body) -> loop(activation, step, condition, body);
      case Action.CallOnce(Plan plan) -> once(activation, plan);
      case Action.Run run -> throw new IllegalStateException("no control flow: " + run);
    }
  }

  /** Runs a plan on the operands from {@code from} on, and takes its results. */
  private static void call(Activation activation, PlanStep step, Plan plan, int from) {
    Activation nested = activation.begin(plan);
    Values values = nested.values();
    values.take(activation, step.operands(), from);
    values.moveInto(nested, plan.subgraph().inputs());
    nested.runSteps();
    int[] outputs = plan.subgraph().outputs();
    for (int i = 0; i < step.results().length; i++) {
      activation.set(step.results()[i], nested.get(outputs[i]), nested.array(outputs[i]));
    }
    nested.end();
  }

  private static void loop(Activation activation, PlanStep step, Plan condition, Plan body) {
    Activation asking = activation.begin(condition);
    Activation working = activation.begin(body);
    Values values = working.values();
    values.take(activation, step.operands(), 0);
    while (holds(asking, condition, values)) {
      activation.loopSteps().take();
      values.moveInto(working, body.subgraph().inputs());
      working.runSteps();
      values.take(working, body.subgraph().outputs(), 0);
      working.clearAll();
    }
    values.moveInto(activation, step.results());
    working.end();
    asking.end();
  }

  private static boolean holds(Activation asking, Plan condition, Values values) {
    values.putInto(asking, condition.subgraph().inputs());
    asking.runSteps();
    boolean holds = isTrue(asking.get(condition.subgraph().outputs()[0]));
    asking.clearAll();
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
      Activation nested = activation.begin(plan);
      nested.runSteps();
      nested.end();
      done[0] = true;
    }
  }
}
