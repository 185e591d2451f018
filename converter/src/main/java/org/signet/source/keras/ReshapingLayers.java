package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.type.Shape;

/** Layers that give the same elements another shape or order. */
final class ReshapingLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("Flatten", "Permute", "RepeatVector", "Reshape");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = call.input();
    return List.of(
        switch (call.layer().className()) {
          case "Flatten" ->
              flatten(ops, ops.toChannelsLast(x, x.rank() > 2 && call.config().channelsFirst()));
          case "Permute" -> {
            int[] dims = call.config().getInts("dims");
            yield ops.transpose(
                x, IntStream.concat(IntStream.of(0), Arrays.stream(dims)).toArray());
          }
          case "RepeatVector" -> ops.tile(ops.expandDims(x, 1), 1, call.config().getInt("n"), 1);
          default -> reshape(ops, x, call.config().getInts("target_shape"));
        });
  }

  private static KerasTensor flatten(GraphOps ops, KerasTensor x) {
    int[] rest = Arrays.copyOfRange(x.shape().dims(), 1, x.rank());
    boolean known = Arrays.stream(rest).allMatch(size -> size != Shape.UNKNOWN);
    int size = known ? Math.toIntExact(Shape.elements(rest)) : Shape.UNKNOWN;
    return ops.reshape(x, ops.sizes().plus(x, 0).plus(size));
  }

  /** Reshapes all but the batch; one size may be −1, which stands for what is left. */
  static KerasTensor reshape(GraphOps ops, KerasTensor x, int[] target) {
    int[] sizes = target.clone();
    int[] rest = Arrays.copyOfRange(x.shape().dims(), 1, x.rank());
    boolean known = Arrays.stream(rest).allMatch(size -> size != Shape.UNKNOWN);
    int open = IntStream.range(0, sizes.length).filter(i -> sizes[i] == -1).findFirst().orElse(-1);
    if (known && open >= 0) {
      long others =
          Arrays.stream(sizes)
              .filter(size -> size != -1)
              .asLongStream()
              .reduce(1, Math::multiplyExact);
      sizes[open] = others == 0 ? 0 : Math.toIntExact(Shape.elements(rest) / others);
    }
    GraphOps.Sizes all = ops.sizes().plus(x, 0);
    Arrays.stream(sizes).forEach(all::plus);
    return ops.reshape(x, all);
  }
}
