package org.signet.kernel.dense;

/** The functions of two elements that engines have, named as the ops. */
public enum Combination {
  ADD(0),
  DIV(1),
  MAXIMUM(2),
  MINIMUM(3),
  MUL(4),
  SQUARED_DIFFERENCE(5),
  SUB(6);

  private final int code;

  Combination(int code) {
    this.code = code;
  }

  /** Computes {@code out[i + k] = f(a[x + k], b[y + k])} for {@code k < count}. */
  @FunctionalInterface
  public interface Loop {
    void run(float[] a, int x, float[] b, int y, float[] out, int i, int count);

    /**
     * The same for some rows of {@code count} elements.
     *
     * @param xStep from one row of {@code a} to the next; 0 if it is always the same one
     * @param yStep as {@code xStep}
     */
    default void runRows(
        float[] a,
        int x,
        int xStep,
        float[] b,
        int y,
        int yStep,
        float[] out,
        int i,
        int iStep,
        int rows,
        int count) {
      for (int r = 0; r < rows; r++) {
        run(a, x + r * xStep, b, y + r * yStep, out, i + r * iStep, count);
      }
    }

    /**
     * The same where a row of one operand is a single element, which meets all of the other's row.
     *
     * @param isFirstAlone whether it is the first operand
     * @return whether there is a loop for that; else nothing was done
     */
    default boolean runSpread(
        float[] a,
        int x,
        int xStep,
        float[] b,
        int y,
        int yStep,
        float[] out,
        int i,
        int iStep,
        int rows,
        int count,
        boolean isFirstAlone) {
      return false;
    }
  }

  /** The number that stands for it in native code. */
  public int code() {
    return code;
  }

  /** The function as a loop of an engine. */
  Loop by(Engine engine) {
    return new EngineLoop(this, engine);
  }

  private record EngineLoop(Combination function, Engine engine) implements Loop {
    @Override
    public void run(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
      engine.combine(function, a, x, 0, b, y, 0, out, i, 0, 1, count);
    }

    @Override
    public void runRows(
        float[] a,
        int x,
        int xStep,
        float[] b,
        int y,
        int yStep,
        float[] out,
        int i,
        int iStep,
        int rows,
        int count) {
      engine.combine(function, a, x, xStep, b, y, yStep, out, i, iStep, rows, count);
    }

    @Override
    public boolean runSpread(
        float[] a,
        int x,
        int xStep,
        float[] b,
        int y,
        int yStep,
        float[] out,
        int i,
        int iStep,
        int rows,
        int count,
        boolean isFirstAlone) {
      return engine.combineSpread(
          function, a, x, xStep, b, y, yStep, out, i, iStep, rows, count, isFirstAlone);
    }
  }

  /** The function as a loop in plain Java. */
  public Loop plain() {
    return switch (this) {
      case ADD -> PlainLoops::add;
      case DIV -> PlainLoops::divide;
      case MAXIMUM -> PlainLoops::max;
      case MINIMUM -> PlainLoops::min;
      case MUL -> PlainLoops::multiply;
      case SQUARED_DIFFERENCE -> PlainLoops::squaredDifference;
      case SUB -> PlainLoops::subtract;
    };
  }
}
