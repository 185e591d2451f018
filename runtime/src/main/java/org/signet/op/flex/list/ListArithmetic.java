package org.signet.op.flex.list;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.Arithmetic;
import org.signet.op.BinaryFunctions;
import org.signet.op.Elementwise;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.tensor.TensorList;
import org.signet.type.DType;

/** ZerosLike and AddN, which also take variants that hold lists: gradients of loops use them. */
public final class ListArithmetic {
  private ListArithmetic() {}

  public static void zerosLike(OpCall call) {
    if (call.operand(0).dtype() == DType.VARIANT) {
      call.result(0, zeros(call.operand(0)));
    } else {
      Elementwise.zeros(call);
    }
  }

  private static Tensor zeros(Tensor tensor) {
    if (tensor.dtype() != DType.VARIANT) {
      return Tensor.zeros(tensor.dtype(), tensor.shape());
    }
    Object[] lists = new Object[tensor.size()];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = zeros(ListOperands.list(tensor, i));
    }
    return Tensor.wrap(DType.VARIANT, lists, tensor.shape());
  }

  /** Zeros for every element that has a value. */
  private static TensorList zeros(TensorList list) {
    TensorList zeros = list;
    for (int i = 0; i < list.size(); i++) {
      Optional<Tensor> element = list.get(i);
      if (element.isPresent()) {
        zeros = zeros.with(i, zeros(element.get()));
      }
    }
    return zeros;
  }

  public static void addN(OpCall call) {
    if (call.operand(0).dtype() != DType.VARIANT) {
      Arithmetic.sum(call);
      return;
    }
    Tensor sum = call.operand(0);
    for (int i = 1; i < call.operandCount(); i++) {
      sum = sum(sum, call.operand(i));
    }
    call.result(0, sum);
  }

  private static Tensor sum(Tensor a, Tensor b) {
    Shapes.require(
        a.dtype() == b.dtype() && Arrays.equals(a.shape(), b.shape()),
        "the sum of %s and %s",
        a.type(),
        b.type());
    if (a.dtype() != DType.VARIANT) {
      Tensor result = Tensor.zeros(a.dtype(), a.shape());
      BinaryFunctions.ADD.apply(a, b, result);
      return result;
    }
    Object[] lists = new Object[a.size()];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = sum(ListOperands.list(a, i), ListOperands.list(b, i));
    }
    return Tensor.wrap(DType.VARIANT, lists, a.shape());
  }

  /** Sums element by element; one without a value adds nothing. */
  private static TensorList sum(TensorList a, TensorList b) {
    Shapes.require(
        a.dtype() == b.dtype(), "lists of %s and of %s can't be added", a.dtype(), b.dtype());
    Shapes.require(
        a.size() == b.size(),
        "a list of %s elements can't be added to one of %s",
        a.size(),
        b.size());
    TensorList sum = a.withElementShape(ListOperands.merge(a.elementShape(), b.elementShape()));
    for (int i = 0; i < a.size(); i++) {
      Optional<Tensor> left = a.get(i);
      Optional<Tensor> right = b.get(i);
      if (left.isPresent() && right.isPresent()) {
        sum = sum.with(i, sum(left.get(), right.get()));
      } else if (right.isPresent()) {
        sum = sum.with(i, right.get());
      }
    }
    return sum;
  }
}
