package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** The TensorFlow ops that layers are made of. A number takes the element type of its partner. */
final class GraphOps {
  private final GraphDefBuilder graph;

  GraphOps(GraphDefBuilder graph) {
    this.graph = graph;
  }

  GraphDefBuilder graph() {
    return graph;
  }

  /** A node of one result. */
  KerasTensor add(String op, Attributes attributes, KerasTensor... operands) {
    return graph.add(op, attributes, List.of(operands)).getFirst();
  }

  KerasTensor unary(String op, KerasTensor x) {
    return add(op, Attributes.NONE, x);
  }

  KerasTensor binary(String op, KerasTensor x, KerasTensor y) {
    return add(op, Attributes.NONE, x, y);
  }

  KerasTensor binary(String op, KerasTensor x, double y) {
    return add(op, Attributes.NONE, x, scalar(x.dtype(), y));
  }

  KerasTensor plus(KerasTensor x, KerasTensor y) {
    return binary("AddV2", x, y);
  }

  KerasTensor minus(KerasTensor x, KerasTensor y) {
    return binary("Sub", x, y);
  }

  KerasTensor times(KerasTensor x, KerasTensor y) {
    return binary("Mul", x, y);
  }

  KerasTensor scalar(DType dtype, double value) {
    Tensor tensor = Tensor.zeros(dtype);
    if (dtype == DType.BOOL) {
      return graph.constant(Tensor.scalar(value != 0));
    }
    if (dtype.isInteger()) {
      tensor.setLong(0, (long) value);
    } else {
      tensor.setDouble(0, value);
    }
    return graph.constant(tensor);
  }

  KerasTensor ints(int... values) {
    return graph.constant(Tensor.of(values));
  }

  /** An int32 scalar. */
  KerasTensor integer(int value) {
    return graph.constant(Tensor.scalar(value));
  }

  KerasTensor cast(KerasTensor x, DType dtype) {
    return x.dtype() == dtype ? x : add("Cast", Attributes.of("DstT", dtype), x);
  }

  /** The matrix product over the last two dimensions, the others broadcast. */
  KerasTensor matMul(KerasTensor x, KerasTensor y) {
    return matMul(x, y, false);
  }

  KerasTensor matMul(KerasTensor x, KerasTensor y, boolean turnRight) {
    return x.rank() == 2 && y.rank() == 2
        ? add("MatMul", Attributes.of("transpose_b", turnRight), x, y)
        : add("BatchMatMulV2", Attributes.of("adj_y", turnRight), x, y);
  }

  KerasTensor einsum(String equation, KerasTensor... operands) {
    return add("Einsum", Attributes.of("equation", equation), operands);
  }

  KerasTensor transpose(KerasTensor x, int... permutation) {
    return Arrays.equals(permutation, IntStream.range(0, permutation.length).toArray())
        ? x
        : add("Transpose", Attributes.NONE, x, ints(permutation));
  }

  /** As {@link #reshape(KerasTensor, Sizes)} with sizes that are all known but one, −1. */
  KerasTensor reshape(KerasTensor x, int... sizes) {
    return add("Reshape", Attributes.NONE, x, ints(sizes));
  }

  /** Reshapes to sizes of which several may only be known when the model runs. */
  KerasTensor reshape(KerasTensor x, Sizes sizes) {
    Shape known = sizes.shape();
    return known.isStatic() || sizes.unknownCount() == 1
        ? reshape(x, known.dims())
        : add("Reshape", Attributes.NONE, x, sizes.tensor()).refined(known);
  }

  /** Sizes of a tensor to make: numbers, or those of another tensor. */
  final class Sizes {
    private final List<KerasTensor> parts = new ArrayList<>();
    private final List<Integer> known = new ArrayList<>();

    Sizes plus(int size) {
      parts.add(integer(size));
      known.add(size);
      return this;
    }

    /** The size of dimension {@code axis} of {@code x}. */
    Sizes plus(KerasTensor x, int axis) {
      if (x.dim(axis) != Shape.UNKNOWN) {
        return plus(x.dim(axis));
      }
      parts.add(size(x, axis));
      known.add(Shape.UNKNOWN);
      return this;
    }

    /** The sizes of {@code x} from dimension {@code from} to before {@code to}. */
    Sizes plus(KerasTensor x, int from, int to) {
      for (int i = from; i < to; i++) {
        plus(x, i);
      }
      return this;
    }

    /** A size computed as an int32 scalar. */
    Sizes plus(KerasTensor size) {
      parts.add(size);
      known.add(Shape.UNKNOWN);
      return this;
    }

    Shape shape() {
      return Shape.of(known.stream().mapToInt(Integer::intValue).toArray());
    }

    int unknownCount() {
      return (int) known.stream().filter(size -> size == Shape.UNKNOWN).count();
    }

    KerasTensor tensor() {
      return shape().isStatic()
          ? ints(shape().dims())
          : graph.add("Pack", Attributes.of("axis", 0), parts).getFirst();
    }
  }

  Sizes sizes() {
    return new Sizes();
  }

  /** The size of a dimension as an int32 scalar. */
  KerasTensor size(KerasTensor x, int axis) {
    int at = x.axis(axis);
    if (x.dim(at) != Shape.UNKNOWN) {
      return integer(x.dim(at));
    }
    KerasTensor shape = add("Shape", Attributes.of("out_type", DType.INT32), x);
    return add(
        "StridedSlice",
        Attributes.of("shrink_axis_mask", 1),
        shape,
        ints(at),
        ints(at + 1),
        ints(1));
  }

