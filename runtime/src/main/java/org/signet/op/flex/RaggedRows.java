package org.signet.op.flex;

import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** The row splits of ragged tensors: where each row begins, and last where all end. */
public final class RaggedRows {
  private RaggedRows() {}

  /**
   * @throws IllegalArgumentException unless {@code splits} rises from 0 to {@code values}
   */
  public static void check(Tensor splits, int values) {
    Rules.requireRank(splits, 1, "row splits");
    Shapes.require(
        splits.size() > 0 && splits.getLong(0) == 0,
        "Invalid row split size. Row splits begin with 0");
    for (int i = 1; i < splits.size(); i++) {
      Shapes.require(
          splits.getLong(i) >= splits.getLong(i - 1),
          "Invalid row split size. The row splits are not sorted");
    }
    long last = splits.getLong(splits.size() - 1);
    Shapes.require(
        last == values,
        "Invalid row split size. Row splits end with %s, but there are %s values",
        last,
        values);
  }
}
