package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.signet.kernel.Kernel;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A kernel's routine for a step, for as long as its operands have the same types and shapes.
 *
 * @param dtypes of the operands
 * @param shapes of the operands, {@link #ABSENT} for absent ones
 * @param routine empty if such calls are left to the reference
 */
@SuppressWarnings("ArrayRecordComponent")
record KeptRoutine(DType[] dtypes, int[][] shapes, Optional<Routine> routine) {
  private static final int[] ABSENT = {-1};

  /** What the kernel kept in the last run of a step, if it is for such a call; else null. */
  static @Nullable KeptRoutine find(Kernel kernel, OpCall call) {
    Optional<Object> kept = call.kept(kernel);
    return kept.isPresent() && kept.get() instanceof KeptRoutine last && last.isFor(call)
        ? last
        : null;
  }

  /**
   * Keeps a routine if other runs of the step may use it.
   *
   * @param isOfShapes whether only types and shapes decide about it
   */
  static Optional<Routine> keep(
      Kernel kernel, OpCall call, Optional<Routine> routine, boolean isOfShapes) {
    if (isOfShapes || lasts(call)) {
      DType[] dtypes = new DType[call.operandCount()];
      int[][] shapes = new int[dtypes.length][];
      for (int i = 0; i < shapes.length; i++) {
        shapes[i] = call.has(i) ? call.operand(i).shape() : ABSENT;
        dtypes[i] = call.has(i) ? call.operand(i).dtype() : DType.FLOAT32;
      }
      call.keep(kernel, new KeptRoutine(dtypes, shapes, routine));
    }
    return routine;
  }

  /**
   * Whether only types and shapes of the operands decide about the routine: numbers such as axes
   * may have been looked at, so that they must be constant.
   */
  private static boolean lasts(OpCall call) {
    for (int i = 0; i < call.operandCount(); i++) {
      if (call.has(i) && call.operand(i).dtype() != DType.FLOAT32 && !call.isConstant(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFor(OpCall call) {
    if (call.operandCount() != shapes.length) {
      return false;
    }
    for (int i = 0; i < shapes.length; i++) {
      if (!isFor(i, call)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFor(int i, OpCall call) {
    if (!call.has(i)) {
      return Arrays.equals(shapes[i], ABSENT);
    }
    Tensor operand = call.operand(i);
    return operand.dtype() == dtypes[i] && operand.hasShape(shapes[i]);
  }
}
