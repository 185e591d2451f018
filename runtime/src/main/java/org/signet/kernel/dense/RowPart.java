package org.signet.kernel.dense;

import org.signet.op.FusedActivation;

/** What a step of an {@link ElementGroup} does to a row; values are named by their numbers. */
sealed interface RowPart {
  void run(RowValues values, int row);

  /**
   * Parts of a row, one after the other in the working memory.
   *
   * @param from the row
   * @param to the first part
   * @param count how many parts
   */
  record Split(int from, int to, int count) implements RowPart {
    @Override
    public void run(RowValues values, int row) {
      System.arraycopy(
          values.array(from),
          values.at(from, row),
          values.array(to),
          values.at(to, row),
          count * values.length());
    }
  }

  /** A function of an element. */
  record One(Unary.Loop loop, int from, int to) implements RowPart {
    @Override
    @SuppressWarnings("ReferenceEquality") // the same place, not equal elements
    public void run(RowValues values, int row) {
      float[] out = values.array(to);
      int at = values.at(to, row);
      if (values.array(from) != out || values.at(from, row) != at) {
        System.arraycopy(values.array(from), values.at(from, row), out, at, values.length());
      }
      loop.run(out, out, at, values.length());
    }
  }

  /**
   * A function of two elements.
   *
   * @param activation bounds the results
   * @param engine bounds them
   */
  record Two(
      Combination.Loop loop,
      int first,
      int second,
      int to,
      FusedActivation activation,
      Engine engine)
      implements RowPart {
    @Override
    public void run(RowValues values, int row) {
      float[] out = values.array(to);
      int at = values.at(to, row);
      loop.run(
          values.array(first),
          values.at(first, row),
          values.array(second),
          values.at(second, row),
          out,
          at,
          values.length());
      if (!activation.isNone()) {
        engine.bound(out, out, at, values.length(), activation.min(), activation.max());
      }
    }
  }
}
