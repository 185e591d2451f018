package org.signet.kernel;

import java.util.Optional;
import org.signet.op.OpCall;

/** Runs one step of a plan. Immutable; may be called from many threads at once. */
@FunctionalInterface
public interface Kernel {
  /**
   * @throws IllegalArgumentException if the operands' values contradict the op's definition
   */
  void run(OpCall call);

  /**
   * A kernel that also does the step that follows, and so never writes what lies between. Its
   * operands are those of this one and then the others of the step; its result is the step's.
   */
  default Optional<Kernel> then(Following following) {
    return Optional.empty();
  }

  /**
   * What the first run would do with constants, if that takes long: it may be done in another
   * thread before, or at the same time.
   */
  default Optional<Runnable> preparation() {
    return Optional.empty();
  }

  /**
   * A kernel that takes an operand as it is before a TRANSPOSE.
   *
   * @param order of the TRANSPOSE: its result's dimension {@code i} is dimension {@code order[i]}
   */
  default Optional<Kernel> reading(int operand, int... order) {
    return Optional.empty();
  }
}
