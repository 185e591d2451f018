package org.signet.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Plans the operators that run other subgraphs, checking that these take and give what the
 * operators do.
 */
final class ControlFlowPlanner {
  private final IntFunction<Plan> plans;

  ControlFlowPlanner(IntFunction<Plan> plans) {
    this.plans = plans;
  }

  /** What to do, and whether the subgraphs use state. */
  record Planned(Action action, boolean usesState) {}

  /** Empty for an operator that is no control flow. */
  Optional<Planned> plan(ModelOperator operator, Step step) {
    if (!step.op().isBuiltin()) {
      return Optional.empty();
    }
    return switch (step.op().name()) {
      case "IF" -> {
        Plan whenTrue = nested(step, "then_subgraph_index");
        Plan whenFalse = nested(step, "else_subgraph_index");
        check(operator.operands().length > 0, step);
        List<DType> arguments = operandTypes(step).subList(1, operator.operands().length);
        checkCall(step, whenTrue, arguments, resultTypes(step));
        checkCall(step, whenFalse, arguments, resultTypes(step));
        yield planned(new Action.If(whenTrue, whenFalse), whenTrue, whenFalse);
      }
      case "WHILE" -> {
        Plan condition = nested(step, "cond_subgraph_index");
        Plan body = nested(step, "body_subgraph_index");
        checkCall(step, condition, operandTypes(step), List.of(DType.BOOL));
        checkCall(step, body, operandTypes(step), operandTypes(step));
        check(operandTypes(step).equals(resultTypes(step)), step);
        yield planned(new Action.While(condition, body), condition, body);
      }
      case "STABLEHLO_CASE" -> {
        int[] indices = step.attributes().getInts("branch_subgraph_indices");
        check(indices.length > 0 && operator.operands().length > 0, step);
        List<Plan> branches = Arrays.stream(indices).mapToObj(plans).toList();
        List<DType> arguments = operandTypes(step).subList(1, operator.operands().length);
        branches.forEach(branch -> checkCall(step, branch, arguments, resultTypes(step)));
        yield planned(new Action.Case(branches), branches.toArray(Plan[]::new));
      }
      case "CALL", "STABLEHLO_COMPOSITE" -> {
        boolean composite = step.op().name().equals("STABLEHLO_COMPOSITE");
        Plan called = nested(step, composite ? "decomposition_subgraph_index" : "subgraph");
        checkCall(step, called, operandTypes(step), resultTypes(step));
        yield planned(new Action.Call(called), called);
      }
      case "CALL_ONCE" -> {
        Plan called = nested(step, "init_subgraph_index");
        checkCall(step, called, List.of(), List.of());
        yield Optional.of(new Planned(new Action.CallOnce(called), true));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Planned> planned(Action action, Plan... nested) {
    return Optional.of(new Planned(action, Arrays.stream(nested).anyMatch(Plan::usesState)));
  }

  private Plan nested(Step step, String option) {
    return plans.apply(step.attributes().getInt(option));
  }

  private static List<DType> operandTypes(Step step) {
    return step.operandTypes().stream()
        .map(type -> {
          check(type.isPresent(), step);
          return type.orElseThrow().dtype();
        })
        .toList();
  }

  private static List<DType> resultTypes(Step step) {
    return step.resultTypes().stream().map(TensorType::dtype).toList();
  }

  private static void checkCall(Step step, Plan plan, List<DType> arguments, List<DType> results) {
    check(
        types(plan, plan.subgraph().inputs()).equals(arguments)
            && types(plan, plan.subgraph().outputs()).equals(results),
        step);
  }

  private static List<DType> types(Plan plan, int[] tensors) {
    return Arrays.stream(tensors)
        .mapToObj(tensor -> plan.subgraph().tensors().get(tensor).type().dtype())
        .toList();
  }

  private static void check(boolean condition, Step step) {
    if (!condition) {
      throw SignetException.of(
          Code.MALFORMED_MODEL,
          "an operator " + step.op() + " does not take and give what the subgraphs it runs do");
    }
  }
}
