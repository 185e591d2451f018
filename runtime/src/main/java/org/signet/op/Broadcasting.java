package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that repeat elements: BROADCAST_TO, TILE; and BROADCAST_ARGS, which computes the broadcast of
 * two shapes.
 */
public final class Broadcasting {
  private static final Prepared BROADCAST_TO = Prepared.of(Broadcasting::prepareBroadcastTo, 1);
  private static final Prepared TILE = Prepared.of(Broadcasting::prepareTile, 1);
  private static final Prepared BROADCAST_ARGS =
      Prepared.of(Broadcasting::prepareBroadcastArgs, 0, 1);

  private Broadcasting() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "BROADCAST_TO", Broadcasting::inferBroadcastTo, Broadcasting::broadcastTo)
            .moving(),
        OpDefinition.builtin("TILE", Broadcasting::inferTile, Broadcasting::tile).moving(),
        OpDefinition.builtin(
                "BROADCAST_ARGS", Broadcasting::inferBroadcastArgs, Broadcasting::broadcastArgs)
            .accurate(Accuracy.EXACT));
  }

  public static List<TensorType> inferBroadcastTo(OpTypes op) {
    Shape target = KnownOperands.shape(op, 1);
    Shape shape = op.shape(0);
    if (shape.hasRank() && target.hasRank()) {
      Shape merged = Shapes.broadcast(shape, target);
      Shapes.require(
          merged.rank() == target.rank() && fits(shape, target),
          "%s does not broadcast to %s",
          shape,
          target);
      int[] dims = target.dims();
      for (int d = 0; d < dims.length; d++) {
        // A size beyond 1 can't be broadcast to anything else.
        dims[d] = dims[d] == Shape.UNKNOWN && merged.dim(d) > 1 ? merged.dim(d) : dims[d];
      }
      target = Shape.of(dims);
    }
    return List.of(Shapes.plain(op.dtype(0), target));
  }

  private static boolean fits(Shape shape, Shape target) {
    int lead = target.rank() - shape.rank();
    for (int d = 0; d < shape.rank(); d++) {
      boolean known = shape.isKnown(d) && target.isKnown(lead + d);
      if (known && shape.dim(d) != 1 && shape.dim(d) != target.dim(lead + d)) {
        return false;
      }
    }
    return true;
  }

  public static void broadcastTo(OpCall call) {
    BROADCAST_TO.evaluate(call);
  }

  private static Prepared.Run prepareBroadcastTo(OpCall call) {
    Tensor value = call.operand(0);
    int[] target = KnownOperands.sizes(call.operand(1));
    Shapes.require(
        value.rank() <= target.length && fits(Shape.of(value.shape()), Shape.of(target)),
        "Incompatible shapes: %s vs. %s",
        Shapes.tight(value.shape()),
        Shapes.tight(target));
    int[] strides = Shapes.broadcastStrides(value.shape(), target);
    return StridedCopy.filling(value, 0, strides, target, target);
  }

  /** Operand 1 says how often each dimension is repeated. */
  public static List<TensorType> inferTile(OpTypes op) {
    Optional<long[]> multiples = KnownOperands.elements(op, 1);
    Shape shape = op.shape(0);
    if (!shape.hasRank() || multiples.isEmpty()) {
      int rank = shape.hasRank() ? shape.rank() : multiples.map(m -> m.length).orElse(-1);
      return List.of(Shapes.plain(op.dtype(0), rank < 0 ? shape : Shape.ofRank(rank)));
    }
    Shapes.require(multiples.get().length == shape.rank(), "one multiple a dimension");
    int[] dims = shape.dims();
    for (int d = 0; d < dims.length; d++) {
      long multiple = multiples.get()[d];
      boolean known = KnownOperands.isKnown(multiple);
      Shapes.require(
          !known || multiple >= 0, "Expected multiples[%s] >= 0, but got %s", d, multiple);
      if ((known && multiple == 0) || dims[d] == 0) {
        dims[d] = 0;
      } else {
        dims[d] = known && dims[d] >= 0 ? times(dims[d], multiple) : multiple == 1 ? dims[d] : -1;
      }
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static int times(int size, long multiple) {
    Shapes.require(
        multiple <= Integer.MAX_VALUE / size, "%s times %s is too large", multiple, size);
    return (int) (size * multiple);
  }

  public static void tile(OpCall call) {
    TILE.evaluate(call);
  }

  private static Prepared.Run prepareTile(OpCall call) {
    Tensor value = call.operand(0);
    int[] multiples = KnownOperands.ints(call.operand(1));
    for (int d = 0; d < multiples.length; d++) {
      Shapes.require(multiples[d] >= 0, "Expected multiples[%s] >= 0, but got %s", d, multiples[d]);
    }
    int rank = value.rank();
    Shapes.require(multiples.length == rank, "one multiple a dimension");
    int[] own = Shapes.strides(value.shape());
    int[] shape = new int[rank];
    int[] dims = new int[2 * rank];
    int[] strides = new int[2 * rank];
    for (int d = 0; d < rank; d++) {
      shape[d] = value.dim(d) == 0 ? 0 : times(value.dim(d), multiples[d]);
      dims[2 * d] = multiples[d];
      dims[2 * d + 1] = value.dim(d);
      strides[2 * d + 1] = own[d];
    }
    return StridedCopy.filling(value, 0, strides, dims, shape);
  }

  public static List<TensorType> inferBroadcastArgs(OpTypes op) {
    boolean ranked = op.shape(0).hasRank() && op.shape(1).hasRank();
    int a = ranked ? op.shape(0).dim(0) : Shape.UNKNOWN;
    int b = ranked ? op.shape(1).dim(0) : Shape.UNKNOWN;
    int length = a == Shape.UNKNOWN || b == Shape.UNKNOWN ? Shape.UNKNOWN : Math.max(a, b);
    return List.of(Shapes.plain(op.dtype(0), Shape.of(length)));
  }

  public static void broadcastArgs(OpCall call) {
    BROADCAST_ARGS.evaluate(call);
  }

  private static Prepared.Run prepareBroadcastArgs(OpCall call) {
    int[] shape =
        Shapes.broadcast(
            KnownOperands.sizes(call.operand(0)), KnownOperands.sizes(call.operand(1)));
    return Reshaping.telling(call.operand(0).dtype(), shape);
  }
}
