package org.signet.ir;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.KnownOperands;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Transposes weights from one mapping to another, a slab of the result at a time, so that the heap
 * holds two slabs and not two copies of the weight.
 */
final class SlabTranspose {
  /** Small enough for a core's cache. */
  private static final long SLAB_BYTES = 1 << 20;

  private final OpDefinition definition;
  private final Attributes attributes;
  private final Tensor order;
  private final int[] axes;

  /**
   * @param definition a transposition with these attributes
   * @param order its operand 1: which axis of operand 0 becomes axis i of the result
   */
  SlabTranspose(OpDefinition definition, Attributes attributes, Tensor order) {
    this.definition = definition;
    this.attributes = attributes;
    this.order = order;
    this.axes = KnownOperands.ints(order);
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Shapes.axis(axes[i], axes.length);
    }
  }

  /**
   * Writes the transposed value.
   *
   * @param from the operand's elements, row-major
   * @param type of the operand: a static shape and a dtype of whole bytes
   * @param to as many bytes as {@code from}
   */
  void write(MemorySegment from, TensorType type, MemorySegment to) {
    int[] dims = type.shape().dims();
    int split = axes[0];
    long inner = type.dtype().bytes();
    for (int axis = split + 1; axis < dims.length; axis++) {
      inner *= dims[axis];
    }
    long bytesOfOne = from.byteSize() / dims[split];
    int step = Math.clamp(SLAB_BYTES / bytesOfOne, 1, dims[split]);
    for (int start = 0; start < dims[split]; start += step) {
      int count = Math.min(step, dims[split] - start);
      Tensor slab = read(from, type, start, count, inner);
      TensorType result = slab.type().withShape(transposed(slab.type().shape()));
      Tensor turned =
          DirectCall.evaluate(
                  definition,
                  attributes,
                  List.of(Optional.of(slab), Optional.of(order)),
                  List.of(result))
              .getFirst();
      MemorySegment.copy(
          ConstantData.bytesOf(turned), 0, to, start * bytesOfOne, count * bytesOfOne);
    }
  }

  /** The part of the operand that has {@code count} indices of axis {@code axes[0]}. */
  private Tensor read(MemorySegment from, TensorType type, int start, int count, long inner) {
    int[] dims = type.shape().dims();
    long row = dims[axes[0]] * inner;
    long chunk = count * inner;
    dims[axes[0]] = count;
    Tensor slab = Tensor.zeros(type.dtype(), dims);
    MemorySegment bytes = ConstantData.bytesOf(slab);
    long rows = from.byteSize() / row;
    for (long i = 0; i < rows; i++) {
      MemorySegment.copy(from, i * row + start * inner, bytes, i * chunk, chunk);
    }
    return slab;
  }

  private Shape transposed(Shape shape) {
    int[] dims = new int[axes.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(axes[i]);
    }
    return Shape.of(dims);
  }
}
