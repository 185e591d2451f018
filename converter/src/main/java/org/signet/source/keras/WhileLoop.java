package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.signet.op.Attributes;
import org.signet.op.Attributes.FunctionRef;

/** Adds loops. */
final class WhileLoop {
  private WhileLoop() {}

  /**
   * Adds a loop.
   *
   * @param start the loop's variables to begin with
   * @param condition gives a bool for the variables
   * @param body gives the variables of the next round, of the same types
   * @return the variables after the last round
   */
  static List<KerasTensor> add(
      GraphDefBuilder graph,
      List<KerasTensor> start,
      Function<List<KerasTensor>, KerasTensor> condition,
      UnaryOperator<List<KerasTensor>> body) {
    FunctionFrame.Captures captures = new FunctionFrame.Captures(graph.newName("captured"));
    List<KerasTensor> arguments =
        start.stream()
            .map(tensor -> KerasTensor.of(graph.newName("argument"), tensor.type()))
            .toList();
    FunctionFrame step = new FunctionFrame(arguments, captures);
    List<KerasTensor> next = graph.inFunction(step, () -> body.apply(arguments));
    FunctionFrame test = new FunctionFrame(arguments, captures);
    List<KerasTensor> holds = graph.inFunction(test, () -> List.of(condition.apply(arguments)));
    List<KerasTensor> results = joined(named(step, next), captures.inside());
    List<KerasTensor> operands = joined(start, captures.outside());
    Attributes attributes =
        Attributes.of("T", operands.stream().map(KerasTensor::dtype).toList())
            .with("cond", new FunctionRef(graph.define("condition", test, holds), Attributes.NONE))
            .with("body", new FunctionRef(graph.define("body", step, results), Attributes.NONE));
    List<KerasTensor> after = graph.add("While", attributes, operands);
    List<KerasTensor> variables = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      variables.add(after.get(i).refined(start.get(i).shape().common(next.get(i).shape())));
    }
    return variables;
  }

  /** The tensors under the names that the function knows them by. */
  private static List<KerasTensor> named(FunctionFrame frame, List<KerasTensor> tensors) {
    return tensors.stream()
        .map(tensor -> KerasTensor.of(frame.local(tensor), tensor.type()))
        .toList();
  }

  private static List<KerasTensor> joined(List<KerasTensor> some, List<KerasTensor> more) {
    List<KerasTensor> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
