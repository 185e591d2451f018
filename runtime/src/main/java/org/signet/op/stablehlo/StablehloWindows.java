package org.signet.op.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.BinaryFunction;
import org.signet.op.BinaryFunctions;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** STABLEHLO_PAD, STABLEHLO_REDUCE_WINDOW, STABLEHLO_REDUCE, DILATE and REDUCE_WINDOW. */
public final class StablehloWindows {
  static final BinaryFunction ALL =
      BinaryFunction.of((a, b) -> a != 0 && b != 0 ? 1 : 0, (a, b) -> a != 0 && b != 0 ? 1 : 0);
  static final BinaryFunction ANY =
      BinaryFunction.of((a, b) -> a != 0 || b != 0 ? 1 : 0, (a, b) -> a != 0 || b != 0 ? 1 : 0);
  private static final Map<String, BinaryFunction> FUNCTIONS =
      Map.of(
          "ADD", BinaryFunctions.ADD,
          "MUL", BinaryFunctions.MUL,
          "MINIMUM", BinaryFunctions.MINIMUM,
          "MAXIMUM", BinaryFunctions.MAXIMUM,
          "ALL", ALL,
          "ANY", ANY);

  private StablehloWindows() {}

  public static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("STABLEHLO_PAD", StablehloWindows::inferPad, StablehloWindows::pad)
            .moving(),
        OpDefinition.builtin("DILATE", StablehloWindows::inferDilate, StablehloWindows::dilate)
            .moving(),
        OpDefinition.builtin("REDUCE_WINDOW", StablehloWindows::inferFold, StablehloWindows::fold)
            .accurate(Accuracy.ACCUMULATED)
            .limited(use -> named(use.attributes()).require(use.dtype(0))),
        OpDefinition.builtin(
                "STABLEHLO_REDUCE_WINDOW",
                StablehloWindows::inferWindows,
                StablehloWindows::windows)
            .accurate(Accuracy.ACCUMULATED)
            .limited(use -> Regions.ofWindows(use.attributes()).require(use.dtype(0)))
            .limited(StablehloWindows::requireOne),
        OpDefinition.builtin(
                "STABLEHLO_REDUCE", StablehloWindows::inferReduce, StablehloWindows::reduce)
            .accurate(Accuracy.ACCUMULATED)
            .limited(use -> Regions.function(use.attributes()).require(use.dtype(0)))
            .limited(StablehloWindows::requireOne));
  }

  private static void requireOne(OpTypes use) {
    Shapes.require(
        use.operandCount() == 2 && use.resultCount() == 1, "several tensors are reduced at once");
  }

  private static Spread padding(Attributes options) {
    return new Spread(
        options.getInts("edge_padding_low"),
        options.getInts("edge_padding_high"),
        options.getInts("interior_padding"));
  }

  private static List<TensorType> inferPad(OpTypes op) {
    Spread padding = padding(op.attributes());
    Shape shape = Shapes.ranked(op.shape(0), padding.low().length, "the operand");
    return List.of(Shapes.plain(op.dtype(0), Shape.of(padding.shape(shape.dims()))));
  }

  private static void pad(OpCall call) {
    spread(call, padding(call.attributes()), call.operand(1));
  }

  private static void spread(OpCall call, Spread padding, Tensor filler) {
    Tensor x = call.operand(0);
    padding.apply(x, filler, call.result(0, x.dtype(), padding.shape(x.shape())));
  }

  private static List<TensorType> inferDilate(OpTypes op) {
    Shape shape = op.shape(0);
    Optional<Tensor> dilations = op.constant(1);
    if (!shape.hasRank() || dilations.isEmpty()) {
      return List.of(
          Shapes.plain(op.dtype(0), shape.hasRank() ? Shape.ofRank(shape.rank()) : shape));
    }
    Spread spread = Spread.dilated(dilations.get().toInts());
    return List.of(Shapes.plain(op.dtype(0), Shape.of(spread.shape(shape.dims()))));
  }

  private static void dilate(OpCall call) {
    spread(call, Spread.dilated(call.operand(1).toInts()), call.operand(2));
  }

  private static List<TensorType> inferFold(OpTypes op) {
    Shape shape = op.shape(0);
    boolean known =
        op.constant(2).isPresent() && op.constant(3).isPresent() && op.constant(4).isPresent();
    if (!shape.hasRank() || !known) {
      return List.of(
          Shapes.plain(op.dtype(0), shape.hasRank() ? Shape.ofRank(shape.rank()) : shape));
    }
    WindowFold fold =
        new WindowFold(
            op.constant(2).orElseThrow().toInts(),
            op.constant(3).orElseThrow().toInts(),
            op.constant(4).orElseThrow().toInts());
    return List.of(Shapes.plain(op.dtype(0), Shape.of(fold.shape(shape.dims()))));
  }

  /** The function that an option names. */
  private static BinaryFunction named(Attributes options) {
    String name = options.getString("reduce_function", "UNSUPPORTED");
    return Optional.ofNullable(FUNCTIONS.get(name))
        .orElseThrow(() -> new IllegalArgumentException("windows can't be reduced by " + name));
  }

  private static void fold(OpCall call) {
    WindowFold fold =
        new WindowFold(
            call.operand(2).toInts(), call.operand(3).toInts(), call.operand(4).toInts());
    Tensor x = call.operand(0);
    fold.apply(
        x,
        call.operand(1),
        named(call.attributes()),
        call.result(0, x.dtype(), fold.shape(x.shape())));
  }

  private static int[] ones(int[] given, int rank) {
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    return given.length == 0 ? ones : given;
  }

  private static WindowFold fold(Attributes options) {
    int[] window = options.getInts("window_dimensions");
    return new WindowFold(
        window,
        ones(options.getInts("window_strides"), window.length),
        ones(options.getInts("window_dilations"), window.length));
  }

  /** What comes between and around the elements before the windows are reduced. */
  private static Spread surroundings(Attributes options) {
    int rank = options.getInts("window_dimensions").length;
    int[] dilations = ones(options.getInts("base_dilations"), rank);
    int[] padding = options.getInts("padding");
    Spread spread = Spread.dilated(dilations);
    if (padding.length == 0) {
      return spread;
    }
    Shapes.require(padding.length == 2 * rank, "two paddings a dimension");
    int[] low = new int[rank];
    int[] high = new int[rank];
    for (int d = 0; d < rank; d++) {
      low[d] = padding[2 * d];
      high[d] = padding[2 * d + 1];
    }
    return new Spread(low, high, spread.interior());
  }

  private static List<TensorType> inferWindows(OpTypes op) {
    WindowFold fold = fold(op.attributes());
    Shape shape = Shapes.ranked(op.shape(0), fold.window().length, "the operand");
    int[] padded = surroundings(op.attributes()).shape(shape.dims());
    return List.of(Shapes.plain(op.dtype(0), Shape.of(fold.shape(padded))));
  }

  private static void windows(OpCall call) {
    Tensor x = call.operand(0);
    Tensor start = call.operand(1);
    Spread spread = surroundings(call.attributes());
    Tensor padded = Tensor.zeros(x.dtype(), spread.shape(x.shape()));
    spread.apply(x, start, padded);
    WindowFold fold = fold(call.attributes());
    Tensor result = call.result(0, x.dtype(), fold.shape(padded.shape()));
    fold.apply(padded, start, Regions.ofWindows(call.attributes()), result);
  }

  private static Shape reduced(Attributes options, Shape shape) {
    if (!shape.hasRank()) {
      return shape;
    }
    List<Integer> reduced = Arrays.stream(options.getInts("dimensions")).boxed().toList();
    int[] dims = shape.dims();
    return Shape.of(
        IntStream.range(0, dims.length)
            .filter(d -> !reduced.contains(d))
            .map(d -> dims[d])
            .toArray());
  }

  private static List<TensorType> inferReduce(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), reduced(op.attributes(), op.shape(0))));
  }

  /** One window over all of each reduced dimension. */
  private static void reduce(OpCall call) {
    Tensor x = call.operand(0);
    int[] window = new int[x.rank()];
    Arrays.fill(window, 1);
    for (int d : call.attributes().getInts("dimensions")) {
      window[d] = x.dim(d);
    }
    int[] ones = ones(new int[0], x.rank());
    int[] shape = reduced(call.attributes(), Shape.of(x.shape())).dims();
    Tensor result = call.result(0, x.dtype(), shape);
    if (x.size() == 0) {
      Elements.fill(result, 0, result.size(), call.operand(1), 0);
      return;
    }
    WindowFold fold = new WindowFold(window, ones, ones);
    fold.apply(
        x,
        call.operand(1),
        Regions.function(call.attributes()),
        result.reshaped(fold.shape(x.shape())));
  }
}
