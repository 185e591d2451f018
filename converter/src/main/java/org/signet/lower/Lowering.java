package org.signet.lower;

import java.util.Set;

/**
 * Turns uses of some TensorFlow ops into builtins. Stateless.
 *
 * <p>Those of other people are found by {@link java.util.ServiceLoader}, and are asked first: name
 * the implementation in {@code META-INF/services/org.signet.lower.Lowering} of a jar on the class
 * path.
 */
public interface Lowering {
  /** The TensorFlow ops it is for. */
  Set<String> ops();

  /**
   * Emits builtins that give {@code op}'s results exactly, or within their accuracy class, for
   * every value of the operands; or declines and says why. Whatever it has emitted before declining
   * is unused and goes away.
   */
  Lowered lower(TfOp op, Emitter emit);
}
