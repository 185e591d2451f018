package org.signet.pass.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that repeat elements, and counters along a dimension: nothing is repeated before it must. */
final class BroadcastOps {
  private BroadcastOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("broadcast_in_dim", call -> broadcast(call, Optional.empty()));
    table.put("dynamic_broadcast_in_dim", call -> broadcast(call, Optional.of(call.operand(1))));
    table.put("broadcast", BroadcastOps::broadcastInFront);
    table.put("iota", call -> iota(call, Optional.empty()));
    table.put("dynamic_iota", call -> iota(call, Optional.of(call.operand(0))));
  }

  private static List<Spread> broadcast(HloCall call, Optional<Value> sizes) {
    return List.of(spread(call, call.op().numbers("broadcast_dimensions"), sizes));
  }

  private static List<Spread> broadcastInFront(HloCall call) {
    int rank = call.shape().rank();
    int own = call.spread(0).rank();
    return List.of(spread(call, IntStream.range(rank - own, rank).toArray(), Optional.empty()));
  }

  /**
   * The operand in more dimensions.
   *
   * @param places where its own dimensions come to stand
   */
  private static Spread spread(HloCall call, int[] places, Optional<Value> sizes) {
    Spread operand = call.spread(0);
    if (!Dimensions.isIncreasing(places)) {
      int[] order =
          IntStream.range(0, places.length)
              .boxed()
              .sorted((a, b) -> Integer.compare(places[a], places[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      operand = Spread.of(call.emit().transpose(call.operand(0), order));
    }
    int[] at = Arrays.stream(places).sorted().toArray();
    int rank = call.shape().rank();
    boolean[] stretched = new boolean[rank];
    for (int d = 0; d < rank; d++) {
      stretched[d] = call.shape().dim(d) != 1;
    }
    for (int i = 0; i < at.length; i++) {
      stretched[at[i]] = operand.stretched()[i] || repeats(operand, i, call.shape().dim(at[i]));
    }
    int own = operand.value().type().shape().rank();
    Value value = operand.value();
    if (own > 0) {
      int[] kept = Arrays.copyOfRange(at, at.length - own, at.length);
      value = Dimensions.inserted(call.emit(), value, gaps(kept, rank));
    }
    TensorType full = value.type().withShape(call.shape());
    Spread result = new Spread(value, full, stretched, sizes);
    return result.isStretched() ? result : Spread.of(Spread.expanded(call.emit(), value, rank));
  }

  /**
   * Whether a dimension of 1 gets another size. Of two sizes that are both unknown, exporters see
   * to it that they are the same.
   */
  private static boolean repeats(Spread operand, int dimension, int size) {
    return operand.full().shape().dim(dimension) == 1 && size != 1;
  }

  /** Before which of the dimensions at {@code kept} new ones stand, up to the last. */
  private static int[] gaps(int[] kept, int rank) {
    IntStream.Builder before = IntStream.builder();
    for (int i = 0; i < kept.length; i++) {
      int next = i + 1 < kept.length ? kept[i + 1] : rank;
      for (int d = kept[i] + 1; d < next; d++) {
        before.add(i + 1);
      }
    }
    return before.build().toArray();
  }

  private static List<Spread> iota(HloCall call, Optional<Value> sizes) {
    TfEmitter emit = call.emit();
    int dimension = call.op().number("iota_dimension");
    Shape shape = call.shape();
    Value count =
        shape.isKnown(dimension)
            ? emit.scalar(shape.dim(dimension))
            : emit.cast(emit.element(sizes.orElseThrow(), dimension), org.signet.type.DType.INT32);
    Value counter = emit.cast(emit.range(count), call.dtype());
    int behind = shape.rank() - 1 - dimension;
    Value value = Dimensions.inserted(emit, counter, Dimensions.filled(behind, 1));
    boolean[] stretched = new boolean[shape.rank()];
    for (int d = 0; d < shape.rank(); d++) {
      stretched[d] = d != dimension && shape.dim(d) != 1;
    }
    Spread result = new Spread(value, value.type().withShape(shape), stretched, sizes);
    return List.of(
        result.isStretched() ? result : Spread.of(Spread.expanded(emit, value, shape.rank())));
  }
}
