package org.signet.source.keras;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Largest and mean values over as many windows as the result has places: window i of n goes from
 * ⌊i·size/n⌋ to before ⌈(i+1)·size/n⌉.
 */
final class AdaptivePoolingLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    Set<String> names = new TreeSet<>();
    for (int rank = 1; rank <= 3; rank++) {
      names.add("AdaptiveAveragePooling" + rank + "D");
      names.add("AdaptiveMaxPooling" + rank + "D");
    }
    return names;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    boolean channelsFirst = call.config().channelsFirst();
    KerasTensor x = ops.toChannelsLast(call.realInput(), channelsFirst);
    int rank = x.rank() - 2;
    String reduction = call.layer().className().contains("Max") ? "Max" : "Mean";
    int[] sizes = call.config().getSizes("output_size", rank, 1);
    for (int i = 0; i < rank; i++) {
      if (x.dim(i + 1) == Shape.UNKNOWN) {
        throw call.unsupported("the size of what it pools is unknown");
      }
      x = pooled(ops, x, i + 1, sizes[i], reduction);
    }
    return List.of(ops.fromChannelsLast(x, channelsFirst));
  }

  private static KerasTensor pooled(
      GraphOps ops, KerasTensor x, int axis, int count, String reduction) {
    int size = x.dim(axis);
    int shortest = IntStream.range(0, count).map(i -> length(i, size, count)).min().orElse(0);
    int longest = IntStream.range(0, count).map(i -> length(i, size, count)).max().orElse(0);
    KerasTensor result = pooled(ops, x, axis, count, shortest, reduction);
    if (shortest == longest) {
      return result;
    }
    int[] around = IntStream.range(0, x.rank()).map(i -> i == axis ? count : 1).toArray();
    Tensor isLong = Tensor.zeros(DType.BOOL, around);
    for (int i = 0; i < count; i++) {
      isLong.setLong(i, length(i, size, count) == longest ? 1 : 0);
    }
    return ops.select(
        ops.graph().constant(isLong), pooled(ops, x, axis, count, longest, reduction), result);
  }

  /** Windows of one length; those that would reach beyond the end begin earlier. */
  private static KerasTensor pooled(
      GraphOps ops, KerasTensor x, int axis, int count, int length, String reduction) {
    int size = x.dim(axis);
    int[] places = new int[count * length];
    for (int i = 0; i < places.length; i++) {
      int begin = Math.min(begin(i / length, size, count), size - length);
      places[i] = begin + i % length;
    }
    KerasTensor numbers = ops.graph().constant(Tensor.of(places, count, length));
    return ops.reduce(reduction, ops.gather(x, numbers, axis), false, axis + 1);
  }

  private static int begin(int window, int size, int count) {
    return (int) ((long) window * size / count);
  }

  private static int length(int window, int size, int count) {
    return -Math.floorDiv(-(window + 1) * size, count) - begin(window, size, count);
  }
}
