package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Functions that move, join or pick elements, and those that ask for sizes. */
final class ShapeFunctions {
  private final FunctionCall call;
  private final GraphOps ops;

  private ShapeFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  /** The results of a function; empty if it is none of these. */
  static Optional<List<KerasTensor>> apply(FunctionCall call) {
    ShapeFunctions functions = new ShapeFunctions(call);
    return switch (call.name()) {
      case "split" -> Optional.of(functions.split());
      case "unstack" -> Optional.of(functions.unstack());
      case "top_k" -> Optional.of(functions.topK());
      default -> functions.single().map(List::of);
    };
  }

  private Optional<KerasTensor> single() {
    return switch (call.name()) {
      case "concatenate" -> Optional.of(concatenate(call.integer("axis", -1)));
      case "hstack" -> Optional.of(concatenate(1));
      case "append" -> Optional.of(append());
      case "stack" -> Optional.of(ops.stack(same(call.tensors()), call.integer("axis", 0)));
      case "reshape" -> Optional.of(reshape());
      case "ravel" -> Optional.of(ops.reshape(call.x(), -1));
      case "batch_flatten" -> Optional.of(batchFlatten());
      case "expand_dims" -> Optional.of(expandDims());
      case "squeeze" -> Optional.of(squeeze());
      case "transpose" -> Optional.of(transpose());
      case "swapaxes" -> Optional.of(swap());
      case "moveaxis" -> Optional.of(move());
      case "flip", "reverse" -> Optional.of(flip());
      case "tile" -> Optional.of(tile());
      case "repeat" -> Optional.of(repeat());
      case "roll" -> Optional.of(roll());
      case "pad" -> Optional.of(pad());
      case "broadcast_to" -> Optional.of(broadcast());
      case "take", "gather" -> Optional.of(take());
      case "gather_nd" -> Optional.of(gatherNd());
      case "one_hot" -> Optional.of(oneHot());
      case "slice" -> Optional.of(slice());
      case "strided_slice" -> Optional.of(stridedSlice());
      case "tril" -> Optional.of(band(-1, call.integer("k", 0)));
      case "triu" -> Optional.of(band(-call.integer("k", 0), -1));
      case "band_part" ->
          Optional.of(band(call.integer("num_lower", 0), call.integer("num_upper", 0)));
      case "shape" -> Optional.of(sizes("Shape"));
      case "size" -> Optional.of(sizes("Size"));
      case "rank", "ndim" -> Optional.of(ops.scalar(DType.INT32, call.x().rank()));
      case "depth_to_space" -> Optional.of(blocks("DepthToSpace"));
      case "space_to_depth" -> Optional.of(blocks("SpaceToDepth"));
      case "get_item" ->
          Optional.of(
              new Indexing(call.call()).apply(call.x(), call.operand(1, "key", "slice_spec")));
      default -> Optional.empty();
    };
  }

  /** Tensors of different types are joined in the float type among them. */
  private List<KerasTensor> same(List<KerasTensor> tensors) {
    List<DType> types = tensors.stream().map(KerasTensor::dtype).distinct().toList();
    if (types.size() == 1) {
      return tensors;
    }
    List<DType> floating = types.stream().filter(DType::isFloating).toList();
    if (floating.size() != 1 || types.contains(DType.BOOL)) {
      throw call.refused();
    }
    return tensors.stream().map(tensor -> ops.cast(tensor, floating.getFirst())).toList();
  }

  private KerasTensor concatenate(int axis) {
    return ops.concat(same(call.tensors()), axis);
  }

  private KerasTensor append() {
    KerasTensor y = call.operand(1, "x2").tensors().findFirst().orElseThrow(call::refused);
    List<KerasTensor> both = same(List.of(call.x(), y));
    int[] axis = call.integers("axis").orElse(new int[0]);
    return axis.length == 0
        ? ops.concat(both.stream().map(part -> ops.reshape(part, -1)).toList(), 0)
        : ops.concat(both, axis[0]);
  }

  private List<KerasTensor> split() {
    KerasTensor x = call.x();
    int axis = x.axis(call.integer("axis", 0));
    int[] parts =
        call.integers("indices_or_sections", "num_or_size_splits").orElseThrow(call::refused);
    boolean list =
        call.parameter("indices_or_sections", "num_or_size_splits").orElseThrow(call::refused)
            instanceof Argument.Items;
    if (!list) {
      return ops.split(x, parts[0], axis);
    }
    if (x.dim(axis) == Shape.UNKNOWN) {
      throw call.refused();
    }
    List<KerasTensor> results = new ArrayList<>();
    int begin = 0;
    for (int part : parts) {
      int end = call.keras2() ? begin + part : part;
      results.add(slice(x, axis, begin, end));
      begin = end;
    }
    if (!call.keras2()) {
      results.add(slice(x, axis, begin, x.dim(axis)));
    }
    return results;
  }

