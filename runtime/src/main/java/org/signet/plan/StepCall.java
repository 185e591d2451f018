package org.signet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.SessionState;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** What the kernel of one step sees of its activation. */
final class StepCall implements OpCall {
  private final Activation activation;
  private final PlanStep step;

  /** Who keeps something: a kernel, and the reference that it leaves some calls to. */
  private final List<Object> makers = new ArrayList<>(1);

  /** What each of them keeps. */
  private final List<Optional<Object>> made = new ArrayList<>(1);

  /** The shapes of the last results that were like operands. */
  private final int[][] shapes;

  StepCall(Activation activation, PlanStep step) {
    this.activation = activation;
    this.step = step;
    this.shapes = new int[step.results().length][0];
  }

  @Override
  public Attributes attributes() {
    return step.attributes();
  }

  @Override
  public int operandCount() {
    return step.operands().length;
  }

  @Override
  public boolean has(int i) {
    return i < step.operands().length && step.operands()[i] >= 0;
  }

  @Override
  public Tensor operand(int i) {
    if (!has(i)) {
      throw new IllegalArgumentException("operand " + i + " is missing");
    }
    return activation.get(step.operands()[i]);
  }

  @Override
  public Tensor variable(int i) {
    Tensor tensor = operand(i);
    if (!activation.isVariable(step.operands()[i])) {
      throw new IllegalArgumentException("operand " + i + " holds state, but is no variable");
    }
    return tensor;
  }

  @Override
  public boolean isConstant(int i) {
    return has(i) && activation.isConstant(step.operands()[i]);
  }

  @Override
  public TensorType operandType(int i) {
    Optional<TensorType> type = has(i) ? step.operandTypes().get(i) : Optional.empty();
    return type.orElseThrow(() -> new IllegalArgumentException("operand " + i + " is missing"));
  }

  @Override
  public int resultCount() {
    return step.results().length;
  }

  @Override
  public TensorType resultType(int i) {
    return step.resultTypes().get(i);
  }

  private int resultSlot(int i) {
    if (i >= step.results().length) {
      throw new IllegalArgumentException("result " + i + " is missing");
    }
    return step.results()[i];
  }

  @Override
  public Tensor result(int i, DType dtype, int... shape) {
    return activation.allocate(resultSlot(i), dtype, shape);
  }

  @Override
  public Tensor resultLike(int i, DType dtype, int operand) {
    Tensor like = operand(operand);
    if (!like.hasShape(shapes[i])) {
      shapes[i] = like.shape();
    }
    return result(i, dtype, shapes[i]);
  }

  @Override
  public Tensor resultOf(int i, int operand) {
    Tensor value = operand(operand);
    return activation.takeOver(resultSlot(i), step.operands()[operand], step.released())
        ? value
        : OpCall.super.resultOf(i, operand);
  }

  @Override
  public void resultReshaped(int i, int operand, int... shape) {
    operand(operand);
    activation.setReshaped(resultSlot(i), step.operands()[operand], shape);
  }

  @Override
  public void result(int i, Tensor value) {
    activation.set(resultSlot(i), value);
  }

  @Override
  public Tensor currentResult(int i) {
    return activation.get(resultSlot(i));
  }

  @Override
  public SessionState state() {
    return activation.state();
  }

  @Override
  public Workers workers() {
    return activation.workers();
  }

  @Override
  public float[] workspace(int length) {
    return activation.workspace(length);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // kernels are equal to themselves only
  public Optional<Object> kept(Object maker) {
    for (int i = 0; i < makers.size(); i++) {
      if (makers.get(i) == maker) {
        return made.get(i);
      }
    }
    return Optional.empty();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // as above
  public void keep(Object maker, Object thing) {
    for (int i = 0; i < makers.size(); i++) {
      if (makers.get(i) == maker) {
        made.set(i, Optional.of(thing));
        return;
      }
    }
    makers.add(maker);
    made.add(Optional.of(thing));
  }
}
