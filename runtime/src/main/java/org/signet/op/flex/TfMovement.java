package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Broadcasting;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Padding;
import org.signet.op.Reversing;
import org.signet.op.Rolling;
import org.signet.op.Shapes;
import org.signet.op.Transposing;
import org.signet.tensor.Tensor;

/** TensorFlow's ops that permute, reverse, roll, repeat or pad. */
final class TfMovement {
  private TfMovement() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Transpose", Transposing::infer, Transposing::transpose).moving(),
        OpDefinition.tf("ConjugateTranspose", Transposing::infer, TfMovement::conjugateTranspose)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("InvertPermutation", Shapes.SAME, TfMovement::invertPermutation)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("Reverse", Shapes.SAME, TfMovement::reverse).moving(),
        OpDefinition.tf("ReverseV2", Shapes.SAME, Reversing::reverse).moving(),
        OpDefinition.tf("ReverseSequence", Shapes.SAME, Reversing::reverseSequence).moving(),
        OpDefinition.tf("Roll", Shapes.SAME, Rolling::roll).moving(),
        OpDefinition.tf("Tile", Broadcasting::inferTile, Broadcasting::tile).moving(),
        OpDefinition.tf("BroadcastTo", Broadcasting::inferBroadcastTo, Broadcasting::broadcastTo)
            .moving(),
        OpDefinition.tf(
                "BroadcastArgs", Broadcasting::inferBroadcastArgs, Broadcasting::broadcastArgs)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("Pad", Padding::infer, Padding::pad).moving(),
        OpDefinition.tf("PadV2", Padding::infer, Padding::pad).moving(),
        OpDefinition.tf("MirrorPad", Padding::infer, Padding::mirror).moving());
  }

  private static void conjugateTranspose(OpCall call) {
    Transposing.transpose(call);
    switch (call.currentResult(0).dtype()) {
      case COMPLEX64 -> {
        float[] lanes = call.currentResult(0).floats();
        for (int i = 0; i < call.currentResult(0).size(); i++) {
          lanes[2 * i + 1] = -lanes[2 * i + 1];
        }
      }
      case COMPLEX128 -> {
        double[] lanes = call.currentResult(0).doubles();
        for (int i = 0; i < call.currentResult(0).size(); i++) {
          lanes[2 * i + 1] = -lanes[2 * i + 1];
        }
      }
      default -> {}
    }
  }

  private static void invertPermutation(OpCall call) {
    int[] permutation = KnownOperands.ints(call.operand(0));
    Tensor result = call.result(0, call.operand(0).dtype(), permutation.length);
    boolean[] seen = new boolean[permutation.length];
    for (int i = 0; i < permutation.length; i++) {
      int to = permutation[i];
      Shapes.require(
          to >= 0 && to < seen.length, "%s is not between 0 and %s", to, permutation.length);
      Shapes.require(!seen[to], "%s is duplicated in the input.", to);
      seen[to] = true;
      result.setLong(to, i);
    }
  }

  /** Operand 1 says of each dimension whether it is turned round. */
  private static void reverse(OpCall call) {
    Tensor flags = call.operand(1);
    boolean[] turned = new boolean[call.operand(0).rank()];
    Shapes.require(flags.size() == turned.length, "one flag a dimension");
    for (int d = 0; d < turned.length; d++) {
      turned[d] = flags.getBoolean(d);
    }
    Reversing.reverse(call, turned);
  }
}
