package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Pieces of shape rules and definitions that the families of TensorFlow ops share. */
public final class Rules {
  private Rules() {}

  /** A pure op whose results are compared bit for bit. */
  public static OpDefinition exact(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.EXACT);
  }

  /** Results of these types, whatever the operands are. */
  public static ShapeRule always(TensorType... types) {
    List<TensorType> list = List.of(types);
    return op -> list;
  }

  /** One result of this element type and operand 0's shape. */
  public static ShapeRule mapped(DType dtype) {
    return op -> List.of(Shapes.plain(dtype, op.shape(0)));
  }

  public static TensorType scalar(DType dtype) {
    return Shapes.plain(dtype, Shape.scalar());
  }

  /** A vector as long as values say. */
  public static TensorType vector(DType dtype) {
    return Shapes.plain(dtype, Shape.of(Shape.UNKNOWN));
  }

  public static TensorType ranked(DType dtype, int rank) {
    return Shapes.plain(dtype, Shape.ofRank(rank));
  }

  /** The size of a dimension of operand {@code i}, {@link Shape#UNKNOWN} if it is not known. */
  public static int dim(OpTypes op, int i, int axis) {
    Shape shape = op.shape(i);
    return shape.hasRank() && axis < shape.rank() ? shape.dim(axis) : Shape.UNKNOWN;
  }

  /** {@code lead} followed by {@code shape} without its first {@code skipped} dimensions. */
  public static Shape replaced(Shape shape, int skipped, int... lead) {
    if (!shape.hasRank()) {
      return shape;
    }
    Shapes.require(shape.rank() >= skipped, "%s has less than %s dimensions", shape, skipped);
    int[] dims = Arrays.copyOf(lead, lead.length + shape.rank() - skipped);
    for (int d = skipped; d < shape.rank(); d++) {
      dims[lead.length + d - skipped] = shape.dim(d);
    }
    return Shape.of(dims);
  }

  /** The shape that a vector spells out, or the shape of a tensor of this rank. */
  public static int[] likeSizes(Tensor tensor, int rank) {
    return tensor.rank() == rank ? tensor.shape() : KnownOperands.sizes(tensor);
  }

  /** {@link #likeSizes} of operand {@code i}, as far as it is known. */
  public static Shape likeShape(OpTypes op, int i, int rank) {
    Shape shape = op.shape(i);
    boolean itself = op.dtype(i).isFloating() || (shape.hasRank() && shape.rank() == rank);
    return itself ? shape : KnownOperands.shape(op, i);
  }

  public static Tensor requireRank(Tensor tensor, int rank, String what) {
    Shapes.require(
        tensor.rank() == rank, "%s is %s, its rank should be %s", what, tensor.type(), rank);
    return tensor;
  }

  /** Stores a computed number into a tensor of any real type, rounded to it. */
  public static void store(Tensor target, int i, double value) {
    if (target.dtype().isFloating()) {
      target.setDouble(i, value);
    } else {
      target.setLong(i, (long) value);
    }
  }

  /** Sets result 0 to computed numbers, rounded to its type. */
  public static void store(OpCall call, double[] values, DType dtype, int... shape) {
    Tensor result = call.result(0, dtype, shape);
    for (int i = 0; i < values.length; i++) {
      store(result, i, values[i]);
    }
  }

  /** A string vector. */
  public static Tensor strings(List<byte[]> values) {
    return Tensor.wrap(DType.STRING, values.toArray(byte[][]::new), values.size());
  }

  /** An int32 or int64 vector. */
  public static Tensor integers(DType dtype, List<? extends Number> values) {
    Tensor vector = Tensor.zeros(dtype, values.size());
    for (int i = 0; i < values.size(); i++) {
      vector.setLong(i, values.get(i).longValue());
    }
    return vector;
  }
}
