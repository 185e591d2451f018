package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * LRN: x · base<sup>−β</sup>, base = bias + α Σ x² over neighbouring channels. TensorFlow's power
 * is exp(−β log base), which has no value for a negative base; the builtin's has one if β is an
 * integer.
 */
final class ResponseLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("LRN");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    long radius = op.attributes().getLong("depth_radius");
    float bias = op.attributes().getFloat("bias");
    float alpha = op.attributes().getFloat("alpha");
    float beta = op.attributes().getFloat("beta");
    Value x = op.operand(0);
    boolean differs = (bias < 0 || alpha < 0) && beta == Math.rint(beta) && beta != 1;
    if (!differs) {
      Attributes options =
          Attributes.of("radius", radius, "bias", bias).with("alpha", alpha).with("beta", beta);
      return Lowered.to(emit.builtin("LOCAL_RESPONSE_NORMALIZATION", options, x));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank() || !shape.isKnown(shape.rank() - 1)) {
      return Lowered.declined("the number of channels is not known");
    }
    int channels = shape.dim(-1);
    FloatMath m = new FloatMath(emit);
    Value sums =
        MatMulLowering.fullyConnected(
            m.multiply(x, x), emit.floats(band(channels, radius, alpha), channels, channels), emit);
    return Lowered.to(m.multiply(x, power(m.add(sums, bias), -beta, m, emit)));
  }

  /**
   * The power without a value where {@code base} is negative: of its root, since TFLite's default
   * delegate computes 0 as the exponential of NaN.
   */
  private static Value power(Value base, float exponent, FloatMath m, Emitter emit) {
    return exponent == 0
        ? m.add(m.multiply(m.log(base), 0), 1)
        : emit.builtin("POW", Attributes.NONE, m.sqrt(base), m.number(2 * exponent));
  }

  /** {@code value} where two channels are at most {@code radius} apart. */
  private static float[] band(int channels, long radius, float value) {
    float[] band = new float[channels * channels];
    for (int i = 0; i < band.length; i++) {
      band[i] = Math.abs(i / channels - i % channels) <= radius ? value : 0;
    }
    return band;
  }
}
