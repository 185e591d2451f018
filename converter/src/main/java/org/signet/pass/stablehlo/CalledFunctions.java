package org.signet.pass.stablehlo;

import java.util.List;
import org.signet.ir.Value;

/** The functions of the model that a module calls by number. */
@FunctionalInterface
public interface CalledFunctions {
  /**
   * The results of a function, whose nodes go into the graph that the module goes into.
   *
   * @throws IndexOutOfBoundsException if there is no function of this number
   */
  List<Value> call(int number, List<Value> operands);
}
