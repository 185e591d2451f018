package org.signet.op.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.op.Attributes;
import org.signet.op.Joining;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.Selection;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.Slicing;
import org.signet.op.StridedCopy;
import org.signet.op.Transposing;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that move elements without an index tensor, and STABLEHLO_IOTA, which makes indices. */
public final class StablehloMovement {
  private StablehloMovement() {}

  public static List<OpDefinition> definitions() {
    return List.of(
        moving("STABLEHLO_RESHAPE", StablehloMovement::declared, StablehloMovement::reshape),
        moving(
            "STABLEHLO_BROADCAST_IN_DIM",
            StablehloMovement::declared,
            StablehloMovement::broadcast),
        moving(
            "STABLEHLO_CONCATENATE",
            op ->
                Joining.inferConcatenation(
                    op, 0, op.operandCount(), OptionalInt.of(dimension(op.attributes()))),
            call ->
                Joining.concatenate(call, 0, call.operandCount(), dimension(call.attributes()))),
        moving("STABLEHLO_SLICE", StablehloMovement::inferSlice, StablehloMovement::slice),
        moving(
            "STABLEHLO_DYNAMIC_SLICE",
            op -> List.of(Shapes.plain(op.dtype(0), Shape.of(sliceSizes(op.attributes())))),
            StablehloMovement::dynamicSlice),
        moving(
            "STABLEHLO_DYNAMIC_UPDATE_SLICE",
            Shapes.SAME,
            call -> Slicing.update(call, starts(call, 2))),
        moving(
            "STABLEHLO_TRANSPOSE",
            StablehloMovement::inferTranspose,
            call -> Transposing.transpose(call, call.attributes().getInts("permutation"))),
        moving("STABLEHLO_SELECT", Selection::selectV2Shape, Selection::selectV2),
        OpDefinition.builtin(
            "STABLEHLO_IOTA",
            _ -> List.of(TensorType.unranked(DType.INT32)),
            StablehloMovement::iota));
  }

  private static OpDefinition moving(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.builtin(name, rule, reference).moving();
  }

  /** Nothing but the model file tells the shape. */
  private static List<TensorType> declared(OpTypes op) {
    return List.of(TensorType.unranked(op.dtype(0)));
  }

  private static int[] declaredShape(OpCall call) {
    Shape shape = call.resultType(0).shape();
    Shapes.require(
        shape.isStatic(),
        "the model declares the result as %s, whose sizes are not all known",
        shape);
    return shape.dims();
  }

  private static void reshape(OpCall call) {
    int[] shape = declaredShape(call);
    Shapes.require(
        Shape.of(shape).elements() == call.operand(0).size(),
        "%s can't be reshaped to %s",
        call.operand(0).type(),
        Shapes.text(shape));
    call.resultReshaped(0, 0, shape);
  }

  /** Dimension {@code i} of the operand becomes that of the result which the option tells. */
  private static void broadcast(OpCall call) {
    Tensor x = call.operand(0);
    int[] shape = declaredShape(call);
    int[] places = call.attributes().getInts("broadcast_dimensions");
    Shapes.require(places.length == x.rank(), "%s dimensions for %s", places.length, x.type());
    int[] own = Shapes.strides(x.shape());
    int[] strides = new int[shape.length];
    for (int d = 0; d < places.length; d++) {
      int place = Shapes.axis(places[d], shape.length);
      Shapes.require(
          x.dim(d) == 1 || x.dim(d) == shape[place],
          "%s does not broadcast to %s",
          x.type(),
          Shapes.text(shape));
      strides[place] = x.dim(d) == 1 ? 0 : own[d];
    }
    StridedCopy.gather(x, 0, strides, shape, call.result(0, x.dtype(), shape));
  }

  private static int dimension(Attributes options) {
    return options.getInt("dimension", 0);
  }

  private static int[] sliceSizes(Attributes options) {
    return options.getInts("slice_sizes");
  }

