package org.signet.kernel.dense;

import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.SessionState;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Another call, whose work is shared.
 *
 * @param call the other call
 * @param workers who share it
 */
record SharedCall(OpCall call, Workers workers) implements OpCall {
  @Override
  public Attributes attributes() {
    return call.attributes();
  }

  @Override
  public int operandCount() {
    return call.operandCount();
  }

  @Override
  public boolean has(int i) {
    return call.has(i);
  }

  @Override
  public Tensor operand(int i) {
    return call.operand(i);
  }

  @Override
  public TensorType operandType(int i) {
    return call.operandType(i);
  }

  @Override
  public int resultCount() {
    return call.resultCount();
  }

  @Override
  public TensorType resultType(int i) {
    return call.resultType(i);
  }

  @Override
  public Tensor result(int i, DType dtype, int... shape) {
    return call.result(i, dtype, shape);
  }

  @Override
  public void resultReshaped(int i, int operand, int... shape) {
    call.resultReshaped(i, operand, shape);
  }

  @Override
  public void result(int i, Tensor value) {
    call.result(i, value);
  }

  @Override
  public Tensor currentResult(int i) {
    return call.currentResult(i);
  }

  @Override
  public SessionState state() {
    return call.state();
  }
}
