package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Patches.Segment;
import org.signet.tensor.Tensor;

/** Moves the elements of a dimension along; what leaves at one end comes back at the other. */
public final class Rolling {
  private Rolling() {}

  /**
   * Operands: value, how far, along which dimensions; the shifts of a dimension named more than
   * once add up.
   */
  public static void roll(OpCall call) {
    Tensor value = call.operand(0);
    Tensor axes = call.operand(2);
    Tensor distances = call.operand(1);
    Shapes.require(axes.size() == distances.size(), "one shift for each axis");
    long[] shifts = new long[value.rank()];
    for (int i = 0; i < axes.size(); i++) {
      long shift = distances.getLong(i);
      Shapes.require(KnownOperands.isKnown(shift), "a shift is not known");
      int d = Shapes.axis(Math.toIntExact(axes.getLong(i)), shifts.length);
      shifts[d] = Math.floorMod(shifts[d] + shift, Math.max(1, (long) value.dim(d)));
    }
    List<List<Segment>> segments = new ArrayList<>();
    for (int d = 0; d < shifts.length; d++) {
      int shift = (int) shifts[d];
      int rest = value.dim(d) - shift;
      segments.add(List.of(new Segment(0, shift, rest, 1), new Segment(shift, rest, 0, 1)));
    }
    Patches.copy(value, call.result(0, value.dtype(), value.shape()), segments);
  }
}
