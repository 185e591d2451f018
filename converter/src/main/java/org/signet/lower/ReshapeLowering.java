package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Reshape, ExpandDims and Squeeze become RESHAPE wherever the new shape is known up to one size;
 * else RESHAPE with a computed shape, or the builtin of the same name.
 */
final class ReshapeLowering implements Lowering {
  private static final int HIGHEST_SQUEEZED_RANK = 8;

  @Override
  public Set<String> ops() {
    return Set.of("EnsureShape", "ExpandDims", "Reshape", "Squeeze");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Value input = op.operand(0);
    if (!input.type().dtype().isInTflite()) {
      return Lowered.declined("no kernel for " + input.type().dtype());
    }
    if (op.name().equals("EnsureShape")) {
      return Lowered.to(ensured(input, op.result().shape(), emit));
    }
    Optional<Shape> shape = known(op, emit);
    if (shape.isPresent()) {
      return Lowered.to(emit.reshape(input, shape.get()));
    }
    return switch (op.name()) {
      case "Reshape" ->
          Lowered.to(emit.builtin("RESHAPE", input, emit.cast(op.operand(1), DType.INT32)));
      case "ExpandDims" -> Lowered.to(emit.builtin("EXPAND_DIMS", input, op.operand(1)));
      default -> squeeze(op, emit);
    };
  }

  /** A reshape refuses another number of elements, as far as that tells. */
  private static Value ensured(Value input, Shape shape, Emitter emit) {
    return isDetermined(shape) && !shape.equals(input.type().shape())
        ? emit.reshape(input, shape)
        : input;
  }

  /**
   * The new shape if at most one of its sizes is unknown: that one then follows from the number of
   * elements.
   */
  private static Optional<Shape> known(TfOp op, Emitter emit) {
    Shape inferred = op.result().shape();
    if (op.name().equals("Squeeze") && !isSqueezable(op)) {
      return Optional.empty();
    }
    if (op.name().equals("Reshape") && !inferred.isStatic()) {
      Optional<Shape> asked = emit.partialOf(op.operand(1)).flatMap(ReshapeLowering::askedShape);
      if (asked.isPresent()) {
        return asked;
      }
    }
    return Optional.of(inferred).filter(ReshapeLowering::isDetermined);
  }

  /**
   * A partly known shape vector; a size of −1 is asked to follow from the others, as is an unknown
   * one.
   */
  private static Optional<Shape> askedShape(Tensor vector) {
    int[] dims = new int[vector.size()];
    for (int i = 0; i < dims.length; i++) {
      long size = vector.getLong(i);
      dims[i] = size == OpTypes.UNKNOWN_ELEMENT || size < 0 ? Shape.UNKNOWN : (int) size;
    }
    return Optional.of(Shape.of(dims)).filter(ReshapeLowering::isDetermined);
  }

  private static boolean isDetermined(Shape shape) {
    if (!shape.hasRank()) {
      return false;
    }
    int unknown = 0;
    boolean empty = false;
    for (int dim : shape.dims()) {
      unknown += dim == Shape.UNKNOWN ? 1 : 0;
      empty |= dim == 0;
    }
    return unknown == 0 || (unknown == 1 && !empty);
  }

  /** Whether all sizes that are left out are known to be 1, which SQUEEZE makes sure of. */
  private static boolean isSqueezable(TfOp op) {
    Shape shape = op.shape(0);
    return !shape.hasRank()
        || shape.rank() > HIGHEST_SQUEEZED_RANK
        || op.attributes().getList("squeeze_dims", Long.class).stream()
            .allMatch(axis -> shape.isKnown(axis.intValue()));
  }

  /** Without axes the kernel finds the sizes of 1 when it is told the sizes, as TensorFlow's. */
  private static Lowered squeeze(TfOp op, Emitter emit) {
    var axes = op.attributes().getList("squeeze_dims", Long.class);
    Shape shape = op.shape(0);
    if (shape.hasRank() && shape.rank() > HIGHEST_SQUEEZED_RANK) {
      return Lowered.declined("the kernel takes ranks to " + HIGHEST_SQUEEZED_RANK);
    }
    return Lowered.to(emit.builtin("SQUEEZE", Attributes.of("squeeze_dims", axes), op.operand(0)));
  }
}
