package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** A call of an op on a table. */
final class TableCall implements OpCall {
  private final List<Tensor> operands;
  private final Tensor[] results;

  TableCall(int results, Tensor... operands) {
    this.operands = List.of(operands);
    this.results = new Tensor[results];
  }

  @Override
  public Attributes attributes() {
    return Attributes.NONE;
  }

  @Override
  public int operandCount() {
    return operands.size();
  }

  @Override
  public boolean has(int i) {
    return i < operands.size();
  }

  @Override
  public Tensor operand(int i) {
    return operands.get(i);
  }

  @Override
  public TensorType operandType(int i) {
    return operand(i).type();
  }

  @Override
  public int resultCount() {
    return results.length;
  }

  @Override
  public TensorType resultType(int i) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Tensor result(int i, DType dtype, int... shape) {
    results[i] = Tensor.zeros(dtype, shape);
    return results[i];
  }

  @Override
  public void resultReshaped(int i, int operand, int... shape) {
    results[i] = operand(operand).reshaped(shape);
  }

  @Override
  public void result(int i, Tensor value) {
    results[i] = value;
  }

  @Override
  public Tensor currentResult(int i) {
    return results[i];
  }

  @Override
  public SessionState state() {
    throw new UnsupportedOperationException();
  }
}
