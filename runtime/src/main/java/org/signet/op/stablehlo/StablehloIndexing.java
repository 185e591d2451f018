package org.signet.op.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.BinaryFunction;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** STABLEHLO_GATHER and STABLEHLO_SCATTER: slices at places that an index tensor tells. */
public final class StablehloIndexing {
  private StablehloIndexing() {}

  public static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "STABLEHLO_GATHER", StablehloIndexing::inferGather, StablehloIndexing::gather)
            .moving(),
        OpDefinition.builtin("STABLEHLO_SCATTER", Shapes.SAME, StablehloIndexing::scatter)
            .accurate(Accuracy.ACCUMULATED)
            .limited(use ->
                Regions.find(use.attributes())
                    .ifPresent(function -> function.require(use.dtype(0)))));
  }

  /**
   * Index vectors of an index tensor.
   *
   * @param axis the dimension that holds a vector; the tensor's rank if its elements are vectors
   * @param dims the dimension that each element of a vector belongs to
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Places(Tensor indices, int axis, int[] dims) {
    /** The vector at a batch index, spread over the dimensions that it belongs to. */
    int[] start(int[] batch, int rank) {
      int[] shape = indices.shape();
      int[] at = new int[shape.length];
      for (int d = 0, from = 0; d < shape.length; d++) {
        at[d] = d == axis ? 0 : batch[from++];
      }
      int[] start = new int[rank];
      for (int i = 0; i < dims.length; i++) {
        if (axis < shape.length) {
          at[axis] = i;
        }
        long index = indices.getLong(Odometer.position(at, shape));
        start[dims[i]] = Math.clamp(index, Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2);
      }
      return start;
    }
  }

  private static Shape gathered(Attributes options, Shape operand, Shape indices) {
    int[] sizes = options.getInts("slice_sizes");
    int[] offsets = options.getInts("offset_dims");
    int[] kept = Axes.without(sizes.length, options.getInts("collapsed_slice_dims"));
    if (!indices.hasRank()) {
      return Shape.unknownRank();
    }
    int axis = options.getInt("index_vector_dim", 0);
    int[] batch =
        IntStream.range(0, indices.rank()).filter(d -> d != axis).map(indices::dim).toArray();
    Shapes.require(
        kept.length == offsets.length && (!operand.hasRank() || operand.rank() == sizes.length),
        "slices of %s from %s",
        Shapes.text(sizes),
        operand);
    int[] shape = new int[batch.length + offsets.length];
    for (int d = 0, slice = 0, from = 0; d < shape.length; d++) {
      shape[d] = Axes.contains(offsets, d) ? sizes[kept[slice++]] : batch[from++];
    }
    return Shape.of(shape);
  }

  private static List<TensorType> inferGather(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), gathered(op.attributes(), op.shape(0), op.shape(1))));
  }

  /** A slice that would reach beyond the operand begins earlier. */
  private static void gather(OpCall call) {
    Attributes options = call.attributes();
    Tensor x = call.operand(0);
    Tensor indices = call.operand(1);
    int[] dims = x.shape();
    int[] sizes = options.getInts("slice_sizes");
    int[] offsets = options.getInts("offset_dims");
    int[] kept = Axes.without(sizes.length, options.getInts("collapsed_slice_dims"));
    Places places =
        new Places(
            indices, options.getInt("index_vector_dim", 0), options.getInts("start_index_map"));
    int[] shape = gathered(options, Shape.of(dims), Shape.of(indices.shape())).dims();
    int[] batches = Axes.without(shape.length, offsets);
    Tensor result = call.result(0, x.dtype(), shape);
    Odometer to = new Odometer(shape);
    while (to.next()) {
      int[] index = to.index();
      int[] place = places.start(Arrays.stream(batches).map(d -> index[d]).toArray(), dims.length);
      for (int d = 0; d < dims.length; d++) {
        Shapes.require(sizes[d] <= dims[d], "a slice of %s from %s", sizes[d], dims[d]);
        place[d] = Math.clamp(place[d], 0, dims[d] - sizes[d]);
      }
      for (int i = 0; i < kept.length; i++) {
        place[kept[i]] += index[offsets[i]];
      }
      Elements.copy(x, Odometer.position(place, dims), result, to.position(), 1);
    }
  }

  /** Elements whose place is outside the operand are left out. */
  private static void scatter(OpCall call) {
    Attributes options = call.attributes();
    Tensor x = call.operand(0);
    Tensor updates = call.operand(2);
    int[] dims = x.shape();
    int[] windows = options.getInts("update_window_dims");
    int[] kept = Axes.without(dims.length, options.getInts("inserted_window_dims"));
    int[] batches = Axes.without(updates.rank(), windows);
    Places places =
        new Places(
            call.operand(1),
            options.getInt("index_vector_dim", 0),
            options.getInts("scatter_dims_to_operand_dims"));
    Optional<BinaryFunction> function = Regions.find(call.attributes());
    Tensor result = call.result(0, x.dtype(), dims);
    Elements.copyAll(x, result);
    Tensor old = Tensor.zeros(x.dtype(), 1);
    Tensor update = Tensor.zeros(x.dtype(), 1);
    Odometer from = new Odometer(updates.shape());
    while (from.next()) {
      int[] index = from.index();
      int[] place = places.start(Arrays.stream(batches).map(d -> index[d]).toArray(), dims.length);
      for (int i = 0; i < kept.length; i++) {
        place[kept[i]] += index[windows[i]];
      }
      int at = Odometer.position(place, dims);
      if (at >= 0) {
        Elements.copy(updates, from.position(), update, 0, 1);
        Elements.copy(result, at, old, 0, 1);
        function.ifPresent(f -> f.apply(old, update, update));
        Elements.copy(update, 0, result, at, 1);
      }
    }
  }
}
