package org.signet.op.flex;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.FourierOps;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** TensorFlow's Fourier transforms over the last one, two or three dimensions. */
final class TfFourier {
  private static final List<String> SUFFIXES = List.of("", "2D", "3D");

  private TfFourier() {}

  static List<OpDefinition> definitions() {
    List<OpDefinition> definitions = new ArrayList<>();
    for (int i = 0; i < SUFFIXES.size(); i++) {
      String suffix = SUFFIXES.get(i);
      int rank = i + 1;
      define(
          definitions,
          OpDefinition.tf(
              "FFT" + suffix, Shapes.SAME, call -> FourierOps.complex(call, rank, false)));
      define(
          definitions,
          OpDefinition.tf(
              "IFFT" + suffix, Shapes.SAME, call -> FourierOps.complex(call, rank, true)));
      define(
          definitions,
          OpDefinition.tf(
              "RFFT" + suffix,
              op ->
                  FourierOps.realShape(
                      op, rank, op.attributes().getType("Tcomplex", DType.COMPLEX64), false),
              call -> {
                requireLengths(call, false);
                FourierOps.real(call, rank, call.attributes().getType("Tcomplex", DType.COMPLEX64));
              }));
      define(
          definitions,
          OpDefinition.tf(
              "IRFFT" + suffix,
              op ->
                  FourierOps.realShape(
                      op, rank, op.attributes().getType("Treal", DType.FLOAT32), true),
              call -> {
                requireLengths(call, true);
                FourierOps.toReal(call, rank, call.attributes().getType("Treal", DType.FLOAT32));
              }));
    }
    return definitions;
  }

  private static void define(List<OpDefinition> definitions, OpDefinition definition) {
    definitions.add(definition.accurate(Accuracy.ACCUMULATED));
  }

  /** TensorFlow's ops cut, but do not pad. */
  private static void requireLengths(OpCall call, boolean halved) {
    Tensor input = call.operand(0);
    int[] lengths = call.operand(1).toInts();
    for (int i = 0; i < lengths.length && lengths.length <= input.rank(); i++) {
      boolean half = halved && i == lengths.length - 1 && lengths[i] > 0;
      int needed = half ? lengths[i] / 2 + 1 : lengths[i];
      int given = input.dim(i - lengths.length);
      Shapes.require(given >= needed, "%d values where a transform needs %d", given, needed);
    }
  }
}
