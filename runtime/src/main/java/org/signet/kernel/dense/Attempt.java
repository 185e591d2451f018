package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.op.OpCall;

/** A kernel that may leave a call to the reference. Safe to call from many threads. */
@FunctionalInterface
interface Attempt {
  /**
   * A routine for this call and others whose operands are shaped alike. It looks at the values only
   * of operands that are no float32.
   *
   * @return empty for operands that the kernel was not made for, or that are wrong, which the
   *     reference then says
   */
  Optional<Routine> routine(OpCall call);

  /** Whether the routine looks at no operand's values, whatever their type. */
  default boolean isOfShapes() {
    return false;
  }

  /**
   * An attempt that also does a step which is no function of elements, if there is one.
   *
   * @param tail what comes between
   * @param next the position that the step's first other operand will have
   */
  default Optional<Attempt> with(Tail tail, Following following, int next) {
    return Optional.empty();
  }

  /** As {@link org.signet.kernel.Kernel#preparation}. */
  default Optional<Runnable> preparation() {
    return Optional.empty();
  }

  /** As {@link org.signet.kernel.Kernel#reading}. */
  default Optional<Attempt> reading(int operand, int... order) {
    return Optional.empty();
  }
}
