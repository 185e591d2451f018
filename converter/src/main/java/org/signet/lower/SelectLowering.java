package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Select, SelectV2 and Where. */
final class SelectLowering implements Lowering {
  private static final int HIGHEST_RANK = 5;

  private static final Set<DType> WHERE_TYPES =
      Set.of(DType.BOOL, DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("Select", "SelectV2", "Where");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.name().equals("Where")) {
      return where(op.operand(0), emit);
    }
    if (!KernelTypes.with(KernelTypes.MOVED_OR_BOOL, DType.UINT16, DType.UINT32, DType.UINT64)
        .contains(op.dtype(1))) {
      return KernelTypes.decline(op.dtype(1));
    }
    Shape shape = op.result().shape();
    boolean equal =
        op.shape(0).isStatic()
            && op.shape(0).equals(op.shape(1))
            && op.shape(1).equals(op.shape(2));
    // Select takes a vector for whole rows, or shapes that are the same, known or not.
    boolean same =
        equal
            || (op.name().equals("Select")
                && shape.hasRank()
                && op.shape(0).hasRank()
                && op.shape(0).rank() == shape.rank());
    if (!same && Broadcasts.isAbove(shape, HIGHEST_RANK)) {
      return op.name().equals("SelectV2") && shape.rank() <= Broadcasts.HIGHEST_RANK
          ? spread(op, emit)
          : Lowered.declined("the kernel broadcasts ranks to " + HIGHEST_RANK);
    }
    String builtin = op.name().equals("Select") || same ? "SELECT" : "SELECT_V2";
    return Lowered.to(emit.builtin(builtin, op.operand(0), op.operand(1), op.operand(2)));
  }

  /** Zeros are told by their bits where the kernel does not take the type. */
  private static Lowered where(Value x, Emitter emit) {
    DType dtype = x.type().dtype();
    if (WHERE_TYPES.contains(dtype)) {
      return Lowered.to(emit.builtin("WHERE", x));
    }
    return switch (dtype) {
      case UINT64 -> Lowered.to(emit.builtin("WHERE", emit.bitcast(x, DType.INT64)));
      case FLOAT64 -> {
        Value bits = emit.bitcast(x, DType.INT64);
        // Twice the bits are those without the sign.
        Value size = Elementwise.apply(bits, emit, value -> emit.builtin("ADD", value, value));
        yield Lowered.to(emit.builtin("WHERE", size));
      }
      case COMPLEX64 -> {
        Value real = emit.builtin("REAL", x);
        Value imaginary = emit.builtin("IMAG", x);
        yield Lowered.to(
            emit.builtin(
                "WHERE",
                emit.builtin("LOGICAL_OR", isNotZero(real, emit), isNotZero(imaginary, emit))));
      }
      default -> KernelTypes.decline(dtype);
    };
  }

  private static Value isNotZero(Value x, Emitter emit) {
    return Elementwise.apply(x, emit, value -> emit.builtin("NOT_EQUAL", value, emit.scalar(0f)));
  }

  /** SELECT, which takes any rank, of operands that were spread to the same shape. */
  private static Lowered spread(TfOp op, Emitter emit) {
    Shape shape = op.result().shape();
    Value sizes;
    if (shape.isStatic()) {
      sizes = emit.ints(shape.dims());
    } else {
      sizes = emit.shapeOf(op.operand(0));
      for (int i = 1; i < op.operands().size(); i++) {
        sizes = emit.builtin("BROADCAST_ARGS", sizes, emit.shapeOf(op.operand(i)));
      }
    }
    Value[] spread = new Value[op.operands().size()];
    for (int i = 0; i < spread.length; i++) {
      boolean fits = shape.isStatic() && op.shape(i).equals(shape);
      spread[i] = fits ? op.operand(i) : emit.builtin("BROADCAST_TO", op.operand(i), sizes);
    }
    return Lowered.to(emit.builtin("SELECT", spread));
  }
}
