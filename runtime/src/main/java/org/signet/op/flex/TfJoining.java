package org.signet.op.flex;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.signet.op.Accuracy;
import org.signet.op.Joining;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.Splitting;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** TensorFlow's ops that join tensors and take them apart. */
final class TfJoining {
  private TfJoining() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Concat", TfJoining::inferConcat, TfJoining::concat).moving(),
        OpDefinition.tf("ConcatV2", TfJoining::inferConcatV2, TfJoining::concatV2).moving(),
        OpDefinition.tf("ConcatOffset", TfJoining::inferConcatOffset, TfJoining::concatOffset)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf(
                "ParallelConcat",
                op -> Joining.inferConcatenation(op, 0, op.operandCount(), OptionalInt.of(0)),
                call -> Joining.concatenate(call, 0, call.operandCount(), 0))
            .moving(),
        OpDefinition.tf("Pack", Joining::inferPack, Joining::pack).moving(),
        OpDefinition.tf("Split", Splitting::inferSplit, Splitting::split).moving(),
        OpDefinition.tf("SplitV", Splitting::inferSplitV, Splitting::splitV).moving(),
        OpDefinition.tf("Unpack", Splitting::inferUnpack, Splitting::unpack).moving());
  }

  /** Operand 0 is the axis. */
  private static List<TensorType> inferConcat(OpTypes op) {
    return Joining.inferConcatenation(op, 1, op.operandCount(), KnownOperands.scalar(op, 0));
  }

  private static void concat(OpCall call) {
    Joining.concatenate(call, 1, call.operandCount(), KnownOperands.scalar(call.operand(0)));
  }

  /** The last operand is the axis. */
  private static List<TensorType> inferConcatV2(OpTypes op) {
    int last = op.operandCount() - 1;
    return Joining.inferConcatenation(op, 0, last, KnownOperands.scalar(op, last));
  }

  private static void concatV2(OpCall call) {
    int last = call.operandCount() - 1;
    Joining.concatenate(call, 0, last, KnownOperands.scalar(call.operand(last)));
  }

  private static List<TensorType> inferConcatOffset(OpTypes op) {
    List<TensorType> types = new ArrayList<>();
    for (int i = 1; i < op.operandCount(); i++) {
      types.add(Shapes.plain(op.dtype(i), op.shape(i)));
    }
    return types;
  }

  /**
   * Where each of the shapes in operands 1… begins if they are joined along the axis in operand 0.
   */
  private static void concatOffset(OpCall call) {
    int[] first = KnownOperands.sizes(call.operand(1));
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(0)), first.length);
    long offset = 0;
    for (int i = 1; i < call.operandCount(); i++) {
      Tensor operand = call.operand(i);
      int[] shape = KnownOperands.sizes(operand);
      Shapes.require(shape.length == first.length, "shapes of different rank");
      Tensor result = call.result(i - 1, operand.dtype(), shape.length);
      for (int d = 0; d < shape.length; d++) {
        Shapes.require(d == axis || shape[d] == first[d], "shapes differ in dimension %s", d);
        result.setLong(d, d == axis ? offset : 0);
      }
      offset += shape[axis];
    }
  }
}
