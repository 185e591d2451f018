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
 * @param numbers of the operands that are looked at, such as axes, and may be others in the next
 *     run; {@link #NONE} for all others
 * @param routine empty if such calls are left to the reference
 */
@SuppressWarnings("ArrayRecordComponent")
record KeptRoutine(DType[] dtypes, int[][] shapes, int[][] numbers, Optional<Routine> routine) {
  private static final int[] ABSENT = {-1};
  private static final int[] NONE = {};

  /** More numbers than these are no axes. */
  private static final int MOST_NUMBERS = 16;

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
      int[][] numbers = new int[dtypes.length][];
      for (int i = 0; i < shapes.length; i++) {
        numbers[i] = !isOfShapes && isNumbers(call, i) ? call.operand(i).toInts() : NONE;
        shapes[i] = call.has(i) ? call.operand(i).shape() : ABSENT;
        dtypes[i] = call.has(i) ? call.operand(i).dtype() : DType.FLOAT32;
      }
      call.keep(kernel, new KeptRoutine(dtypes, shapes, numbers, routine));
    }
    return routine;
  }

  /**
   * Whether it can be seen that another call needs the same routine: elements of operands may have
   * been looked at.
   */
  private static boolean lasts(OpCall call) {
    for (int i = 0; i < call.operandCount(); i++) {
      boolean isKnown =
          !call.has(i) || call.operand(i).dtype() == DType.FLOAT32 || call.isConstant(i);
      if (!isKnown && !isNumbers(call, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumbers(OpCall call, int i) {
    return call.has(i)
        && !call.isConstant(i)
        && call.operand(i).dtype() == DType.INT32
        && call.operand(i).size() <= MOST_NUMBERS;
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
    return operand.dtype() == dtypes[i] && operand.hasShape(shapes[i]) && has(numbers[i], operand);
  }

  private static boolean has(int[] numbers, Tensor operand) {
    for (int i = 0; i < numbers.length; i++) {
      if (operand.ints()[i] != numbers[i]) {
        return false;
      }
    }
    return true;
  }
}
