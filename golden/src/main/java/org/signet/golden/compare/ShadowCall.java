package org.signet.golden.compare;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.SessionState;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** A second run of an operator on the same operands, with results of its own. */
final class ShadowCall implements OpCall {
  private final OpCall original;
  private final @Nullable Tensor[] results;

  ShadowCall(OpCall original) {
    this.original = original;
    this.results = new Tensor[original.resultCount()];
  }

  @Override
  public Attributes attributes() {
    return original.attributes();
  }

  @Override
  public int operandCount() {
    return original.operandCount();
  }

  @Override
  public boolean has(int i) {
    return original.has(i);
  }

  @Override
  public Tensor operand(int i) {
    return original.operand(i);
  }

  @Override
  public TensorType operandType(int i) {
    return original.operandType(i);
  }

  @Override
  public int resultCount() {
    return results.length;
  }

  @Override
  public TensorType resultType(int i) {
    return original.resultType(i);
  }

  @Override
  public Tensor result(int i, DType dtype, int... shape) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    results[i] = tensor;
    return tensor;
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
    return Objects.requireNonNull(
        results[i], () -> "result " + i + " of " + Arrays.toString(results));
  }

  @Override
  public SessionState state() {
    return original.state();
  }
}
