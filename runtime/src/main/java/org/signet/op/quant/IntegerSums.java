package org.signet.op.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.op.DirectCall;
import org.signet.op.ElementKind;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.TensorType;

/**
 * Convolutions and matrix products of quantized tensors: the plain definition sums up the products
 * of integers without their zero points, in 64 bits, and the sums are rescaled.
 *
 * @param input the operand that holds the input
 * @param weights the operand that holds the weights; a scale for each of its slices is one for each
 *     channel of the result, its last dimension
 * @param bias the operand that holds the bias, integers in the scale of the products; −1 if the op
 *     has none
 * @param singleRounding whether a sum is rounded once
 * @param part what of a float input is rounded in one scale
 */
record IntegerSums(int input, int weights, int bias, boolean singleRounding, HybridSums.Part part)
    implements QuantizedReference {

  @Override
  public void evaluate(OpCall call, OpDefinition plain) {
    if (call.operandType(input).dtype().isFloating()) {
      HybridSums.evaluate(this, call, plain);
      return;
    }
    if (call.resultType(0).dtype() == DType.INT32) {
      // The kernels that keep 32-bit sums multiply the integers as they are.
      plain.reference().evaluate(call);
      return;
    }
    Tensor sums = sums(call, plain);
    int channels = sums.dim(-1);
    QuantizedMultiplier[] multipliers = multipliers(call, channels);
    Affine meaning = Affine.result(call, 0).activated(call.attributes());
    Tensor result = call.result(0, call.resultType(0).dtype(), sums.shape());
    Rescaling rescaling = rescaling(call);
    for (int i = 0; i < sums.size(); i++) {
      QuantizedMultiplier multiplier = multipliers[channels == 0 ? 0 : i % channels];
      long sum = sums.longs()[i];
      int scaled = rescaling.apply(multiplier, sum);
      result.setLong(i, meaning.clamp((long) scaled + meaning.zeroPoint()));
    }
  }

  @Override
  public void check(String op, OpTypes use, List<TensorType> results) {
    DType result = results.getFirst().dtype();
    if (result != DType.INT32 || use.dtype(input).isFloating()) {
      SumTypes.check(op, this, use, result);
      checkScales(use, results.getFirst());
      return;
    }
    ElementKind.WHOLE.require(use.dtype(input));
    ElementKind.WHOLE.require(use.dtype(weights));
  }

  private void checkScales(OpTypes use, TensorType result) {
    TensorType type = use.operand(weights);
    Shapes.require(type.quantization().isQuantized(), "the weights, %s, are not quantized", type);
    if (!use.dtype(input).isFloating()) {
      Affine.of(use.operand(input));
      Affine.of(result);
    }
  }

  /** How a kernel multiplies a sum by a factor. */
  @FunctionalInterface
  private interface Rescaling {
    int apply(QuantizedMultiplier factor, long sum);
  }

  private Rescaling rescaling(OpCall call) {
    boolean wide = sumsAreWide(call);
    if (singleRounding) {
      return (factor, sum) -> factor.applyOnce(wide ? sum : (int) sum);
    }
    return wide ? QuantizedMultiplier::applyToLong : (factor, sum) -> factor.apply((int) sum);
  }

  /** int16 inputs are summed up in 64 bits, unless the bias or an option asks for 32. */
  private boolean sumsAreWide(OpCall call) {
    boolean narrowBias =
        hasBias(call)
            ? call.operandType(bias).dtype() == DType.INT32
            : call.attributes().getString("quantized_bias_type", "FLOAT32").equals("INT32");
    return call.operandType(input).dtype() == DType.INT16 && !narrowBias;
  }

  boolean hasBias(OpCall call) {
    return bias >= 0 && call.has(bias);
  }

  /** The sums of products, in int64. */
  private Tensor sums(OpCall call, OpDefinition plain) {
    List<Optional<Tensor>> operands = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      operands.add(call.has(i) ? Optional.of(operand(call, i)) : Optional.empty());
    }
    return DirectCall.evaluate(
            plain,
            call.attributes().without(FusedActivation.OPTION),
            operands,
            List.of(TensorType.unranked(DType.INT64)))
        .getFirst();
  }

  private Tensor operand(OpCall call, int i) {
    Tensor tensor = call.operand(i);
    if (i == input || i == weights) {
      return Integers.withoutZeroPoint(tensor, call.operandType(i));
    }
    return i == bias ? Integers.longs(tensor) : tensor;
  }

  /** The factor of each channel, or one for all where the weights have one scale. */
  private QuantizedMultiplier[] multipliers(OpCall call, int channels) {
    float inputScale = Affine.operand(call, input).scale();
    float resultScale = Affine.result(call, 0).scale();
    List<Float> scales = weightScales(call, channels);
    boolean perChannel = scales.size() > 1;
    QuantizedMultiplier[] multipliers = new QuantizedMultiplier[channels];
    for (int c = 0; c < channels; c++) {
      float weightScale = scales.get(perChannel ? c : 0);
      double product =
          roundsProduct(call) ? inputScale * weightScale : (double) inputScale * weightScale;
      multipliers[c] = QuantizedMultiplier.of(product / resultScale);
    }
    return multipliers;
  }

  /** Whether the kernel multiplies the scales of input and weights in float. */
  private boolean roundsProduct(OpCall call) {
    Quantization quantization = call.operandType(weights).quantization();
    return !quantization.isPerAxis() && (bias < 0 || call.resultType(0).dtype() == DType.UINT8);
  }

  /** The scales of the weights: one, or one for each channel of the result. */
  private List<Float> weightScales(OpCall call, int channels) {
    TensorType type = call.operandType(weights);
    List<Float> scales = type.quantization().scales();
    Shapes.require(
        scales.size() == 1 || scales.size() == channels,
        "%s scales for %s channels",
        scales.size(),
        channels);
    return scales;
  }
}
