package org.signet.golden.compare;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.signet.op.ForwardingCall;
import org.signet.op.OpCall;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A second run of an operator on the same operands, with results and memory of its own. */
final class ShadowCall extends ForwardingCall {
  private final @Nullable Tensor[] results;

  ShadowCall(OpCall original) {
    super(original);
    this.results = new Tensor[original.resultCount()];
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
  public Workers workers() {
    return Workers.NONE;
  }

  @Override
  public float[] workspace(int length) {
    return new float[length];
  }
}
