package org.signet.op.quant;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import org.signet.op.BroadcastLoop;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.RealMath;
import org.signet.op.Shapes;
import org.signet.op.SpecialFunctions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Activations and other functions of one quantized number. */
final class QuantizedActivations {
  private static final int ROOT_BITS = 20;

  private QuantizedActivations() {}

  /** An integer of the result, without zero point and bounds, from one without zero point. */
  @FunctionalInterface
  private interface Maker {
    IntUnaryOperator of(OpCall call, Affine from, Affine to);
  }

  static Map<String, QuantizedReference> references() {
    Map<String, QuantizedReference> references = new TreeMap<>();
    references.put("RELU", bounded(0, Float.POSITIVE_INFINITY));
    references.put("RELU6", bounded(0, 6));
    references.put("RELU_N1_TO_1", bounded(-1, 1));
    references.put("RELU_0_TO_1", bounded(0, 1));
    references.put("LEAKY_RELU", each(QuantizedActivations::leakyRelu));
    references.put("HARD_SWISH", each((_, from, to) -> HardSwish.of(from, to)));
    references.put("ABS", each((_, from, to) -> abs(from, to)));
    references.put("PRELU", (call, _) -> prelu(call));
    references.put("RSQRT", QuantizedActivations::inverseRoot);
    references.put("SQRT", (call, _) -> root(call));
    references.put("LOGISTIC", sigmoid(RealSteps.of(RealMath::logistic), false));
    references.put("TANH", sigmoid(RealSteps.of(Math::tanh), true));
    references.put("ELU", RealSteps.of(x -> x < 0 ? (float) Math.exp(x) - 1f : x));
    references.put("EXP", RealSteps.of(Math::exp));
    references.put("LOG", new RealSteps((_, to) -> x -> x <= 0 ? to.real(to.min()) : Math.log(x)));
    references.put("GELU", new RealSteps((call, _) -> gelu(call)));
    return references;
  }

  private static QuantizedReference each(Maker maker) {
    return (call, _) -> {
      Affine from = Affine.operand(call, 0);
      Affine to = Affine.result(call, 0);
      evaluate(call, from, to, maker.of(call, from, to));
    };
  }

  private static void evaluate(OpCall call, Affine from, Affine to, IntUnaryOperator function) {
    Tensor x = call.operand(0);
    Tensor result = call.result(0, x.dtype(), x.shape());
    for (int i = 0; i < x.size(); i++) {
      int value = function.applyAsInt((int) x.getLong(i) - from.zeroPoint());
      result.setLong(i, to.clamp((long) value + to.zeroPoint()));
    }
  }

  /** The same number in another scale. */
  private static QuantizedMultiplier rescaling(Affine from, Affine to) {
    return QuantizedMultiplier.of(from.scale() / to.scale());
  }

  private static QuantizedReference bounded(float low, float high) {
    return (call, _) -> {
      Affine from = Affine.operand(call, 0);
      Affine to = Affine.result(call, 0).bounded(low, high);
      evaluate(call, from, to, rescaling(from, to)::apply);
    };
  }

  private static IntUnaryOperator leakyRelu(OpCall call, Affine from, Affine to) {
    float alpha = call.attributes().getFloat("alpha");
    QuantizedMultiplier above = rescaling(from, to);
    QuantizedMultiplier below = QuantizedMultiplier.of(from.scale() * alpha / to.scale());
    return x -> (x >= 0 ? above : below).apply(x);
  }

  private static IntUnaryOperator abs(Affine from, Affine to) {
    QuantizedMultiplier factor = rescaling(from, to);
    return from.scale() == to.scale() ? Math::abs : x -> factor.apply(Math.abs(x));
  }

  private static void prelu(OpCall call) {
    Tensor x = call.operand(0);
    Tensor slopes = call.operand(1);
    Shapes.require(
        x.dtype() != DType.INT16 || slopes.dtype() == DType.INT8,
        "slopes of %s for int16; TFLite's kernel reads int8",
        slopes.dtype());
    Affine from = Affine.operand(call, 0);
    Affine slope = Affine.operand(call, 1);
    Affine to = Affine.result(call, 0);
    QuantizedMultiplier above = rescaling(from, to);
    QuantizedMultiplier below = QuantizedMultiplier.of(from.scale() * slope.scale() / to.scale());
    int[] shape = Shapes.broadcast(x.shape(), slopes.shape());
    Tensor result = call.result(0, x.dtype(), shape);
    BroadcastLoop.run(
        shape,
        x.shape(),
        slopes.shape(),
        (i, p, s) -> {
          int value = (int) x.getLong(p) - from.zeroPoint();
          int factor = (int) slopes.getLong(s) - slope.zeroPoint();
          long scaled = value >= 0 ? above.apply(value) : below.apply(value * factor);
          result.setLong(i, to.clamp(scaled + to.zeroPoint()));
        });
  }

  private static void root(OpCall call) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    evaluate(
        call,
        from,
        to,
        x -> {
          Shapes.require(x >= 0, "the root of a negative number");
          float root = (float) Math.sqrt(from.scale() * x);
          return (int) (root / to.scale());
        });
  }

  private static void inverseRoot(OpCall call, OpDefinition plain) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    if (call.operandType(0).dtype() == DType.INT16) {
      new RealSteps(
              (_, meaning) -> x -> x <= 0 ? meaning.scale() * meaning.max() : 1 / Math.sqrt(x))
          .evaluate(call, plain);
      return;
    }
    QuantizedMultiplier scale = QuantizedMultiplier.of(1 / (Math.sqrt(from.scale()) * to.scale()));
    QuantizedMultiplier lowered =
        new QuantizedMultiplier(scale.mantissa(), scale.shift() - ROOT_BITS);
    evaluate(
        call,
        from,
        to,
        x -> {
          Shapes.require(x >= 0, "the inverse root of a negative number");
          if (x == 0) {
            return to.max() - to.zeroPoint();
          }
          QuantizedMultiplier inverse = FixedPoint.inverseRoot(x);
          int raised =
              new QuantizedMultiplier(inverse.mantissa(), inverse.shift() + ROOT_BITS).apply(1);
          return lowered.apply(raised);
        });
  }

  private static QuantizedReference sigmoid(RealSteps narrow, boolean tanh) {
    return (call, plain) -> {
      if (call.operandType(0).dtype() != DType.INT16) {
        narrow.evaluate(call, plain);
        return;
      }
      SigmoidTable table = SigmoidTable.of(Affine.operand(call, 0), tanh);
      evaluate(
          call,
          Affine.operand(call, 0),
          Affine.result(call, 0),
          tanh ? table::tanh : table::logistic);
    };
  }

  private static DoubleUnaryOperator gelu(OpCall call) {
    return call.attributes().getBoolean("approximate", false)
        ? x ->
            0.5f * x * (1 + (float) Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
        : x -> 0.5 * x * SpecialFunctions.erfc(-x / Math.sqrt(2));
  }
}
