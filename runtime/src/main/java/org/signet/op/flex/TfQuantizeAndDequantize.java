package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * QuantizeAndDequantize to V4, and V4's gradient. Operands from V2 on: input, least and largest
 * number; V3 has the number of bits as one more. Numbers are bounded by a range that is given, not
 * by their own.
 */
final class TfQuantizeAndDequantize {
  private TfQuantizeAndDequantize() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("QuantizeAndDequantizeV2"),
        define("QuantizeAndDequantizeV3"),
        define("QuantizeAndDequantizeV4"),
        Rules.exact(
            "QuantizeAndDequantizeV4Grad",
            TfQuantizeAndDequantize::inferGradient,
            TfQuantizeAndDequantize::gradient));
  }

  private static OpDefinition define(String name) {
    return OpDefinition.tf(name, Shapes.SAME, TfQuantizeAndDequantize::evaluate);
  }

  private static void evaluate(OpCall call) {
    Tensor input = call.operand(0);
    int axis = call.attributes().getInt("axis", -1);
    int[] shape = input.shape();
    int slices = axis < 0 ? 1 : input.dim(axis);
    int inner = axis < 0 ? input.size() : Shapes.product(shape, axis + 1, shape.length);
    Tensor result = call.result(0, input.dtype(), shape);
    for (int s = 0; s < slices; s++) {
      Levels levels = levels(call, s, inner, slices);
      for (int i = 0; i < input.size(); i++) {
        if (inner == 0 || i / inner % slices == s) {
          result.setDouble(i, levels.round(input.getDouble(i)));
        }
      }
    }
  }

  /** Operands: gradient, input, least and largest number. Results: gradients of the last three. */
  private static List<TensorType> inferGradient(OpTypes op) {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(i -> Shapes.plain(op.dtype(i), op.shape(i)))
        .toList();
  }

  /** Passed on where the input is in its range, which itself gets none. */
  private static void gradient(OpCall call) {
    Tensor gradient = call.operand(0);
    Tensor input = call.operand(1);
    Tensor min = call.operand(2);
    Tensor max = call.operand(3);
    int axis = call.attributes().getInt("axis", -1);
    int slices = axis < 0 ? 1 : input.dim(axis);
    int inner =
        axis < 0
            ? Math.max(1, input.size())
            : Shapes.product(input.shape(), axis + 1, input.rank());
    Shapes.require(
        Arrays.equals(gradient.shape(), input.shape())
            && min.size() == slices
            && max.size() == slices,
        "a gradient %s of %s between %s and %s",
        gradient.type(),
        input.type(),
        min.type(),
        max.type());
    Tensor result = call.result(0, input.dtype(), input.shape());
    for (int i = 0; i < input.size(); i++) {
      int slice = i / inner % slices;
      double x = input.getDouble(i);
      boolean passes = x >= min.getDouble(slice) && x <= max.getDouble(slice);
      result.setDouble(i, passes ? gradient.getDouble(i) : 0);
    }
    Elements.clear(call.result(1, min.dtype(), min.shape()));
    Elements.clear(call.result(2, max.dtype(), max.shape()));
  }

  private static Levels levels(OpCall call, int slice, int inner, int slices) {
    Tensor input = call.operand(0);
    boolean given = call.attributes().getBoolean("range_given", false);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    if (given) {
      min = call.operand(1).getDouble(call.operand(1).size() == 1 ? 0 : slice);
      max = call.operand(2).getDouble(call.operand(2).size() == 1 ? 0 : slice);
      Shapes.require(min <= max, "the range %s to %s", min, max);
    } else {
      for (int i = 0; i < input.size(); i++) {
        if (i / inner % slices == slice) {
          min = Math.min(min, input.getDouble(i));
          max = Math.max(max, input.getDouble(i));
        }
      }
    }
    return Levels.of(call, given, min, max);
  }

  /**
   * The numbers that the quantized type stands for. All arithmetic is rounded to the input's type,
   * as in TensorFlow.
   */
  private record Levels(
      double min, double max, double scale, double inverse, boolean halfUp, boolean narrow) {
    static Levels of(OpCall call, boolean bounded, double min, double max) {
      var attributes = call.attributes();
      boolean signed = attributes.getBoolean("signed_input", true);
      int bits =
          call.operandCount() > 3
              ? KnownOperands.scalar(call.operand(3))
              : attributes.getInt("num_bits", 8);
      Shapes.require(bits > 0 && bits < (signed ? 62 : 63), "%s bits", bits);
      boolean narrow = call.operand(0).dtype() != DType.FLOAT64;
      double most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
      boolean symmetric = attributes.getBoolean("narrow_range", false);
      double least = signed ? (symmetric ? -most : -most - 1) : 0;
      double limit = narrow ? Float.MAX_VALUE : Double.MAX_VALUE;
      double fromMin = least * min > 0 ? rounded(least / min, narrow) : limit;
      double fromMax = most * max > 0 ? rounded(most / max, narrow) : limit;
      boolean halfUp = attributes.getString("round_mode", "HALF_TO_EVEN").equals("HALF_UP");
      boolean byMin = fromMin < fromMax;
      double inverse = rounded(byMin ? min / least : max / most, narrow);
      double low = byMin ? min : rounded(least * inverse, narrow);
      double high = byMin ? rounded(most * inverse, narrow) : max;
      return new Levels(
          bounded ? low : Double.NEGATIVE_INFINITY,
          bounded ? high : Double.POSITIVE_INFINITY,
          byMin ? fromMin : fromMax,
          inverse,
          halfUp,
          narrow);
    }

    private static double rounded(double value, boolean narrow) {
      return narrow ? (float) value : value;
    }

    double round(double x) {
      double scaled = rounded(Math.max(Math.min(x, max), min) * scale, narrow);
      double level = halfUp ? Math.floor(rounded(scaled + 0.5, narrow)) : Math.rint(scaled);
      return rounded(level * inverse, narrow);
    }
  }
}