  KerasTensor expandDims(KerasTensor x, int axis) {
    return add("ExpandDims", Attributes.NONE, x, integer(axis));
  }

  KerasTensor squeeze(KerasTensor x, int... axes) {
    return add(
        "Squeeze",
        Attributes.of("squeeze_dims", Arrays.stream(axes).mapToObj(Long::valueOf).toList()),
        x);
  }

  /** A reduction such as {@code Mean}. */
  KerasTensor reduce(String op, KerasTensor x, boolean keepDims, int... axes) {
    return add(op, Attributes.of("keep_dims", keepDims), x, ints(axes));
  }

  KerasTensor concat(List<KerasTensor> parts, int axis) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<KerasTensor> operands = new ArrayList<>(parts);
    operands.add(integer(parts.getFirst().axis(axis)));
    return graph.add("ConcatV2", Attributes.NONE, operands).getFirst();
  }

  KerasTensor stack(List<KerasTensor> parts, int axis) {
    return graph.add("Pack", Attributes.of("axis", axis), parts).getFirst();
  }

  List<KerasTensor> split(KerasTensor x, int count, int axis) {
    return graph.add("Split", Attributes.of("num_split", count), List.of(integer(x.axis(axis)), x));
  }

  /** {@code x[..., begin:end, ...]} along one dimension; an end of 0 stands for the size. */
  KerasTensor slice(KerasTensor x, int axis, int begin, int end) {
    int at = x.axis(axis);
    int[] begins = new int[x.rank()];
    int[] ends = new int[x.rank()];
    int[] strides = new int[x.rank()];
    Arrays.fill(strides, 1);
    begins[at] = begin;
    ends[at] = end;
    int all = (1 << x.rank()) - 1;
    int beginMask = begin == 0 ? all : all & ~(1 << at);
    int endMask = end == 0 ? all : all & ~(1 << at);
    return add(
        "StridedSlice",
        Attributes.of("begin_mask", beginMask, "end_mask", endMask),
        x,
        ints(begins),
        ints(ends),
        ints(strides));
  }

  /** {@code x[..., index, ...]}, without that dimension. */
  KerasTensor at(KerasTensor x, int axis, int index) {
    int position = x.axis(axis);
    int[] begins = new int[x.rank()];
    int[] ends = new int[x.rank()];
    int[] strides = new int[x.rank()];
    Arrays.fill(strides, 1);
    begins[position] = index;
    ends[position] = index + 1;
    int others = ((1 << x.rank()) - 1) & ~(1 << position);
    return add(
        "StridedSlice",
        Attributes.of("begin_mask", others, "end_mask", others)
            .with("shrink_axis_mask", 1 << position),
        x,
        ints(begins),
        ints(ends),
        ints(strides));
  }

  /** Pads with zeros; {@code amounts} are before and after, for each dimension. */
  KerasTensor pad(KerasTensor x, int[][] amounts) {
    if (Arrays.stream(amounts).allMatch(pair -> pair[0] == 0 && pair[1] == 0)) {
      return x;
    }
    int[] flat = Arrays.stream(amounts).flatMapToInt(Arrays::stream).toArray();
    return add("Pad", Attributes.NONE, x, graph.constant(Tensor.of(flat, amounts.length, 2)));
  }

  KerasTensor tile(KerasTensor x, int... multiples) {
    return Arrays.stream(multiples).allMatch(m -> m == 1)
        ? x
        : add("Tile", Attributes.NONE, x, ints(multiples));
  }

  KerasTensor gather(KerasTensor x, KerasTensor indices, int axis) {
    return add("GatherV2", Attributes.of("batch_dims", 0), x, indices, integer(axis));
  }

  KerasTensor select(KerasTensor condition, KerasTensor x, KerasTensor y) {
    return add("SelectV2", Attributes.NONE, condition, x, y);
  }

  KerasTensor clip(KerasTensor x, double low, double high) {
    return binary("Minimum", binary("Maximum", x, low), high);
  }

  /** {@code e^x} over its sum along one dimension. */
  KerasTensor softmax(String op, KerasTensor x, int axis) {
    int at = x.axis(axis);
    int last = x.rank() - 1;
    if (at == last) {
      return unary(op, x);
    }
    int[] swap = IntStream.rangeClosed(0, last).toArray();
    swap[at] = last;
    swap[last] = at;
    return transpose(unary(op, transpose(x, swap)), swap);
  }

  /** Elements [0, {@code count}) as int32, for a count that is an int32 scalar. */
  KerasTensor range(KerasTensor count) {
    return add("Range", Attributes.NONE, integer(0), count, integer(1));
  }

  /**
   * Moves the channels of {@code x} from dimension 1 to the end.
   *
   * @return {@code x} itself unless {@code channelsFirst}
   */
  KerasTensor toChannelsLast(KerasTensor x, boolean channelsFirst) {
    if (!channelsFirst) {
      return x;
    }
    int[] permutation = IntStream.range(0, x.rank()).map(i -> i == 0 ? 0 : i + 1).toArray();
    permutation[x.rank() - 1] = 1;
    return transpose(x, permutation);
  }

  /** The inverse of {@link #toChannelsLast}. */
  KerasTensor fromChannelsLast(KerasTensor x, boolean channelsFirst) {
    if (!channelsFirst) {
      return x;
    }
    int[] permutation = IntStream.range(0, x.rank()).map(i -> i < 2 ? 0 : i - 1).toArray();
    permutation[1] = x.rank() - 1;
    return transpose(x, permutation);
  }
}
