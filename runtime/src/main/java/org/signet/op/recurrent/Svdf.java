package org.signet.op.recurrent;

import java.util.List;
import org.signet.op.NumberArrays;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.quant.Affine;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * SVDF: filters of low rank over an input and its past. Each filter's last activations, [batch,
 * filters · memory], are the state; the oldest comes first.
 */
public final class Svdf {
  private static final int FEATURES = 1;
  private static final int TIME = 2;
  private static final int BIAS = 3;
  private static final int STATE = 4;

  private Svdf() {}

  public static List<OpDefinition> definitions() {
    return List.of(Lstms.define("SVDF", Svdf::infer, Svdf::evaluate));
  }

  private static List<TensorType> infer(OpTypes op) {
    int rank = op.attributes().getInt("rank", 0);
    Shapes.require(rank > 0, "a rank of %s", rank);
    Shape input = Shapes.ranked(op.shape(0), 2, "the input");
    Shape features = Shapes.ranked(op.shape(FEATURES), 2, "the feature weights");
    int units = features.isKnown(0) ? features.dim(0) / rank : Shape.UNKNOWN;
    return List.of(Shapes.plain(op.dtype(0), Shape.of(input.dim(0), units)));
  }

  private static void evaluate(OpCall call) {
    int filters = call.operand(FEATURES).dim(0);
    int memory = call.operand(TIME).dim(1);
    Shapes.require(
        call.operand(STATE).dim(1) == filters * memory,
        "a state of %s for %s filters over %s steps",
        call.operand(STATE).dim(1),
        filters,
        memory);
    if (call.operand(0).dtype().isFloating()) {
      onFloats(call, filters, memory);
    } else {
      onIntegers(call, filters, memory);
    }
  }

  private static void onFloats(OpCall call, int filters, int memory) {
    Tensor input = call.operand(0);
    WeightMatrix features = WeightMatrix.operand(call, FEATURES);
    WeightMatrix time = WeightMatrix.operand(call, TIME);
    float[] states = call.variable(STATE).floats();
    int rank = call.attributes().getInt("rank");
    int units = filters / rank;
    boolean asymmetric = call.attributes().getBoolean("asymmetric_quantize_inputs", false);
    var activation = CellActivation.of(call.attributes());
    float[] result = call.result(0, DType.FLOAT32, input.dim(0), units).floats();
    float[] bias = call.has(BIAS) ? NumberArrays.floats(call.operand(BIAS)) : new float[units];
    for (int b = 0; b < input.dim(0); b++) {
      double[] sums = new double[filters];
      features.addProduct(features.seen(Sequence.row(input, b), asymmetric), sums);
      double[] outputs = new double[units];
      for (int f = 0; f < filters; f++) {
        int at = (b * filters + f) * memory;
        System.arraycopy(states, at + 1, states, at, memory - 1);
        states[at + memory - 1] = (float) sums[f];
        for (int m = 0; m < memory; m++) {
          outputs[f / rank] += (double) time.values()[f * memory + m] * states[at + m];
        }
      }
      for (int u = 0; u < units; u++) {
        result[b * units + u] = (float) activation.applyAsDouble(outputs[u] + bias[u]);
      }
    }
  }

  /** int8 input and features; int16 states and time weights, without zero points. */
  private static void onIntegers(OpCall call, int filters, int memory) {
    Tensor input = call.operand(0);
    Affine from = Affine.operand(call, 0);
    Affine state = Affine.operand(call, STATE);
    Affine to = Affine.result(call, 0);
    QuantizedMultiplier toState =
        QuantizedMultiplier.of(
            (double) from.scale() * Affine.operand(call, FEATURES).scale() / state.scale());
    QuantizedMultiplier toResult =
        QuantizedMultiplier.of(
            (double) state.scale() * Affine.operand(call, TIME).scale() / to.scale());
    Tensor features = call.operand(FEATURES);
    Tensor time = call.operand(TIME);
    Tensor states = call.variable(STATE);
    int width = input.dim(1);
    int rank = call.attributes().getInt("rank");
    int units = filters / rank;
    Tensor result = call.result(0, input.dtype(), input.dim(0), units);
    for (int b = 0; b < input.dim(0); b++) {
      int[] outputs = new int[units];
      for (int f = 0; f < filters; f++) {
        int sum = 0;
        for (int i = 0; i < width; i++) {
          int x = (int) input.getLong(b * width + i) - from.zeroPoint();
          sum += x * (int) features.getLong(f * width + i);
        }
        int at = (b * filters + f) * memory;
        System.arraycopy(states.array(), at + 1, states.array(), at, memory - 1);
        states.setLong(at + memory - 1, state.clamp(toState.apply(sum)));
        for (int m = 0; m < memory; m++) {
          outputs[f / rank] += (int) (time.getLong(f * memory + m) * states.getLong(at + m));
        }
      }
      for (int u = 0; u < units; u++) {
        int bias = call.has(BIAS) ? (int) call.operand(BIAS).getLong(u) : 0;
        long scaled = toResult.apply(outputs[u] + bias);
        result.setLong(b * units + u, to.clamp(scaled + to.zeroPoint()));
      }
    }
  }
}
