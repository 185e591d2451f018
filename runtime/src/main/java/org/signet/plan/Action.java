package org.signet.plan;

import java.util.List;
import org.signet.kernel.Kernel;

/** What a step does. */
public sealed interface Action {
  /**
   * Runs a kernel.
   *
   * @param kernel the kernel
   */
  record Run(Kernel kernel) implements Action {}

  /**
   * Runs another subgraph on all operands, and gives its outputs as results.
   *
   * @param plan the subgraph
   */
  record Call(Plan plan) implements Action {}

  /**
   * Runs another subgraph, without operands and results, if this session has not done so before.
   */
  record CallOnce(Plan plan) implements Action {}

  /**
   * Runs one of two subgraphs on all operands but the first, which decides.
   *
   * @param whenTrue runs if operand 0, a bool, is true
   * @param whenFalse runs otherwise
   */
  record If(Plan whenTrue, Plan whenFalse) implements Action {}

  /**
   * Runs one of several subgraphs on all operands but the first, which tells its number; the last
   * one for a number that none has.
   */
  record Case(List<Plan> branches) implements Action {
    public Case {
      branches = List.copyOf(branches);
    }
  }

  /**
   * Runs a subgraph on its own results, beginning with the operands, as long as a condition on them
   * holds.
   *
   * @param condition gives a bool
   * @param body gives as many results as it has operands
   */
  record While(Plan condition, Plan body) implements Action {}
}
