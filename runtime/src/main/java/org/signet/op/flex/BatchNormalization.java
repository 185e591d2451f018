package org.signet.op.flex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.NumberArrays;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/**
 * FusedBatchNorm, V2 and V3: {@code (x − mean) / √(variance + epsilon) · scale + offset} per
 * channel.
 *
 * <p>Results besides: mean and variance (of the batch while training, then with Bessel's
 * correction), and what only the gradient needs: mean and plain variance, and for V3 a scalar.
 * Those last ones are zeros except while training; TensorFlow leaves them unset.
 */
final class BatchNormalization {
  private BatchNormalization() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("FusedBatchNorm"), define("FusedBatchNormV2"), define("FusedBatchNormV3"));
  }

  private static OpDefinition define(String name) {
    return OpDefinition.tf(name, BatchNormalization::shapes, BatchNormalization::evaluate)
        .accurate(Accuracy.ACCUMULATED);
  }

  private static List<TensorType> shapes(OpTypes op) {
    TensorType statistic = Shapes.plain(op.dtype(1), op.shape(1));
    List<TensorType> types = new ArrayList<>();
    types.add(Shapes.plain(op.dtype(0), op.shape(0)));
    for (int i = 1; i < op.resultCount(); i++) {
      types.add(i < 5 ? statistic : TensorType.of(op.dtype(1)));
    }
    return types;
  }

  /** Mean and variance per channel. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Moments(double[] mean, double[] variance) {}

  /** The values of a tensor by channel. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Channels(double[] values, int size, int count, int inner) {
    static Channels of(Tensor x, boolean channelsFirst) {
      int axis = channelsFirst ? 1 : x.rank() - 1;
      int inner = Shapes.product(x.shape(), axis + 1, x.rank());
      return new Channels(NumberArrays.doubles(x), x.size(), x.dim(axis), inner);
    }

    int channel(int i) {
      return i / inner % count;
    }

    /** Mean and plain variance. */
    Moments moments() {
      double[] mean = new double[count];
      double[] variance = new double[count];
      int rows = Math.max(1, size / Math.max(1, count));
      for (int i = 0; i < size; i++) {
        mean[channel(i)] += values[i] / rows;
      }
      for (int i = 0; i < size; i++) {
        double deviation = values[i] - mean[channel(i)];
        variance[channel(i)] += deviation * deviation / rows;
      }
      return new Moments(mean, variance);
    }
  }

  private static void evaluate(OpCall call) {
    Tensor x = call.operand(0);
    Shapes.require(
        x.rank() == 4 || x.rank() == 5, "batch normalization of shape %s", Shapes.text(x.shape()));
    boolean channelsFirst = call.attributes().getString("data_format", "NHWC").startsWith("NC");
    boolean training = call.attributes().getBoolean("is_training", true);
    Channels channels = Channels.of(x, channelsFirst);
    for (int i = 1; i < 5; i++) {
      int size = call.operand(i).size();
      boolean absent = training && i > 2 && size == 0;
      Shapes.require(
          absent || size == channels.count(), "%d numbers for %d channels", size, channels.count());
    }
    Moments given =
        new Moments(NumberArrays.doubles(call.operand(3)), NumberArrays.doubles(call.operand(4)));
    Optional<Moments> batch = training ? Optional.of(channels.moments()) : Optional.empty();
    normalize(call, channels, batch.orElse(given));
    putMoments(call, channels, given, batch);
  }

  private static void normalize(OpCall call, Channels channels, Moments moments) {
    Tensor result = call.result(0, call.operand(0).dtype(), call.operand(0).shape());
    double epsilon = call.attributes().getFloat("epsilon", 1e-4f);
    double[] factor = NumberArrays.doubles(call.operand(1)).clone();
    double[] offset = NumberArrays.doubles(call.operand(2));
    for (int c = 0; c < channels.count(); c++) {
      factor[c] /= Math.sqrt(moments.variance()[c] + epsilon);
    }
    double[] row = new double[1];
    for (int i = 0; i < channels.size(); i++) {
      int c = channels.channel(i);
      row[0] = (channels.values()[i] - moments.mean()[c]) * factor[c] + offset[c];
      NumberArrays.store(row, 0, 1, result, i);
    }
  }

  private static void putMoments(
      OpCall call, Channels channels, Moments given, Optional<Moments> batch) {
    int count = channels.count();
    double rows = channels.size() / (double) Math.max(1, count);
    double correction = rows > 1 ? rows / (rows - 1) : 1;
    double weight = call.attributes().getFloat("exponential_avg_factor", 1);
    for (int result = 1; result < call.resultCount(); result++) {
      boolean mean = result % 2 == 1;
      double[] own = mean ? given.mean() : given.variance();
      double[] fresh = batch.map(moments -> mean ? moments.mean() : moments.variance()).orElse(own);
      double[] values = new double[result < 5 ? count : 1];
      for (int c = 0; c < count && result < 5; c++) {
        if (result > 2) {
          values[c] = batch.isPresent() ? fresh[c] : 0;
        } else if (batch.isEmpty()) {
          values[c] = own[c];
        } else {
          double latest = mean ? fresh[c] : fresh[c] * correction;
          values[c] = weight == 1 ? latest : (1 - weight) * own[c] + weight * latest;
        }
      }
      int[] shape = result < 5 ? new int[] {count} : new int[0];
      Tensor target = call.result(result, call.operand(1).dtype(), shape);
      NumberArrays.store(values, 0, values.length, target, 0);
    }
  }
}
