package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Patches.Segment;
import org.signet.tensor.Tensor;

/**
 * REVERSE_V2 turns whole dimensions round, REVERSE_SEQUENCE the first elements of each row of a
 * batch.
 */
public final class Reversing {
  private static final Prepared REVERSE = Prepared.of(Reversing::prepareReverse, 1);
  private static final Prepared REVERSE_SEQUENCE =
      Prepared.of(Reversing::prepareReverseSequence, 1);

  private Reversing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("REVERSE_V2", Shapes.SAME, Reversing::reverse).moving(),
        OpDefinition.builtin("REVERSE_SEQUENCE", Shapes.SAME, Reversing::reverseSequence).moving());
  }

  /** Operand 1 names the dimensions. */
  public static void reverse(OpCall call) {
    REVERSE.evaluate(call);
  }

  private static Prepared.Run prepareReverse(OpCall call) {
    Tensor value = call.operand(0);
    boolean[] turned = new boolean[value.rank()];
    for (int axis : KnownOperands.ints(call.operand(1))) {
      int d = Shapes.axis(axis, turned.length);
      Shapes.require(!turned[d], "axis %s is named twice", d);
      turned[d] = true;
    }
    return prepareReverse(call, turned);
  }

  /** Sets result 0 to operand 0 with these dimensions turned round. */
  public static void reverse(OpCall call, boolean... turned) {
    prepareReverse(call, turned).run(call);
  }

  private static Prepared.Run prepareReverse(OpCall call, boolean... turned) {
    Tensor value = call.operand(0);
    int[] dims = value.shape();
    int[] strides = Shapes.strides(dims);
    int from = 0;
    for (int d = 0; d < dims.length; d++) {
      if (turned[d] && dims[d] > 0) {
        from += (dims[d] - 1) * strides[d];
        strides[d] = -strides[d];
      }
    }
    return StridedCopy.filling(value, from, strides, dims, dims);
  }

  /**
   * Operand 1 holds, for each index of {@code batch_dim}, how many elements along {@code seq_dim}
   * are turned round.
   */
  public static void reverseSequence(OpCall call) {
    REVERSE_SEQUENCE.evaluate(call);
  }

  private static Prepared.Run prepareReverseSequence(OpCall call) {
    Tensor value = call.operand(0);
    int[] shape = value.shape();
    int along = Shapes.axis(call.attributes().getInt("seq_dim", 0), shape.length);
    int batch = Shapes.axis(call.attributes().getInt("batch_dim", 0), shape.length);
    int[] lengths = KnownOperands.ints(call.operand(1));
    Shapes.require(along != batch, "seq_dim and batch_dim are the same");
    Shapes.require(
        lengths.length == shape[batch],
        "Length of seq_lengths != input.dims(%s), (%s vs. %s)",
        batch,
        lengths.length,
        shape[batch]);
    Patches patches = new Patches(value.dtype(), shape, shape);
    List<List<Segment>> segments = new ArrayList<>();
    for (int size : shape) {
      segments.add(List.of(new Segment(0, size, 0, 1)));
    }
    for (int b = 0; b < lengths.length; b++) {
      int n = lengths[b];
      Shapes.require(
          n <= shape[along], "seq_lens(%s) > input.dims(%s): %s in %s", b, along, n, shape[along]);
      Shapes.require(n >= 0, "seq_lens(%s) < 0", b);
      segments.set(batch, List.of(new Segment(b, 1, b, 1)));
      segments.set(
          along, List.of(new Segment(0, n, n - 1, -1), new Segment(n, shape[along] - n, n, 1)));
      patches.add(segments);
    }
    return patches;
  }
}
