package org.signet.op;

import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * One run of an op: its operands' values and the place for its results.
 *
 * <p>A kernel reads operands, never writes to them (but to {@linkplain #variable variables}), and
 * sets every result exactly once by one of the {@code result} methods.
 */
public interface OpCall {
  /**
   * The attribute that names the op in an op's region, a subgraph of a single op; empty if there is
   * none in it. A model's reader adds it.
   */
  String REGION = "region";

  /**
   * The attributes that tell the scales and zero points of tensors which an operator names besides
   * its operands and results. A model's reader adds them.
   */
  String INTERMEDIATE_SCALES = "intermediate_scales";

  /** As {@link #INTERMEDIATE_SCALES}. */
  String INTERMEDIATE_ZERO_POINTS = "intermediate_zero_points";

  /**
   * The attribute that tells an operator of a model from all others, for ops that keep state each.
   * A model's reader adds it.
   */
  String PLACE = "place";

  Attributes attributes();

  /** The number of operands, absent optional ones included. */
  int operandCount();

  /** Whether operand {@code i} is there: an optional operand may be absent. */
  boolean has(int i);

  Tensor operand(int i);

  /**
   * Operand {@code i}, a variable of the model whose elements the kernel may change: the next call
   * finds them so.
   *
   * @throws IllegalArgumentException if the operand is no variable
   */
  default Tensor variable(int i) {
    return operand(i);
  }

  /** Whether operand {@code i} has the same elements in all runs of the same step. */
  default boolean isConstant(int i) {
    return false;
  }

  /** The declared type of operand {@code i}, with its quantization. */
  TensorType operandType(int i);

  int resultCount();

  /**
   * The declared type of result {@code i}, with its quantization; its shape may be less known than
   * the actual one.
   */
  TensorType resultType(int i);

  /**
   * Allocates result {@code i}. <b>Its contents are undefined</b> (old data, not zeros) and its
   * array may be longer than the shape needs: write every element.
   */
  Tensor result(int i, DType dtype, int... shape);

  /** Allocates result {@code i} in the type and shape of operand {@code operand}. */
  default Tensor resultLike(int i, int operand) {
    return resultLike(i, operand(operand).dtype(), operand);
  }

  /**
   * Result {@code i}, which holds what operand {@code operand} holds: for an op that changes a few
   * elements. It lies on the operand's own array if nobody needs the operand any more.
   */
  default Tensor resultOf(int i, int operand) {
    Tensor value = operand(operand);
    Tensor result = resultLike(i, operand);
    Elements.copyAll(value, result);
    return result;
  }

  /** Allocates result {@code i} in the shape of operand {@code operand}. */
  default Tensor resultLike(int i, DType dtype, int operand) {
    return result(i, dtype, operand(operand).shape());
  }

  /**
   * Sets result {@code i} to operand {@code operand} under another shape of the same size; nothing
   * is copied.
   */
  void resultReshaped(int i, int operand, int... shape);

  /** Sets result {@code i} to a tensor that the kernel made itself. */
  void result(int i, Tensor value);

  /** The tensor that result {@code i} has been set to already. */
  Tensor currentResult(int i);

  /** The variables, tables and other state of the session. */
  SessionState state();

  /** Who may share the work. */
  default Workers workers() {
    return Workers.NONE;
  }

  /**
   * Working memory with any contents, for the kernel until it returns; to be asked for by the
   * thread that was called.
   *
   * @param length the number of floats at least
   */
  default float[] workspace(int length) {
    return new float[length];
  }

  /**
   * What {@code maker} gave to {@link #keep} when it last ran this step, for this run alone; empty
   * if it never ran it, or where nothing is kept.
   */
  default Optional<Object> kept(Object maker) {
    return Optional.empty();
  }

  /**
   * Keeps for the next run of this step what takes long to make and does not depend on the values
   * of operands, so that a run like the last one makes nothing.
   *
   * @param maker who will ask for it, a kernel or the part of one
   */
  default void keep(Object maker, Object made) {}
}
