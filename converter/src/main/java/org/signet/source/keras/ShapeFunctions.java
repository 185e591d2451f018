package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Functions that give the same elements another shape or order, and those that ask for sizes. */
final class ShapeFunctions {
  private final FunctionCall call;
  private final GraphOps ops;

  private ShapeFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  /** The results of a function; empty if it is none of these. */
  static Optional<List<KerasTensor>> apply(FunctionCall call) {
    return new ShapeFunctions(call).single().map(List::of);
  }

  private Optional<KerasTensor> single() {
    return switch (call.name()) {
      case "reshape" -> Optional.of(reshape());
      case "ravel" -> Optional.of(ops.reshape(call.x(), -1));
      case "batch_flatten" -> Optional.of(batchFlatten());
      case "expand_dims" -> Optional.of(expandDims());
      case "squeeze" -> Optional.of(squeeze());
      case "transpose" -> Optional.of(transpose());
      case "swapaxes" -> Optional.of(swap());
      case "moveaxis" -> Optional.of(move());
      case "broadcast_to" -> Optional.of(broadcast());
      case "shape" -> Optional.of(sizes("Shape"));
      case "size" -> Optional.of(sizes("Size"));
      case "rank", "ndim" -> Optional.of(ops.scalar(DType.INT32, call.x().rank()));
      case "depth_to_space" -> Optional.of(blocks("DepthToSpace"));
      case "space_to_depth" -> Optional.of(blocks("SpaceToDepth"));
      default -> Optional.empty();
    };
  }

  /** Sizes that are numbers, or computed. */
  private KerasTensor reshape() {
    KerasTensor x = call.x();
    Argument shape = call.parameter("newshape", "shape").orElseThrow(call::refused);
    if (shape instanceof Argument.Symbolic(KerasTensor tensor)) {
      return ops.add("Reshape", Attributes.NONE, x, tensor);
    }
    if (!(shape instanceof Argument.Items(List<Argument> items))) {
      return ops.reshape(x, call.integers("newshape", "shape").orElseThrow(call::refused));
    }
    GraphOps.Sizes sizes = ops.sizes();
    for (Argument item : items) {
      switch (item) {
        case Argument.Symbolic(KerasTensor tensor) -> sizes.plus(ops.cast(tensor, DType.INT32));
        case Argument.Json(JsonElement json) when json instanceof JsonPrimitive number ->
            sizes.plus(number.getAsInt());
        case Argument.Json(JsonElement json) when json.isJsonNull() -> sizes.plus(Shape.UNKNOWN);
        default -> throw call.refused();
      }
    }
    return ops.reshape(x, sizes);
  }

  private KerasTensor batchFlatten() {
    KerasTensor x = call.x();
    int[] rest = Arrays.copyOfRange(x.shape().dims(), 1, x.rank());
    if (Arrays.stream(rest).anyMatch(size -> size == Shape.UNKNOWN)) {
      throw call.refused();
    }
    return ops.reshape(x, -1, Math.toIntExact(Shape.elements(rest)));
  }

  private KerasTensor expandDims() {
    KerasTensor x = call.x();
    int[] axes = call.integers("axis").orElseThrow(call::refused);
    int rank = x.rank() + axes.length;
    int[] sorted =
        Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).sorted().toArray();
    for (int axis : sorted) {
      x = ops.expandDims(x, axis);
    }
    return x;
  }

  private KerasTensor squeeze() {
    KerasTensor x = call.x();
    return ops.squeeze(
        x,
        call.integers("axis")
            .orElseGet(() -> IntStream.range(0, x.rank()).filter(i -> x.dim(i) == 1).toArray()));
  }

  private KerasTensor transpose() {
    KerasTensor x = call.x();
    int[] reversed = IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
    int[] axes = call.integers("axes", "perm").orElse(reversed);
    return ops.transpose(x, Arrays.stream(axes).map(x::axis).toArray());
  }

  private KerasTensor swap() {
    KerasTensor x = call.x();
    int first = x.axis(call.integer("axis1", 0));
    int second = x.axis(call.integer("axis2", 0));
    int[] permutation = IntStream.range(0, x.rank()).toArray();
    permutation[first] = second;
    permutation[second] = first;
    return ops.transpose(x, permutation);
  }

  private KerasTensor move() {
    KerasTensor x = call.x();
    int[] from = call.integers("source").orElseThrow(call::refused);
    int[] to = call.integers("destination").orElseThrow(call::refused);
    int[] permutation = new int[x.rank()];
    Arrays.fill(permutation, -1);
    List<Integer> others = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    for (int i = 0; i < from.length; i++) {
      permutation[x.axis(to[i])] = x.axis(from[i]);
      others.remove(Integer.valueOf(x.axis(from[i])));
    }
    for (int i = 0; i < permutation.length; i++) {
      if (permutation[i] < 0) {
        permutation[i] = others.removeFirst();
      }
    }
    return ops.transpose(x, permutation);
  }

  private KerasTensor broadcast() {
    return ops.add(
        "BroadcastTo",
        Attributes.NONE,
        call.x(),
        ops.ints(call.integers("shape").orElseThrow(call::refused)));
  }

  private KerasTensor sizes(String op) {
    if (!call.keras2()) {
      throw call.refused();
    }
    return ops.add(
        op, Attributes.of("out_type", call.dtype("out_type").orElse(DType.INT32)), call.x());
  }

  private KerasTensor blocks(String op) {
    if (call.text("data_format").orElse("NHWC").matches("NCHW|channels_first")) {
      throw call.refused();
    }
    return ops.add(
        op,
        Attributes.of("block_size", call.integers("block_size").orElseThrow(call::refused)[0])
            .with("data_format", "NHWC"),
        call.x());
  }
}