  private KerasTensor slice(KerasTensor x, int axis, int begin, int end) {
    if (begin < 0 || end <= begin || end > x.dim(axis)) {
      throw call.refused();
    }
    return ops.slice(x, axis, begin, end);
  }

  private List<KerasTensor> unstack() {
    KerasTensor x = call.x();
    int axis = x.axis(call.integer("axis", 0));
    if (x.dim(axis) == Shape.UNKNOWN) {
      throw call.refused();
    }
    return IntStream.range(0, x.dim(axis)).mapToObj(i -> ops.at(x, axis, i)).toList();
  }

  private List<KerasTensor> topK() {
    KerasTensor x = call.x();
    return ops.graph()
        .add(
            "TopKV2",
            Attributes.of("sorted", true),
            List.of(x, ops.scalar(DType.INT32, call.integer("k", 1))));
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

  private KerasTensor flip() {
    KerasTensor x = call.x();
    return ops.add("ReverseV2", Attributes.NONE, x, ops.ints(call.axes(x)));
  }

  private KerasTensor tile() {
    KerasTensor x = call.x();
    int[] given = call.integers("repeats", "multiples").orElseThrow(call::refused);
    int rank = Math.max(given.length, x.rank());
    int[] multiples = new int[rank];
    Arrays.fill(multiples, 1);
    System.arraycopy(given, 0, multiples, rank - given.length, given.length);
    while (x.rank() < rank) {
      x = ops.expandDims(x, 0);
    }
    return ops.tile(x, multiples);
  }

  private KerasTensor repeat() {
    KerasTensor x = call.x();
    int[] repeats = call.integers("repeats").orElseThrow(call::refused);
    if (call.integers("axis").isEmpty()) {
      x = ops.reshape(x, -1);
    }
    int axis = x.axis(call.integer("axis", 0));
    if (repeats.length == 1) {
      return UpSamplingLayers.repeat(ops, x, axis, repeats[0]);
    }
    int[] indices =
        IntStream.range(0, repeats.length)
            .flatMap(i -> IntStream.generate(() -> i).limit(repeats[i]))
            .toArray();
    return ops.gather(x, ops.ints(indices), axis);
  }

  private KerasTensor roll() {
    KerasTensor x = call.x();
    int[] shift = call.integers("shift").orElseThrow(call::refused);
    Optional<int[]> axis = call.integers("axis");
    if (axis.isEmpty() || axis.get().length != shift.length) {
      throw call.refused();
    }
    for (int i = 0; i < shift.length; i++) {
      x = rolled(x, x.axis(axis.get()[i]), shift[i]);
    }
    return x;
  }

  private KerasTensor rolled(KerasTensor x, int axis, int shift) {
    if (x.dim(axis) == Shape.UNKNOWN || x.dim(axis) == 0) {
      throw call.refused();
    }
    int by = Math.floorMod(shift, x.dim(axis));
    int cut = x.dim(axis) - by;
    return by == 0
        ? x
        : ops.concat(List.of(ops.slice(x, axis, cut, 0), ops.slice(x, axis, 0, cut)), axis);
  }

  private KerasTensor pad() {
    KerasTensor x = call.x();
    Argument widths = call.parameter("pad_width", "paddings").orElseThrow(call::refused);
    int[] amounts = amounts(widths, x.rank());
    KerasTensor paddings = ops.graph().constant(Tensor.of(amounts, x.rank(), 2));
    String mode = call.text("mode").orElse("constant").toUpperCase(java.util.Locale.ROOT);
    if (mode.equals("CONSTANT")) {
      double value = call.number(0, "constant_values");
      return ops.add("PadV2", Attributes.NONE, x, paddings, ops.scalar(x.dtype(), value));
    }
    return ops.add("MirrorPad", Attributes.of("mode", mode), x, paddings);
  }

  private int[] amounts(Argument widths, int rank) {
    if (widths instanceof Argument.Symbolic) {
      throw call.refused();
    }
    Tensor given = constant(widths);
    int[] amounts = new int[2 * rank];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] =
          switch (given.size()) {
            case 1 -> (int) given.getLong(0);
            case 2 -> (int) given.getLong(i % 2);
            default -> (int) given.getLong(i);
          };
    }
    if (given.size() > 2 && given.size() != amounts.length) {
      throw call.refused();
    }
    return amounts;
  }

  private Tensor constant(Argument value) {
    return PreprocessingLayers.tensor(call.json(value), DType.INT32);
  }

  private KerasTensor broadcast() {
    return ops.add(
        "BroadcastTo",
        Attributes.NONE,
        call.x(),
        ops.ints(call.integers("shape").orElseThrow(call::refused)));
  }

  private KerasTensor take() {
    KerasTensor x = call.value(call.first());
    KerasTensor indices =
        call.value(
            call.call()
                .arguments()
                .find(1, "indices")
                .or(() -> call.parameter("indices"))
                .orElseThrow(call::refused));
    if (indices.dtype() != DType.INT32 && indices.dtype() != DType.INT64) {
      throw call.refused();
    }
    Optional<int[]> axis = call.integers("axis");
    int batch = call.integer("batch_dims", 0);
    if (axis.isEmpty() && !call.keras2()) {
      x = ops.reshape(x, -1);
    }
    int at = x.axis(axis.map(axes -> axes[0]).orElse(batch));
    if (!call.keras2()) {
      if (x.dim(at) == Shape.UNKNOWN) {
        throw call.refused();
      }
      // Negative indices count from the end.
      KerasTensor size = ops.scalar(indices.dtype(), x.dim(at));
      indices = ops.select(ops.binary("Less", indices, 0), ops.plus(indices, size), indices);
    }
    return ops.add(
        "GatherV2", Attributes.of("batch_dims", batch), x, indices, ops.scalar(DType.INT32, at));
  }

  private KerasTensor gatherNd() {
    KerasTensor x = call.value(call.first());
    KerasTensor indices = call.value(call.operand(1, "indices"));
    if (call.integer("batch_dims", 0) != 0) {
      throw call.refused();
    }
    return ops.add("GatherNd", Attributes.NONE, x, indices);
  }

  private KerasTensor oneHot() {
    KerasTensor x = call.x();
    DType dtype = call.dtype("dtype").orElse(DType.FLOAT32);
    if (x.dtype() != DType.INT32 && x.dtype() != DType.INT64 && x.dtype() != DType.UINT8) {
      throw call.refused();
    }
    return ops.add(
        "OneHot",
        Attributes.of("axis", call.integer("axis", -1)),
        x,
        ops.scalar(
            DType.INT32, call.integers("num_classes", "depth").orElseThrow(call::refused)[0]),
        ops.scalar(dtype, call.number(1, "on_value")),
        ops.scalar(dtype, call.number(0, "off_value")));
  }

  private KerasTensor slice() {
    return ops.add(
        "Slice",
        Attributes.NONE,
        call.x(),
        ops.ints(call.integers("begin", "start_indices").orElseThrow(call::refused)),
        ops.ints(call.integers("size", "shape").orElseThrow(call::refused)));
  }

  private KerasTensor stridedSlice() {
    int[] begin = call.integers("begin").orElseThrow(call::refused);
    int[] ones = new int[begin.length];
    Arrays.fill(ones, 1);
    return ops.add(
        "StridedSlice",
        Attributes.of(
                "begin_mask",
                call.integer("begin_mask", 0),
                "end_mask",
                call.integer("end_mask", 0))
            .with("ellipsis_mask", call.integer("ellipsis_mask", 0))
            .with("new_axis_mask", call.integer("new_axis_mask", 0))
            .with("shrink_axis_mask", call.integer("shrink_axis_mask", 0)),
        call.x(),
        ops.ints(begin),
        ops.ints(call.integers("end").orElseThrow(call::refused)),
        ops.ints(call.integers("strides").orElse(ones)));
  }

  private KerasTensor band(int lower, int upper) {
    if (!call.name().equals("band_part")
        && call.integer("k", 0) != 0
        && (call.name().equals("tril") ? call.integer("k", 0) < 0 : call.integer("k", 0) > 0)) {
      throw call.refused(); // a band that leaves the diagonal out
    }
    return ops.add(
        "MatrixBandPart",
        Attributes.NONE,
        call.x(),
        ops.scalar(DType.INT64, lower),
        ops.scalar(DType.INT64, upper));
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
