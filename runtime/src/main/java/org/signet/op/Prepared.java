package org.signet.op;

import java.util.Arrays;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A reference in two parts. What follows from the types and shapes of the operands, and from the
 * elements of a few of them, is prepared once and kept with the step; what is left is done in each
 * run, which so makes no objects.
 */
public final class Prepared implements Reference {
  private final Preparation preparation;
  private final int[] read;

  private Prepared(Preparation preparation, int... read) {
    this.preparation = preparation;
    this.read = read;
  }

  /** Finds out what runs on operands of the same types and shapes have in common. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * @throws IllegalArgumentException as {@link Reference#evaluate}
     */
    Run prepare(OpCall call);
  }

  /** Sets the results. It may have arrays of its own, as one thread at a time runs it. */
  @FunctionalInterface
  public interface Run {
    /**
     * @throws IllegalArgumentException as {@link Reference#evaluate}
     */
    void run(OpCall call);
  }

  /**
   * @param read the operands whose elements the preparation looks at, such as axes
   */
  public static Prepared of(Preparation preparation, int... read) {
    return new Prepared(preparation, read.clone());
  }

  @Override
  public void evaluate(OpCall call) {
    Optional<Object> kept = call.kept(this);
    if (kept.isPresent() && kept.get() instanceof Kept last && last.isFor(call, read)) {
      last.run().run(call);
      return;
    }
    Run run = preparation.prepare(call);
    call.keep(this, Kept.of(call, run, read));
    run.run(call);
  }

  /**
   * What was prepared, and for which operands.
   *
   * @param dtypes of the operands; any for an absent one
   * @param shapes of the operands, {@link #ABSENT} for an absent one
   * @param values of the operands that were read; none for a constant or absent one
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Kept(DType[] dtypes, int[][] shapes, long[][] values, Run run) {
    private static final int[] ABSENT = {-1};

    static Kept of(OpCall call, Run run, int... read) {
      int count = call.operandCount();
      DType[] dtypes = new DType[count];
      int[][] shapes = new int[count][];
      for (int i = 0; i < count; i++) {
        dtypes[i] = call.has(i) ? call.operand(i).dtype() : DType.FLOAT32;
        shapes[i] = call.has(i) ? call.operand(i).shape() : ABSENT;
      }
      long[][] values = new long[read.length][];
      for (int i = 0; i < read.length; i++) {
        values[i] =
            call.has(read[i]) && !call.isConstant(read[i])
                ? KnownOperands.elements(call.operand(read[i]))
                : new long[0];
      }
      return new Kept(dtypes, shapes, values, run);
    }

    boolean isFor(OpCall call, int... read) {
      if (call.operandCount() != shapes.length) {
        return false;
      }
      for (int i = 0; i < shapes.length; i++) {
        if (!isFor(call, i)) {
          return false;
        }
      }
      for (int i = 0; i < read.length; i++) {
        if (values[i].length > 0 && !holds(call.operand(read[i]), values[i])) {
          return false;
        }
      }
      return true;
    }

    private boolean isFor(OpCall call, int i) {
      if (!call.has(i)) {
        return Arrays.equals(shapes[i], ABSENT);
      }
      Tensor operand = call.operand(i);
      return operand.dtype() == dtypes[i] && operand.hasShape(shapes[i]);
    }

    private static boolean holds(Tensor tensor, long... elements) {
      for (int i = 0; i < elements.length; i++) {
        if (tensor.getLong(i) != elements[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
