package org.signet.op;

import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** What is known of one use of an op before it runs: the view that a {@link ShapeRule} gets. */
public interface OpTypes {
  /**
   * The element of an operand's {@linkplain #partial partly known value} that stands for "not
   * known". The value is chosen so that no size, index or axis is ever mistaken for it.
   */
  int UNKNOWN_ELEMENT = Integer.MIN_VALUE + 7777;

  Attributes attributes();

  /** The number of operands, absent optional ones included. */
  int operandCount();

  /** Whether operand {@code i} is there: an optional operand may be absent. */
  boolean has(int i);

  TensorType operand(int i);

  /** The value of operand {@code i}, if it is known already. */
  Optional<Tensor> constant(int i);

  /**
   * The value of an int32 or int64 operand of which some elements may be unknown ({@link
   * #UNKNOWN_ELEMENT}), such as a shape computed from a tensor with a free dimension; empty if
   * nothing is known. A known value is given here, too.
   */
  Optional<Tensor> partial(int i);

  /** The number of results this use has. */
  int resultCount();

  default Shape shape(int i) {
    return operand(i).shape();
  }

  default DType dtype(int i) {
    return operand(i).dtype();
  }
}
