package org.signet.bench;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.SessionState;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Calls of one kernel, which write to the same arrays again and again, as those of a plan do. */
final class GridCall implements OpCall {
  private final GridPoint point;
  private final List<Tensor> operands;
  private Tensor result = Tensor.zeros(DType.FLOAT32, 0);
  private float[] workspace = {};
  private final IdentityHashMap<Object, Object> kept = new IdentityHashMap<>();

  GridCall(GridPoint point) {
    this.point = point;
    this.operands = point.operands();
  }

  @Override
  public Attributes attributes() {
    return point.step().attributes();
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
    return operands.get(i).type();
  }

  @Override
  public boolean isConstant(int i) {
    return point.step().constants().get(i).isPresent();
  }

  @Override
  public int resultCount() {
    return 1;
  }

  @Override
  public TensorType resultType(int i) {
    return point.step().resultTypes().get(i);
  }

  @Override
  public Tensor result(int i, DType dtype, int... shape) {
    if (!result.hasShape(shape)) {
      result = Tensor.zeros(dtype, shape);
    }
    return result;
  }

  @Override
  public void resultReshaped(int i, int operand, int... shape) {
    result = operand(operand).reshaped(shape);
  }

  @Override
  public void result(int i, Tensor value) {
    result = value;
  }

  @Override
  public Tensor currentResult(int i) {
    return result;
  }

  @Override
  public SessionState state() {
    throw new IllegalStateException("steps of the grid have no state");
  }

  @Override
  public Workers workers() {
    return Workers.NONE;
  }

  @Override
  public float[] workspace(int length) {
    if (workspace.length < length) {
      workspace = new float[length];
    }
    return workspace;
  }

  @Override
  public Optional<Object> kept(Object maker) {
    return Optional.ofNullable(kept.get(maker));
  }

  @Override
  public void keep(Object maker, Object made) {
    kept.put(maker, made);
  }
}