  /** How many elements of each dimension are taken; unknown where the size is and matters. */
  private static int[] sliced(Attributes options, int[] dims) {
    int[] starts = options.getInts("start_indices");
    int[] limits = options.getInts("limit_indices");
    int[] strides = options.getInts("strides");
    Shapes.require(
        starts.length == dims.length
            && limits.length == dims.length
            && strides.length == dims.length,
        "a slice of %s dimensions from %s",
        starts.length,
        Shapes.text(dims));
    int[] sizes = new int[dims.length];
    for (int d = 0; d < dims.length; d++) {
      Shapes.require(
          starts[d] >= 0
              && starts[d] <= limits[d]
              && strides[d] > 0
              && (dims[d] == Shape.UNKNOWN || limits[d] <= dims[d]),
          "a slice from %s to %s in steps of %s of %s elements",
          starts[d],
          limits[d],
          strides[d],
          dims[d]);
      sizes[d] = Math.ceilDiv(limits[d] - starts[d], strides[d]);
    }
    return sizes;
  }

  private static List<TensorType> inferSlice(OpTypes op) {
    int rank = op.attributes().getInts("start_indices").length;
    int[] dims = Shapes.ranked(op.shape(0), rank, "the operand").dims();
    return List.of(Shapes.plain(op.dtype(0), Shape.of(sliced(op.attributes(), dims))));
  }

  private static void slice(OpCall call) {
    Tensor x = call.operand(0);
    int[] shape = sliced(call.attributes(), x.shape());
    int[] starts = call.attributes().getInts("start_indices");
    int[] steps = call.attributes().getInts("strides");
    int[] own = Shapes.strides(x.shape());
    int from = 0;
    for (int d = 0; d < own.length; d++) {
      from += starts[d] * own[d];
      steps[d] *= own[d];
    }
    StridedCopy.gather(x, from, steps, shape, call.result(0, x.dtype(), shape));
  }

  /** The scalar operands from {@code first} on. */
  private static int[] starts(OpCall call, int first) {
    int[] starts = new int[call.operandCount() - first];
    Arrays.setAll(
        starts,
        i -> Math.clamp(call.operand(first + i).getLong(0), Integer.MIN_VALUE, Integer.MAX_VALUE));
    return starts;
  }

  /** A slice that would reach beyond the operand begins earlier. */
  private static void dynamicSlice(OpCall call) {
    Tensor x = call.operand(0);
    int[] sizes = sliceSizes(call.attributes());
    int[] starts = starts(call, 1);
    Shapes.require(
        sizes.length == x.rank() && starts.length == x.rank(),
        "a slice of %s dimensions from %s",
        sizes.length,
        x.type());
    int[] own = Shapes.strides(x.shape());
    int from = 0;
    for (int d = 0; d < own.length; d++) {
      Shapes.require(
          sizes[d] >= 0 && sizes[d] <= x.dim(d), "a slice of %s from %s", sizes[d], x.dim(d));
      from += Math.clamp(starts[d], 0, x.dim(d) - sizes[d]) * own[d];
    }
    StridedCopy.gather(x, from, own, sizes, call.result(0, x.dtype(), sizes));
  }

  private static List<TensorType> inferTranspose(OpTypes op) {
    int[] permutation = op.attributes().getInts("permutation");
    long[] axes = Arrays.stream(permutation).asLongStream().toArray();
    return List.of(Shapes.plain(op.dtype(0), Transposing.permuted(op.shape(0), Optional.of(axes))));
  }

  /** The index of each element along one dimension. */
  private static void iota(OpCall call) {
    int[] shape = declaredShape(call);
    int dimension = Shapes.axis(call.attributes().getInt("iota_dimension", 0), shape.length);
    Tensor result = call.result(0, call.resultType(0).dtype(), shape);
    Shapes.require(
        result.dtype().isInteger() || result.dtype().isFloating(), "indices as %s", result.dtype());
    int inner = Shapes.product(shape, dimension + 1, shape.length);
    for (int i = 0; i < result.size(); i++) {
      int index = i / inner % shape[dimension];
      if (result.dtype().isInteger()) {
        result.setLong(i, index);
      } else {
        result.setDouble(i, index);
      }
    }
  }
}
