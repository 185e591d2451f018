package org.signet.op;

import java.util.List;
import org.signet.type.TensorType;

/**
 * Gives the types of an op's results from what is known of its operands.
 *
 * <p>Works with unknown ranks and sizes (the result is then as unknown as must be) and with all
 * known, where it must be exact unless sizes depend on values that are not known.
 */
@FunctionalInterface
public interface ShapeRule {
  /**
   * The result types, as many as the op has results.
   *
   * @throws IllegalArgumentException if the operands contradict the op's definition; the message
   *     says how
   */
  List<TensorType> infer(OpTypes op);
}
