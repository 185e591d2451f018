package org.signet.op;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/**
 * What is known of a use of an op, found out operand by operand.
 *
 * @param <T> what stands for an operand
 * @param attributes the attributes of the use
 * @param operands one for each operand, absent optional ones included
 * @param resultCount the number of results
 * @param type the type of an operand; empty for an absent one
 * @param constant the value of an operand that is there, if it is known
 * @param partial the same, of which some elements may be unknown
 */
public record ListedOperands<T>(
    Attributes attributes,
    List<T> operands,
    int resultCount,
    Function<T, Optional<TensorType>> type,
    Function<T, Optional<Tensor>> constant,
    Function<T, Optional<Tensor>> partial)
    implements OpTypes {
  @Override
  public int operandCount() {
    return operands.size();
  }

  @Override
  public boolean has(int i) {
    return i < operands.size() && type.apply(operands.get(i)).isPresent();
  }

  @Override
  public TensorType operand(int i) {
    return type.apply(operands.get(i)).orElseThrow();
  }

  @Override
  public Optional<Tensor> constant(int i) {
    return has(i) ? constant.apply(operands.get(i)) : Optional.empty();
  }

  @Override
  public Optional<Tensor> partial(int i) {
    return has(i) ? partial.apply(operands.get(i)) : Optional.empty();
  }
}
