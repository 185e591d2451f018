package org.signet.op;

import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** A call that is another call in all that a subclass does not change. */
public abstract class ForwardingCall implements OpCall {
  private final OpCall call;

  protected ForwardingCall(OpCall call) {
    this.call = call;
  }

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
  public Tensor variable(int i) {
    return call.variable(i);
  }

  @Override
  public boolean isConstant(int i) {
    return call.isConstant(i);
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

  @Override
  public Workers workers() {
    return call.workers();
  }

  @Override
  public float[] workspace(int length) {
    return call.workspace(length);
  }

  @Override
  public Optional<Object> kept(Object maker) {
    return call.kept(maker);
  }

  @Override
  public void keep(Object maker, Object made) {
    call.keep(maker, made);
  }
}
